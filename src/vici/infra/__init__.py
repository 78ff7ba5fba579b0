"""How it is done: one folder is one port, with its adapters and the `open.py` that chooses between them by URL."""
