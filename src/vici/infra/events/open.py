"""Chooses the event bus from a URL."""

from pathlib import Path
from urllib.parse import urlsplit

from vici.infra.events.port import BusUnavailable, EventBus
from vici.kit.clock import Clock


def open_event_bus(url: str, clock: Clock) -> EventBus:
    """`embedded:///file.db` keeps the events in an SQLite log beside the shop's data."""
    parts = urlsplit(url)
    if parts.scheme == "embedded":
        from vici.infra.events.embedded import EmbeddedBus

        return EmbeddedBus(Path(parts.path.removeprefix("/")), clock)
    raise BusUnavailable(reason=f"VICI_EVENTS: {parts.scheme!r} is not known; use embedded")
