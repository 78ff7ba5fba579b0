"""Seeded bad days: the real code under a virtual clock, with workers killed and stopped, and everything that can fail
failing."""
