"""Vici: a shop whose assistant sells on its own site and in messaging apps."""
