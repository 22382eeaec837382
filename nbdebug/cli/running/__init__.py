"""Running a script of the user's with every fit watched."""
