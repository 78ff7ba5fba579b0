"""One act of the conversations a file, each in one transaction."""
