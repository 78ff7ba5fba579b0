"""Logs: one JSON object a line, with the request's and the conversation's id, and without personal data."""

import logging
import re
import sys
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What a shopper wrote or who they are never belongs in a log; the ids lead to it for those who may see it.
_PRIVATE = {"message", "text", "content", "name", "phone", "email", "address", "body", "token", "password", "query"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\w-])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\w-])")


def without_personal_data(_: WrappedLogger, __: str, entry: EventDict) -> EventDict:
    """Drop the fields that hold people's words; blank addresses and numbers that slipped into others (an error's
    text)."""
    return {key: _blanked(value) for key, value in entry.items() if key not in _PRIVATE}


def _blanked(value: Any) -> Any:
    if isinstance(value, str):
        return _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", value))
    return value


def _json(entry: object, **_: object) -> str:
    return orjson.dumps(entry, default=repr).decode()


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """Send everything, the libraries' logs too, to standard error: JSON, or coloured lines on a terminal."""
    to: TextIO = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_personal_data,
    ]
    render: Processor = structlog.dev.ConsoleRenderer() if to.isatty() else structlog.processors.JSONRenderer(_json)
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(to),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(logging.getLevelNamesMapping()[level], logging.WARNING))
