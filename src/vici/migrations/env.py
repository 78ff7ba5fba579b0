"""Alembic's entry: it is handed a connection, inside the transaction of whoever migrates."""

from alembic import context

from vici.migrations import resumable  # noqa: F401 — Alembic knows it once it is loaded  # pyright: ignore[reportUnusedImport]

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
