"""Identifiers are made at the edges and handed in; rules never make their own."""

from collections.abc import Callable

import uuid_utils

NewId = Callable[[], str]


def new_id() -> str:
    """A UUIDv7 as text: unique everywhere, and sorted by the time it was made."""
    return str(uuid_utils.uuid7())
