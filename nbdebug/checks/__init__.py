"""One fault a file, in a folder a family. Checks know no framework: they read a `Case`."""
