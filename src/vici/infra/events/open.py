"""Chooses the event bus from a URL."""

from pathlib import Path
from urllib.parse import urlsplit

from vici.infra.events.port import EventBus
from vici.kit.clock import Clock
from vici.kit.errors import Refusal, Why


class BusUnavailable(Refusal):
    code = "events.unavailable"
    why = Why.UNAVAILABLE
    message = "The event bus cannot be used: {reason}."


def open_event_bus(url: str, clock: Clock) -> EventBus:
    """`embedded:///file.db` keeps the events in an SQLite log beside the shop's data."""
    parts = urlsplit(url)
    if parts.scheme == "embedded":
        from vici.infra.events.embedded import EmbeddedBus

        return EmbeddedBus(Path(parts.path.removeprefix("/")), clock)
    raise BusUnavailable(reason=f"VICI_EVENTS: {parts.scheme!r} is not known; use embedded")
