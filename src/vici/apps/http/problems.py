"""Errors for people and programs: RFC 9457 problem details, field by field, without internals."""

from collections.abc import Mapping
from typing import Any, get_args

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo
from starlette.exceptions import HTTPException
from starlette.responses import Response

from vici.kit.errors import Refusal, Why

STATUS = {
    Why.INVALID: 422,
    Why.UNKNOWN: 404,
    Why.CONFLICT: 409,
    Why.GONE: 410,
    Why.FORBIDDEN: 403,
    Why.LIMITED: 429,
    Why.UNAVAILABLE: 503,
}
_TITLES = {
    400: "Bad request",
    401: "Not authorised",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    410: "Gone",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Invalid",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Temporarily unavailable",
}


_FASTAPI_UNREADABLE = "There was an error parsing the body"  # broken UTF-8, or nested without end
_UNREADABLE = "The body is not JSON in UTF-8."


class FieldError(BaseModel):
    field: str
    """Where, as a path: `product.variants.0.prices`."""
    message: str


class Problem(BaseModel):
    type: str = Field(examples=["urn:vici:catalog.unknown_product"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no product 'p-404'."])
    request_id: str | None = Field(None, examples=["0199c0de-0000-7000-8000-000000000000"])
    errors: list[FieldError] = []


def problem_response(
    status: int,
    code: str,
    detail: str,
    request_id: str | None,
    errors: list[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    problem = Problem(
        type=f"urn:vici:{code}",
        title=_TITLES.get(status, "Error"),
        status=status,
        detail=detail,
        request_id=request_id,
        errors=errors or [],
    )
    return Response(problem.model_dump_json(), status, headers, media_type="application/problem+json")


def install_problems(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> Response:  # pyright: ignore[reportUnusedFunction]
        headers = (
            {"Retry-After": str(refusal.facts["retry_after_seconds"])} if "retry_after_seconds" in refusal.facts else {}
        )
        return problem_response(STATUS[refusal.why], refusal.code, str(refusal), _request_id(request), headers=headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:  # pyright: ignore[reportUnusedFunction]
        errors = [_field_error(fault, _shape(request)) for fault in error.errors()]
        detail = "The request cannot be understood: " + "; ".join(
            f"{each.field}: {each.message}" for each in errors[:3]
        )
        return problem_response(422, "request.invalid", detail + ".", _request_id(request), errors)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:  # pyright: ignore[reportUnusedFunction]
        code = {401: "request.not_authorised", 404: "request.no_such_page", 405: "request.method_not_allowed"}.get(
            error.status_code, "request.refused"
        )
        detail = _UNREADABLE if error.detail == _FASTAPI_UNREADABLE else str(error.detail)
        return problem_response(error.status_code, code, detail, _request_id(request), headers=error.headers)


def fault_response(request_id: str) -> Response:
    """For a fault of ours: nothing about it, but the id it was noted under."""
    detail = "Something went wrong here, not with the request. It has been noted under the request id."
    return problem_response(500, "server.fault", detail, request_id)


def _request_id(request: Request) -> str | None:
    return request.scope.get("state", {}).get("request_id")


def _shape(request: Request) -> str:
    """What the body of the request should be, as an example without values."""
    body = getattr(request.scope.get("route"), "body_field", None)
    return _written(getattr(getattr(body, "field_info", None), "annotation", None))


def _written(kind: Any) -> str:
    for inner in get_args(kind):
        if (written := _written(inner)) != "…":
            return f"[{written}]"
    fields: Mapping[str, FieldInfo] = getattr(kind, "model_fields", {})
    needed = {name: _written(each.annotation) for name, each in fields.items() if each.is_required()}
    return "{" + ", ".join(f'"{name}": {written}' for name, written in needed.items()) + "}" if fields else "…"


def _field_error(fault: Mapping[str, Any], shape: str) -> FieldError:
    if fault["loc"] == ("body",) and fault.get("type") == "model_attributes_type":
        return FieldError(field="body", message=f"must be a JSON object such as {shape}")
    if fault.get("type") == "json_invalid":
        place = f" at character {fault['loc'][1]}" if len(fault["loc"]) > 1 else ""
        return FieldError(field="body", message=f"not JSON{place}: {fault['ctx']['error']}")
    return FieldError(field=_path(fault["loc"]), message=_told(fault))


def _path(location: tuple[int | str, ...]) -> str:
    # The first part says body, query, path or header; for a body the rest says more.
    parts = location[1:] if len(location) > 1 and location[0] == "body" else location
    return ".".join(str(part).encode("utf-8", "replace").decode() for part in parts)


def _told(fault: Mapping[str, Any]) -> str:
    # Never the input itself: it may be huge, private, or not even encodable.
    return str(fault["msg"]).encode("utf-8", "replace").decode().rstrip(".")
