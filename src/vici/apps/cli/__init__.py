"""The `vici` command, one file for each of its words."""
