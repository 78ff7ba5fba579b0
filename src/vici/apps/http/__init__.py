"""The HTTP process: one FastAPI application over the domains it is given."""
