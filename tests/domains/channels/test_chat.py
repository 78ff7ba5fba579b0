"""The chat's door, field by field."""

import json
import uuid
from datetime import datetime
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from tests.conftest import ManualClock
from tests.domains.channels.conftest import Chat, OpenChat
from tests.domains.conversations.conftest import say
from vici.domains.channels.http import chat as door_module
from vici.domains.conversations.api import Action, ClaimNext, Evidence, NextDelivery


async def test_a_message_is_acknowledged_with_its_ids(chat: Chat) -> None:
    answer = await chat.says(message_id="mine-1")
    assert answer.status_code == 202
    body = answer.json()
    assert body == {
        "message_id": "mine-1",
        "session_id": body["session_id"],
        "status": "processing",
        "message": "Message received",
    }
    assert uuid.UUID(body["session_id"]).version == 4


async def test_ids_of_sessions_are_not_in_a_row(chat: Chat) -> None:
    first, second = [uuid.UUID(await chat.begins()) for _ in range(2)]
    assert bin(first.int ^ second.int).count("1") > 30


async def test_a_session_is_shown_field_by_field(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-1", payload="more")
    evidence = Evidence(kind="product", ref="p-1", fields={"price_minor": 15990000})
    carousel = Action(
        type="send_carousel",
        data={
            "products": [
                {
                    "product_id": "p-1",
                    "name": "iPhone 15",
                    "price_minor": 15990000,
                    "currency": "VND",
                    "in_stock": True,
                    "url": "/p/p-1",
                    "image_url": None,
                }
            ]
        },
    )
    await chat.shopper(session_id).is_answered(
        "r-1", say(), carousel, entities={"brand": "Apple"}, evidence=(evidence,), timings={"search": 2.5}
    )
    shown = (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).json()
    assert list(shown) == ["session_id", "user_id", "created_at", "expires_at", "status", "messages"]
    assert (shown["session_id"], shown["user_id"], shown["status"]) == (session_id, "anna", "active")
    created, expires = (datetime.fromisoformat(shown[name]) for name in ("created_at", "expires_at"))
    assert (expires - created).total_seconds() == 1800
    asked, reply = shown["messages"]
    assert asked == {
        "message_id": "m-1",
        "role": "user",
        "content": "Tìm iPhone 15",
        "timestamp": asked["timestamp"],
        "reply_to": [],
        "language": None,
        "intent": None,
        "confidence": None,
        "entities": {},
        "actions": [],
        "evidence": [],
    }
    assert reply == {
        "message_id": "r-1",
        "role": "assistant",
        "content": "Đây ạ",
        "timestamp": reply["timestamp"],
        "reply_to": ["m-1"],
        "language": "vi",
        "intent": "find",
        "confidence": 0.9,
        "entities": {"brand": "Apple"},
        "actions": [json.loads(say().model_dump_json()), json.loads(carousel.model_dump_json())],
        "evidence": [json.loads(evidence.model_dump_json())],
    }


async def test_a_reply_on_the_web_is_read_and_not_carried(chat: Chat) -> None:
    await chat.shopper(await chat.begins()).is_answered("r-1")
    assert (await chat.service.next_delivery(NextDelivery())).delivery is None


async def test_a_repeated_message_is_answered_as_the_first_was(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-1")
    first = await chat.says(session_id=session_id, message_id="m-2")
    again = await chat.says(session_id=session_id, message_id="m-2", message="something else")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    shown = (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).json()
    assert [message["message_id"] for message in shown["messages"]] == ["m-1", "m-2"]


@pytest.mark.parametrize("version", [4, 7])
async def test_a_client_may_name_its_session_with_a_random_uuid(chat: Chat, version: int) -> None:
    named = {4: str(uuid.uuid4()), 7: "0199c0de-0000-7000-8000-000000000001"}[version]
    assert await chat.begins(session_id=named) == named
    assert (await chat.says(session_id=named)).status_code == 202


@pytest.mark.parametrize(
    "unknown",
    [
        "nobody",
        "00000000-0000-0000-0000-000000000000",
        "2646352c-e4cd-11f1-a483-02fc00000001",
        "urn:uuid:e6970801-b8a6-4f3a-8083-fa4e69524652",
    ],
)
async def test_any_other_unknown_session_is_refused(chat: Chat, unknown: str) -> None:
    answer = await chat.says(session_id=unknown)
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:vici:conversations.unknown_session")


async def test_unknown_expired_and_ended_sessions_are_told_apart(chat: Chat, clock: ManualClock) -> None:
    expired, ended = await chat.begins(), await chat.begins()
    clock.move(1801)
    assert (await chat.http.post(f"/api/v1/chat/sessions/{ended}/end", json={"reason": "done"})).json()[
        "mode"
    ] == "ended"
    kinds = [
        (answer.status_code, answer.json()["type"].rpartition(".")[2])
        for answer in [await chat.says(session_id=each) for each in ("nobody", expired, ended)]
    ]
    assert kinds == [(404, "unknown_session"), (410, "session_expired"), (410, "session_ended")]
    for session_id, status in ((expired, "expired"), (ended, "ended")):
        assert (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).json()["status"] == status
    assert (await chat.http.get("/api/v1/chat/sessions/nobody")).status_code == 404
    assert (await chat.http.post("/api/v1/chat/sessions/nobody/end")).status_code == 404


async def test_the_session_of_another_user_cannot_be_written_to(chat: Chat) -> None:
    session_id = await chat.begins()
    answer = await chat.says(session_id=session_id, user_id="eve")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:vici:conversations.not_your_session")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("message", "", "The message is empty"),
        ("message", " \n\t\u00a0", "The message is empty"),
        ("message", "x" * 8001, "at most 8000 characters"),
        ("message", "a\x00b", "U+0000"),
        ("message", 5, "valid string"),
        ("message", None, "valid string"),
        ("user_id", "", "at least 1 character"),
        ("user_id", None, "valid string"),
        ("user_id", {"$gt": ""}, "valid string"),
        ("session_id", "", "at least 1 character"),
        ("session_id", "x" * 101, "at most 100 characters"),
        ("message_id", "a\nb", "match pattern"),
        ("payload", "", "at least 1 character"),
        ("sesion_id", "typo", "Extra inputs"),
    ],
)
async def test_what_cannot_be_a_message_is_refused_field_by_field(
    chat: Chat, field: str, value: object, told: str
) -> None:
    answer = await chat.says(**{field: value})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert told in error["message"]


