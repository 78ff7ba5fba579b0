"""Turning texts into vectors whose closeness is closeness of meaning."""
