"""The `vici` command."""
