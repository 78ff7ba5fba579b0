"""The `vici` command."""

from vici.apps.cli.main import main

__all__ = ["main"]
