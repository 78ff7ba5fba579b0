"""Measures the shop on data."""