@pytest.mark.parametrize(
    "text", ["👍", "x" * 8000, "🛒" * 8000, "'; DROP TABLE messages;--", "<script>alert(1)</script>"]
)
async def test_any_text_is_a_message(chat: Chat, text: str) -> None:
    session_id = await chat.begins(message=text)
    shown = (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).json()
    assert shown["messages"][0]["content"] == text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"user_id": "anna", "message": "\\ud800"}',
        b'{"user_id": "anna", "message": "\xff\xfe"}',
        b'{"user_id": "anna", "message": "\xed\xa0\x80"}',
        b'{"user_id": "anna", "message": ' + b"[" * 5000,
        b'{"user_id": "anna", "message": 1e999}',
        b'{"user_id": "anna", "message": NaN}',
        b'{"user_id": "anna", "message": "a", "message": "b"}',
        b'{"user_id": "anna", "message": "a", "\\u006dessage": "b"}',
    ],
)
async def test_a_broken_body_is_refused_and_never_a_fault(chat: Chat, body: bytes) -> None:
    answer = await chat.http.post(
        "/api/v1/chat/message", content=body, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_client_that_goes_away_in_the_middle_of_its_message_is_no_fault_of_ours(chat: Chat) -> None:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/chat/message",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"100")],
    }
    arriving: list[dict[str, object]] = [
        {"type": "http.request", "body": b'{"user_id": "anna", "mess', "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return arriving.pop(0)

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    with capture_logs() as logs:
        await chat.app(scope, receive, send)
    assert [each["log_level"] for each in logs] == ["info"]
    assert sent[0]["status"] == 400


async def test_only_json_is_taken(chat: Chat) -> None:
    answer = await chat.http.post(
        "/api/v1/chat/message", content=b"user_id=anna", headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 415


async def test_a_quiet_window_is_waited_for_behind_words_and_not_behind_a_button(
    open_chat: OpenChat, clock: ManualClock
) -> None:
    chat = await open_chat(quiet_ms=400)

    async def ready() -> bool:
        return (await chat.service.claim_next(ClaimNext(worker="w"))).claim is not None

    await chat.begins()
    assert not await ready()
    clock.move(0.39)
    assert not await ready()
    clock.move(0.02)
    assert await ready()
    await chat.begins(payload="more")
    assert await ready()


async def test_the_messages_of_one_session_are_limited(open_chat: OpenChat) -> None:
    chat = await open_chat(limit_chat="3/minute")
    session_id, other = await chat.begins(), await chat.begins()
    answers = [await chat.says(session_id=session_id) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["type"] == "urn:vici:limits.too_many"
    assert (await chat.says(session_id=other)).status_code == 202


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_repeat_counts_for_no_limit_and_is_never_past_one(open_chat: OpenChat, elsewhere: bool) -> None:
    chat = await open_chat(limit_chat="3/minute")
    session_id = await chat.begins(message_id="m-0")
    for number in (1, 2):
        for _ in range(5):
            answer = await chat.says(session_id=session_id, message_id=f"m-{number}")
            assert (answer.status_code, answer.json()["message_id"]) == (202, f"m-{number}")
    assert (await chat.says(session_id=session_id, message_id="m-3")).status_code == 202
    await chat.shopper(session_id).is_answered("r-1")
    if elsewhere:  # another process, whose limit is used up as well
        chat = await open_chat(limit_chat="1/minute")
        assert (await chat.says(session_id=session_id, message_id="m-4")).status_code == 202
    assert (await chat.says(session_id=session_id, message_id="m-3")).status_code == 202
    for unheard in ("m-5", "r-1"):
        assert (await chat.says(session_id=session_id, message_id=unheard)).status_code == 429
    assert (await chat.says(session_id=session_id, message_id="m-3", user_id="eve")).status_code == 429
    shown = (await chat.http.get(f"/api/v1/chat/sessions/{session_id}")).json()["messages"]
    assert len(shown) == (6 if elsewhere else 5)


async def test_only_so_many_accepted_messages_are_remembered(open_chat: OpenChat) -> None:
    chat = await open_chat()
    with patch.object(door_module, "REMEMBERED_MAX", 3):
        session_id = await chat.begins(message_id="m-0")
        for number in range(1, 6):
            await chat.says(session_id=session_id, message_id=f"m-{number}")
    assert [message_id for _, _, message_id in chat.door._accepted] == ["m-3", "m-4", "m-5"]


async def test_new_sessions_of_one_client_are_limited_whoever_names_them(open_chat: OpenChat) -> None:
    chat = await open_chat(limit_sessions="2/minute")
    session_id = await chat.begins()
    await chat.begins(session_id=str(uuid.uuid4()))
    assert (await chat.says()).status_code == 429
    assert (await chat.says(session_id=str(uuid.uuid4()))).status_code == 429
    assert (await chat.says(session_id=session_id)).status_code == 202


async def test_a_session_is_read_page_by_page(chat: Chat) -> None:
    session_id = await chat.begins(message_id="m-0")
    for number in range(1, 6):
        await chat.says(session_id=session_id, message_id=f"m-{number}")

    async def page(query: str) -> list[str]:
        shown = (await chat.http.get(f"/api/v1/chat/sessions/{session_id}?{query}")).json()
        return [message["message_id"] for message in shown["messages"]]

    assert await page("limit=2") == ["m-4", "m-5"]
    assert await page("limit=2&before=m-4") == ["m-2", "m-3"]
    assert await page("limit=2&after=m-0") == ["m-1", "m-2"]
    for bad in ("limit=0", "limit=201", "limit=x"):
        assert (await chat.http.get(f"/api/v1/chat/sessions/{session_id}?{bad}")).status_code == 422
    assert (await chat.http.get(f"/api/v1/chat/sessions/{session_id}?after=none")).status_code == 404


async def test_a_session_can_be_kept_open_longer(chat: Chat, clock: ManualClock) -> None:
    session_id = await chat.begins()
    answer = await chat.http.post(f"/api/v1/chat/sessions/{session_id}/extend", json={"minutes": 120})
    assert answer.status_code == 200
    clock.move(100 * 60)
    assert (await chat.says(session_id=session_id)).status_code == 202
    for minutes in (0, 1441, "x"):
        answer = await chat.http.post(f"/api/v1/chat/sessions/{session_id}/extend", json={"minutes": minutes})
        assert answer.status_code == 422


async def test_the_routes_are_described(chat: Chat) -> None:
    described = chat.app.openapi()
    post = described["paths"]["/api/v1/chat/message"]["post"]
    assert post["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/ChatMessage")
    assert post["responses"]["202"]["content"]["application/json"]["schema"]["$ref"].endswith("/MessageAccepted")
    events = described["paths"]["/api/v1/chat/sessions/{session_id}/events"]["get"]
    assert "text/event-stream" in events["responses"]["200"]["content"]
