"""Images and files, in a folder or an object store."""
