"""What can be asked of the documents, one file each where it is more than a statement."""
