"""The API for programmers, on one page: written from its OpenAPI description, readable where nothing may be loaded from
elsewhere."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from vici.web.storefront.site import Site

Schema = Mapping[str, Any]

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_SHAPE = "#/components/schemas/"
_SAMPLES = {"string": "…", "integer": 1, "number": 1.0, "boolean": True}


class Field(NamedTuple):
    name: str
    kind: Markup
    required: bool
    told: Markup


class Answer(NamedTuple):
    status: str
    told: Markup
    kind: Markup | None


class Operation(NamedTuple):
    anchor: str
    method: str
    path: str
    summary: str
    told: Markup
    needs_token: bool
    parameters: tuple[Field, ...]
    body: Markup | None
    answers: tuple[Answer, ...]
    command: str
    """The same for a terminal, with the example where there is one."""


class Shape(NamedTuple):
    name: str
    told: Markup
    fields: tuple[Field, ...]
    values: tuple[str, ...]


def api_reference(site: Site, openapi: Callable[[], Schema]) -> Callable[[Request], Awaitable[Response]]:
    @lru_cache(maxsize=4)
    def read(origin: str) -> Mapping[str, Any]:
        description = openapi()
        return {
            "info": description["info"],
            "told": _told(description["info"].get("description")),
            "groups": _groups(description, origin),
            "shapes": tuple(_shapes(description["components"]["schemas"])),
        }

    async def send(request: Request) -> Response:
        return await site.page(request, "api.html", **read(str(request.base_url).rstrip("/")))

    return send


def _groups(description: Schema, origin: str) -> dict[str, list[Operation]]:
    """By tag, in the order of the routes; what needs the admin token behind what anyone may do."""
    groups: dict[str, list[Operation]] = {}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            made = _operation(method.upper(), path, operation, description["components"]["schemas"], origin)
            groups.setdefault(operation["tags"][0].partition(",")[0], []).append(made)
    return {tag: sorted(each, key=lambda operation: operation.needs_token) for tag, each in groups.items()}


def _operation(method: str, path: str, operation: Schema, schemas: Schema, origin: str) -> Operation:
    parameters = operation.get("parameters", ())
    content = _first(operation.get("requestBody", {}).get("content", {}))
    return Operation(
        anchor=operation["operationId"],
        method=method,
        path=path,
        summary=operation["summary"],
        told=_told(operation.get("description")),
        needs_token="security" in operation,
        parameters=tuple(
            Field(each["name"], _kind(each["schema"]), each.get("required", False), _told(each.get("description")))
            for each in parameters
        ),
        body=_kind(content["schema"]) if content else None,
        answers=tuple(_answers(operation["responses"])),
        command=_command(method, origin + path, parameters, content, schemas, "security" in operation),
    )


def _first(choices: Schema) -> Schema | None:
    """Of several media types or patterns, where one is all we ever give."""
    return next(iter(choices.values()), None)


def _answers(responses: Schema) -> Iterator[Answer]:
    for status, response in responses.items():
        content = _first(response.get("content", {}))
        told = response["description"]
        yield Answer(
            "error" if status == "default" else status,
            _told("" if told == "Successful Response" else told),
            _kind(content["schema"]) if content and content.get("schema") else None,
        )


def _command(
    method: str, address: str, parameters: Any, content: Schema | None, schemas: Schema, needs_token: bool
) -> str:
    asked = {
        each["name"]: str(each["schema"]["examples"][0])
        for each in parameters
        if each["in"] == "query" and each["schema"].get("examples")
    }
    address += f"?{urlencode(asked)}" if asked else ""
    parts = ["curl" if method == "GET" else f"curl -X {method}", f"'{address}'"]
    if needs_token:
        parts.append('-H "Authorization: Bearer $VICI_ADMIN_TOKEN"')
    if content and content["schema"].get("format") == "binary":
        parts.append("--data-binary @file")
    elif content:
        parts.append("-H 'Content-Type: application/json'")
        parts.append("-d '" + json.dumps(_example(content, schemas), ensure_ascii=False).replace("'", "'\\''") + "'")
    return " \\\n  ".join(parts)


def _example(content: Schema, schemas: Schema) -> Any:
    """The one that was written, else one made of what the body must have."""
    for written in content.get("examples", {}).values():
        return written["value"]
    return _sample(content["schema"], schemas)


def _sample(schema: Schema, schemas: Schema) -> Any:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].removeprefix(_SHAPE)]
    for given in ("examples", "enum"):
        if given in schema:
            return schema[given][0]
    for other in schema.get("anyOf", ()):
        return _sample(other, schemas)
    match schema.get("type"):
        case "object":
            needed = schema.get("required", ())
            return {name: _sample(schema["properties"][name], schemas) for name in needed}
        case "array":
            return [_sample(schema["items"], schemas)]
        case kind:
            return schema.get("minimum") or _SAMPLES.get(str(kind), "…")


def _shapes(schemas: Schema) -> Iterator[Shape]:
    for name, schema in sorted(schemas.items()):
        required = schema.get("required", ())
        yield Shape(
            name,
            _told(schema.get("description")),
            tuple(
                Field(field, _kind(each), field in required, _told(each.get("description")))
                for field, each in schema.get("properties", {}).items()
            ),
            tuple(map(str, schema.get("enum", ()))),
        )


def _kind(schema: Schema) -> Markup:
    """What a value is, in a few words; named shapes are links to where they are told."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_SHAPE)
        return Markup('<a href="#shape-{0}">{0}</a>').format(name)
    if "anyOf" in schema:
        return Markup(" or ").join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return Markup(", ").join(
            Markup("<code>{}</code>").format(each) for each in schema.get("enum", [schema.get("const")])
        )
    match schema.get("type"):
        case "array":
            return Markup("list of ") + _kind(schema["items"])
        case "object":
            values = schema.get("additionalProperties") or _first(schema.get("patternProperties", {}))
            return (
                Markup("object of ") + _kind(cast("Schema", values)) if isinstance(values, dict) else Markup("object")
            )
        case "null":
            return Markup("nothing")
        case None:
            return Markup("anything")
        case kind:
            return escape(schema.get("format", kind)) + _bounds(schema)


def _bounds(schema: Schema) -> str:
    low = schema.get("minimum", schema.get("minLength") or None)
    high = schema.get("maximum", schema.get("maxLength"))
    unit = " characters" if schema.get("type") == "string" else ""
    match low, high:
        case None, None:
            return ""
        case None, _:
            return f", at most {high:,}{unit}"
        case _, None:
            return f", at least {low:,}{unit}"
        case _:
            return f", {low:,} to {high:,}{unit}"


def _told(text: str | None) -> Markup:
    return Markup(_MARKDOWN.render(text or ""))  # noqa: S704 — rendered with HTML off
