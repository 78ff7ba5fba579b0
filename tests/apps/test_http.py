"""What every route gets, whatever it does."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, Query
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from vici.apps.http.app import create_app
from vici.domains import Domain
from vici.infra.limits.limiter import Limiter
from vici.infra.telemetry import logs
from vici.kit.dto import Dto, Line
from vici.kit.errors import Refusal, Why
from vici.settings import Settings


class TeaIsOut(Refusal):
    code = "test.tea_is_out"
    why = Why.CONFLICT
    message = "There is no {tea} left."


class Pour(Dto):
    tea: Line
    cups: int


def tea_house() -> Domain[None]:
    public, admin = APIRouter(), APIRouter()

    @public.get("/tea/{tea}")
    async def look(tea: str, cups: int = Query(1)) -> dict[str, Any]:
        return {"tea": tea, "cups": cups}

    @public.post("/pour")
    async def pour(order: Pour) -> Pour:
        if order.tea == "oolong":
            raise TeaIsOut(tea=order.tea)
        if order.tea == "fire":
            raise RuntimeError("the kettle at 10.0.0.7 exploded")
        return order

    @admin.put("/tea/{tea}")
    async def stock(tea: str) -> dict[str, str]:
        return {"tea": tea}

    return Domain(api=None, public=public, admin=admin)


async def healthy() -> dict[str, str]:
    return {"database": "ok"}


async def ailing() -> dict[str, str]:
    return {"database": "ok", "events": "The event bus cannot be used."}


async def lag() -> dict[str, int]:
    return {"search catalog.product_saved.v1": 3}


def client(settings: Settings | None = None, health: Any = healthy) -> httpx.AsyncClient:
    app = create_app(settings or Settings(), SecretStr("the-token"), [tea_house()], (), health, lag, Limiter())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://shop")


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client() as opened:
        yield opened


async def test_a_refusal_is_a_problem_with_its_code(http: httpx.AsyncClient) -> None:
    answer = await http.post("/pour", json={"tea": "oolong", "cups": 1})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["detail"]) == ("urn:vici:test.tea_is_out", "There is no oolong left.")
    assert problem["request_id"] == answer.headers["x-request-id"]


async def test_invalid_fields_are_named_one_by_one(http: httpx.AsyncClient) -> None:
    answer = await http.post("/pour", json={"cups": "many", "sugar": 1})
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} == {"tea", "cups", "sugar"}


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b'{"tea": ', 422, "body: not JSON at character 8"),
        (b'{"tea": "\xff"}', 400, "The body is not JSON in UTF-8."),
        (b"[" * 100_000, 400, "The body is not JSON in UTF-8."),
    ],
)
async def test_a_body_that_is_no_json_is_told_as_such(
    http: httpx.AsyncClient, body: bytes, status: int, told: str
) -> None:
    answer = await http.post("/pour", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert told in answer.json()["detail"]


async def test_a_body_that_is_no_json_by_its_type_is_told_what_to_send(http: httpx.AsyncClient) -> None:
    headers = {"Authorization": "Bearer the-token", "content-type": "text/markdown"}
    for method, path in (("POST", "/pour"), ("PUT", "/tea/oolong")):
        answer = await http.request(method, path, content=b"# Delivery\n", headers=headers)
        assert answer.status_code == 415
        assert "Content-Type: application/json" in answer.json()["detail"]


async def test_a_list_where_an_object_is_wanted_is_told_which(http: httpx.AsyncClient) -> None:
    answer = await http.post("/pour", json=[{"tea": "oolong", "cups": 1}])
    assert answer.status_code == 422
    assert 'must be a JSON object such as {"tea": …, "cups": …}' in answer.json()["detail"]


async def test_a_name_that_stands_twice_changes_nothing(http: httpx.AsyncClient) -> None:
    headers = {"Authorization": "Bearer the-token", "content-type": "application/json"}
    answer = await http.put("/tea/oolong", content=b'{"cups": 1, "cups": 2}', headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:vici:request.unclear_json")
    assert "'cups' stands twice" in answer.json()["detail"]
    assert (await http.put("/tea/oolong", content=b'{"cups": 1}', headers=headers)).status_code == 200


async def test_a_fault_of_ours_tells_no_internals(http: httpx.AsyncClient) -> None:
    answer = await http.post("/pour", json={"tea": "fire", "cups": 1})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "kettle" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/no/such/page", "/tea"])
async def test_an_unknown_page_is_a_problem(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(http: httpx.AsyncClient) -> None:
    answer = await http.delete("/pour")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        b'{"tea": "\\ud800", "cups": 1}',
        b'{"tea": "a\\u0000b", "cups": 1}',
        b"[]",
        b"null",
        b'"',
        b"",
    ],
)
async def test_a_broken_body_is_refused_and_never_a_fault(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("/pour", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    answer.json()


@given(
    body=st.binary(max_size=200)
    | st.text().map(lambda text: json.dumps({"tea": text, "cups": 1}).encode("utf-8", "replace"))
)
async def test_no_body_whatever_makes_a_fault(body: bytes) -> None:
    async with client() as http:
        answer = await http.post("/pour", content=body, headers={"content-type": "application/json"})
        assert answer.status_code != 500 or answer.json()["type"] == "urn:vici:server.fault"
        assert answer.status_code in (200, 400, 409, 422)


async def test_a_body_over_the_limit_is_refused_declared_or_not() -> None:
    async with client(Settings(body_bytes_max=2000)) as http:

        async def endless() -> AsyncIterator[bytes]:
            for _ in range(1000):
                yield b"x" * 1000

        for content in (b"x" * 3000, endless()):
            answer = await http.post("/pour", content=content, headers={"content-type": "application/json"})
            assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize("sent", [None, "", "Bearer", "Bearer wrong", "Basic dGhlLXRva2Vu", "the-token", "Bearer ✓"])
async def test_what_changes_the_shop_needs_the_admin_token(http: httpx.AsyncClient, sent: str | None) -> None:
    headers = {} if sent is None else {"authorization": sent.encode()}
    answer = await http.put("/tea/oolong", headers=headers)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_the_admin_token_opens(http: httpx.AsyncClient) -> None:
    assert (await http.put("/tea/oolong", headers={"authorization": "bearer the-token"})).status_code == 200


async def test_a_request_id_is_kept_when_it_is_one_and_made_when_it_is_not(http: httpx.AsyncClient) -> None:
    assert (await http.get("/health", headers={"x-request-id": "abc-1"})).headers["x-request-id"] == "abc-1"
    made = (await http.get("/health", headers={"x-request-id": "a b<script>"})).headers["x-request-id"]
    assert len(made) == 36


async def test_every_answer_carries_the_security_headers(http: httpx.AsyncClient) -> None:
    for path in ("/health", "/nothing", "/tea/oolong"):
        headers = (await http.get(path)).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


async def test_a_client_over_its_limit_waits() -> None:
    async with client(Settings(limit_client="2/minute")) as http:
        answers = [await http.get("/tea/oolong") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert answers[-1].json()["type"] == "urn:vici:limits.too_many"
        assert (await http.get("/health")).status_code == 200


async def test_another_site_may_ask_when_it_is_allowed() -> None:
    async with client(Settings(cors_origins=("https://blog.example",))) as http:
        allowed = await http.get("/tea/oolong", headers={"origin": "https://blog.example"})
        assert allowed.headers["access-control-allow-origin"] == "https://blog.example"
        other = await http.get("/tea/oolong", headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


async def test_readiness_names_what_is_wrong(http: httpx.AsyncClient) -> None:
    assert (await http.get("/health/ready")).json() == {"status": "ok", "dependencies": {"database": "ok"}}
    async with client(health=ailing) as sick:
        answer = await sick.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["dependencies"]["events"] == "The event bus cannot be used."
        assert (await sick.get("/health")).status_code == 200


async def test_metrics_count_by_route_not_by_path(http: httpx.AsyncClient) -> None:
    await http.get("/tea/a-very-particular-tea")
    text = (await http.get("/metrics")).text
    assert 'route="/tea/{tea}"' in text
    assert "a-very-particular-tea" not in text
    assert 'vici_events_lag{group="search",topic="catalog.product_saved.v1"} 3.0' in text


async def test_the_description_tells_which_routes_need_the_token_and_how_errors_look(http: httpx.AsyncClient) -> None:
    described = (await http.get("/openapi.json")).json()
    assert described["paths"]["/tea/{tea}"]["put"]["security"] == [{"admin": []}]
    assert "security" not in described["paths"]["/tea/{tea}"]["get"]
    problem = described["paths"]["/pour"]["post"]["responses"]["default"]["content"]["application/problem+json"]
    assert problem["schema"]["$ref"].endswith("/Problem")
    assert "HTTPValidationError" not in json.dumps(described)


async def test_logs_are_json_with_the_request_id_and_without_personal_data(http: httpx.AsyncClient) -> None:
    import structlog

    written = io.StringIO()
    logs.configure_logs("INFO", written)
    try:
        await http.get("/tea/oolong", headers={"x-request-id": "abc-2"})
        structlog.get_logger("test").info(
            "order", phone="0912345678", error="write to lan@example.com or +84 912 345 678", ref="p-1"
        )
    finally:
        structlog.reset_defaults()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    request = next(line for line in lines if line["event"] == "request")
    assert (request["request_id"], request["route"], request["status"]) == ("abc-2", "/tea/{tea}", 200)
    order = next(line for line in lines if line["event"] == "order")
    assert order["ref"] == "p-1"
    assert "phone" not in order
    assert order["error"] == "write to [e-mail] or [phone]"
