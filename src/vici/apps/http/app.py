"""Builds the application from the domains it is given."""

import hmac
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.openapi.utils import get_openapi
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, SecretStr
from starlette.responses import JSONResponse, Response

from vici.apps.http.middleware import BodyLimit, ClientLimit, RequestContext
from vici.apps.http.problems import Problem, install_problems
from vici.domains import Domain
from vici.infra.blobs.image_types import IMAGE_BYTES_MAX
from vici.infra.limits.limiter import Limiter
from vici.infra.telemetry.metrics import EVENTS_LAG
from vici.kit.errors import Refusal, Why
from vici.kit.json_text import BadJson, read_json
from vici.settings import Settings

HealthCheck = Callable[[], Awaitable[Mapping[str, str]]]
# Events not yet handled, by `group topic`.
Lag = Callable[[], Awaitable[Mapping[str, int]]]


_JSON = re.compile(r"application/([\w.-]+\+)?json\s*(;|$)", re.IGNORECASE)


class Health(BaseModel):
    status: str
    version: str


class Readiness(BaseModel):
    status: str
    dependencies: dict[str, str]
    """`ok`, or what is wrong with it."""


def create_app(
    settings: Settings,
    admin_token: SecretStr,
    domains: Sequence[Domain[Any]],
    pages: Sequence[APIRouter],
    health: HealthCheck,
    lag: Lag,
    limiter: Limiter,
    uploads: Sequence[APIRouter] = (),
) -> FastAPI:
    """`uploads` ask for the admin token and take a file as their body."""
    app = FastAPI(
        title="Vici",
        version=version("vici"),
        summary="A shop and its assistant.",
        description=(
            "Prices are in minor units of their currency (VND has none). "
            "Errors are RFC 9457 problem details. Lists page by cursor."
        ),
        docs_url=None,  # its scripts come from elsewhere; the pages bring a reference of our own
        redoc_url=None,
        # Answers are built from our own frozen models; a second validation of each would cost more than the work.
        separate_input_output_schemas=True,
    )
    install_problems(app)
    for domain in domains:
        app.include_router(domain.public, dependencies=[Depends(_refuse_unclear_json)])
        app.include_router(
            domain.admin, dependencies=[Depends(_require_admin(admin_token)), Depends(_refuse_unclear_json)]
        )
    for router in uploads:
        app.include_router(router, dependencies=[Depends(_require_admin(admin_token))])
    app.include_router(_operations(health, lag))
    for router in pages:
        app.include_router(router, include_in_schema=False)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    # The last added is the outermost.
    app.add_middleware(
        BodyLimit,
        bytes_max=settings.body_bytes_max,
        larger=dict.fromkeys(
            (f"{router.prefix}/" for router in uploads), max(settings.body_bytes_max, IMAGE_BYTES_MAX)
        ),
    )
    app.add_middleware(ClientLimit, limiter=limiter, limit=settings.limit_client)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["ETag", "X-Request-Id", "Retry-After", "Location"],
        max_age=3600,
    )
    app.add_middleware(RequestContext)
    return app


def _require_admin(admin_token: SecretStr) -> Callable[..., Awaitable[None]]:
    expected = admin_token.get_secret_value().encode()
    bearer = HTTPBearer(scheme_name="admin", description="The shop's admin token.", auto_error=False)

    async def require_admin(sent: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
        if sent is None or not hmac.compare_digest(sent.credentials.encode(), expected):
            told = "This needs the admin token: send `Authorization: Bearer <token>`."
            raise HTTPException(401, told, {"WWW-Authenticate": "Bearer"})

    return require_admin


class UnclearJson(Refusal):
    code = "request.unclear_json"
    why = Why.INVALID
    message = "The body is {problem}."


async def _refuse_unclear_json(request: Request) -> None:
    """What FastAPI reads and another reader may read otherwise: of a name that stands twice it takes the last."""
    if request.method != "GET" and (body := await request.body()):
        if not _JSON.match(request.headers.get("content-type", "")):
            told = "The body must be JSON: send `Content-Type: application/json`. /docs shows an example of each body."
            raise HTTPException(415, told)
        try:
            read_json(body)
        except BadJson as error:
            raise UnclearJson(problem=error) from None


def _operations(health: HealthCheck, lag: Lag) -> APIRouter:
    routes = APIRouter(tags=["operations"])

    @routes.get("/health", summary="Is the process alive?")
    async def alive() -> Health:  # pyright: ignore[reportUnusedFunction]
        return Health(status="ok", version=version("vici"))

    @routes.get("/health/ready", summary="Can it serve? Each dependency by name", responses={503: {"model": Readiness}})
    async def ready() -> Response:  # pyright: ignore[reportUnusedFunction]
        dependencies = await health()
        well = all(state == "ok" for state in dependencies.values())
        return JSONResponse(
            {"status": "ok" if well else "unavailable", "dependencies": dict(dependencies)}, 200 if well else 503
        )

    @routes.get("/metrics", summary="Prometheus metrics", response_class=Response)
    async def metrics() -> Response:  # pyright: ignore[reportUnusedFunction]
        for name, behind in (await lag()).items():
            group, _, topic = name.partition(" ")
            EVENTS_LAG.labels(group, topic).set(behind)
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return routes


def _openapi(app: FastAPI) -> dict[str, Any]:
    """FastAPI's description, with our problem details in place of its validation errors."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(
        title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
    )
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs", {}) | {"Problem": problem}
    told = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in schema["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {"description": "What was wrong and what to do", "content": told}
            if "security" in operation:
                operation["responses"]["401"] = {"description": "The admin token is missing or wrong", "content": told}
    app.openapi_schema = schema
    return schema
