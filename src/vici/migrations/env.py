"""Alembic's entry: it is handed a connection, inside the transaction of whoever migrates."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
