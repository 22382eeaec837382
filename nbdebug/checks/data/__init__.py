"""Can these arrays teach anything at all?"""
