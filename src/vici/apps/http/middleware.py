"""What surrounds every request. Plain ASGI, because the framework's own wrapper costs as much as a whole route."""

import re
import time
from collections.abc import Mapping

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vici.apps.http.problems import STATUS, fault_response, problem_response
from vici.infra.limits.limiter import Limiter, TooMany
from vici.infra.telemetry.metrics import HTTP_REQUESTS, HTTP_SECONDS
from vici.kit.ids import new_id

_log = structlog.get_logger("vici.http")
_REQUEST_ID = re.compile(rb"^[A-Za-z0-9._-]{1,64}$")
# Only files of ours, no inline code: whatever a product text contains, the browser runs none of it.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
_SECURITY = [
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]


class RequestContext:
    """Gives each request an id, security headers, a line in the log and its place in the metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        request_id = given.decode() if _REQUEST_ID.match(given) else new_id()
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500
        seconds = 0.0

        async def send_with_headers(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.perf_counter() - started
                headers = message.setdefault("headers", [])
                present = {name for name, _ in headers}
                headers += [
                    (b"x-request-id", request_id.encode()),
                    *(header for header in _SECURITY if header[0] not in present),
                ]
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as fault:  # the last boundary: noted in full, told without internals
            _log.error("request_failed", exc_info=fault)
            if seconds:  # the answer has begun; only cutting the connection can tell that it is not whole
                raise
            await fault_response(request_id)(scope, receive, send_with_headers)
        finally:
            # The route's template, never the path: ids would make a metric of each.
            route = getattr(scope.get("route"), "path", "none")
            HTTP_REQUESTS.labels(scope["method"], route, status).inc()
            HTTP_SECONDS.labels(route).observe(seconds)
            _log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 2))


class ClientLimit:
    """So many requests for one client address."""

    def __init__(self, app: ASGIApp, limiter: Limiter, limit: str) -> None:
        self._app = app
        self._limiter = limiter
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["client"]
            and not scope["path"].startswith(("/static/", "/images/", "/health", "/metrics"))
        ):
            try:
                self._limiter.check("requests", self._limit, scope["client"][0])
            except TooMany as refusal:
                headers = {"Retry-After": str(refusal.facts["retry_after_seconds"])}
                answer = problem_response(
                    STATUS[refusal.why], refusal.code, str(refusal), scope["state"]["request_id"], headers=headers
                )
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses bodies over the limit: by their declared length, else while they arrive, before anything is done with
    them."""

    def __init__(self, app: ASGIApp, bytes_max: int, larger: Mapping[str, int]) -> None:
        self._app = app
        self._bytes_max = bytes_max
        self._larger = larger
        """Limits of paths, by prefix, that take more."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bytes_max = next(
            (limit for prefix, limit in self._larger.items() if scope["path"].startswith(prefix)), self._bytes_max
        )
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared) > bytes_max:
            await self._refuse(scope, receive, send, bytes_max)
            return
        arrived = 0
        begun = refused = False

        async def counted() -> Message:
            nonlocal arrived, refused
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived <= bytes_max:
                return message
            if not begun and not refused:
                refused = True
                await self._refuse(scope, receive, send, bytes_max)
            return {"type": "http.disconnect"}

        async def unless_refused(message: Message) -> None:
            nonlocal begun
            begun = True
            if not refused:
                await send(message)

        await self._app(scope, counted, unless_refused)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, bytes_max: int) -> None:
        detail = f"The body is larger than {bytes_max:,} bytes."
        await problem_response(413, "request.too_large", detail, scope["state"]["request_id"])(scope, receive, send)
