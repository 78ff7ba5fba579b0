"""What thinks: for now the builtin brain, offline and deterministic."""
