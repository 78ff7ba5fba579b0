"""Logs: one JSON object a line, with the request's and the conversation's id, and without personal data."""

import atexit
import contextlib
import logging
import re
import sys
import threading
import time
from collections import deque
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What a shopper wrote or who they are never belongs in a log; the ids lead to it for those who may see it.
_PRIVATE = {"message", "text", "content", "name", "phone", "email", "address", "body", "token", "password", "query"}
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Made by us, so there is nothing of a person's in them; looking for it costs more than the rest of the line.
_OURS = {"timestamp", "level", "request_id", "conversation_id", "method", "route"}
_PHONE = re.compile(r"(?<![\w-])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\w-])")


def without_personal_data(_: WrappedLogger, __: str, entry: EventDict) -> EventDict:
    """Drop the fields that hold people's words; blank addresses and numbers that slipped into others (an error's
    text)."""
    return {key: value if key in _OURS else _blanked(value) for key, value in entry.items() if key not in _PRIVATE}


def _blanked(value: Any) -> Any:
    if isinstance(value, str):
        return _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", value))
    return value


def _json(entry: object, **_: object) -> str:
    return orjson.dumps(entry, default=repr).decode()


class _Lines:
    """Writes what was logged a moment later, many lines at once.

    Each write lets go of the interpreter, and who logs then waits to get it back: measured at 40 µs a request, a sixth
    of what accepting a message costs. A killed process loses its last moment.
    """

    MOMENT_SECONDS = 0.05

    def __init__(self, to: TextIO) -> None:
        self._to = to
        self._lines: deque[str] = deque()
        self._some = threading.Event()
        threading.Thread(target=self._run, name="logs", daemon=True).start()
        atexit.register(self._write)

    def msg(self, line: str) -> None:
        self._lines.append(line)
        if not self._some.is_set():
            self._some.set()

    debug = info = warning = error = critical = msg

    def _run(self) -> None:
        while True:
            self._some.wait()
            time.sleep(self.MOMENT_SECONDS)
            self._some.clear()
            self._write()

    def _write(self) -> None:
        lines: list[str] = []
        with contextlib.suppress(IndexError):  # empty
            while True:
                lines.append(self._lines.popleft())
        if lines and not self._to.closed:
            self._to.write("\n".join(lines) + "\n")
            self._to.flush()


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
    # A person at a terminal, or a test, reads each line at once.
    lines = None if stream is not None or to.isatty() else _Lines(to)
    render: Processor = structlog.dev.ConsoleRenderer() if to.isatty() else structlog.processors.JSONRenderer(_json)
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=(lambda *_: lines) if lines else structlog.WriteLoggerFactory(to),
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
