"""What the search does, one act a file."""
