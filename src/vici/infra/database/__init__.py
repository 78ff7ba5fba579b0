"""Transactions as plain functions, on SQLite, PostgreSQL, MySQL and MariaDB."""
