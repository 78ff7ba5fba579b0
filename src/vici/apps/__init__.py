"""The processes: what starts, what it listens to, how it stops."""
