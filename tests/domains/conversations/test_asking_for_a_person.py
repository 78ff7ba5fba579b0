"""A person is asked for, comes, writes, and goes; nobody is left in silence."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from prometheus_client import REGISTRY

from tests.domains.conversations.conftest import PassTime, Shopper, say
from vici.apps.http.problems import install_problems
from vici.domains.conversations.api import (
    Action,
    ClaimNext,
    CommitStatus,
    End,
    GetSession,
    HandBack,
    ListWishes,
    MessageIdTaken,
    NextDelivery,
    PersonSaid,
    PersonSays,
    SessionEnded,
    SessionStatus,
    Settle,
    TakeOver,
    Wish,
)
from vici.domains.conversations.events import TurnCommitted
from vici.domains.conversations.http import people_routes
from vici.domains.conversations.rules.answering import PERSON_SILENT_MAX
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.tables import actions
from vici.infra.database.port import Database
from vici.infra.events.tables import outbox
from vici.kit.pages import BadCursor, cursor_for

TRANSFER = Action(type="transfer_to_agent", data={"reason": "asked", "summary": "Wants a person."})
GOODBYE = Action(type="end_conversation", data={"reason": "thanked"})
SILENT = PERSON_SILENT_MAX.total_seconds()


async def asks(shopper: Shopper, number: int = 1) -> None:
    await shopper.says(f"ask-{number}", "let me talk to a person")
    await shopper.is_answered(f"noted-{number}-{shopper.session_id}", say("Noted."), TRANSFER)


async def writes(shopper: Shopper, message_id: str = "p-1", text: str = "Mai here") -> PersonSaid:
    return await shopper.service.say(
        PersonSays(session_id=shopper.session_id, by="mai", message_id=message_id, text=text)
    )


async def wishes(service: ConversationsService) -> list[Wish]:
    return list((await service.wishes(ListWishes())).items)


async def status(shopper: Shopper) -> SessionStatus:
    return (await shopper.service.session(GetSession(session_id=shopper.session_id))).status


async def nobody_answers(shopper: Shopper) -> bool:
    return (await shopper.service.claim_next(ClaimNext(worker="w"))).claim is None


async def told(database: Database, topic: str) -> int:
    query = sa.select(sa.func.count()).where(outbox.c.topic == f"conversations.{topic}.v1")
    return await database.read(lambda connection: connection.scalar(query)) or 0


async def test_after_a_person_is_asked_for_the_assistant_goes_on_and_the_wish_is_kept(
    anna: Shopper, database: Database
) -> None:
    await asks(anna)
    assert await status(anna) == "active"
    await anna.says("m-2", "and headphones?")
    await anna.is_answered("r-2")
    await asks(anna, 2)
    (wish,) = await wishes(anna.service)
    assert (wish.session_id, wish.user_id, wish.status, wish.last_message) == ("s-1", "anna", "active", "Đây ạ")
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert session.wants_person_since == wish.since == session.messages[1].at
    assert await told(database, "handed_over") == 1


async def test_whoever_asked_for_a_person_is_not_turned_away_for_a_day(anna: Shopper, pass_time: PassTime) -> None:
    await asks(anna)
    await pass_time(23 * 3600)
    await anna.says("m-2")
    assert await status(anna) == "active"


async def test_a_reply_that_asks_for_a_person_ends_nothing(anna: Shopper) -> None:
    await anna.says("m-1")
    await anna.is_answered("r-1", say(), GOODBYE, TRANSFER)
    assert await status(anna) == "active"
    assert len(await wishes(anna.service)) == 1


async def test_a_persons_words_take_over_answer_what_is_unanswered_and_grant_the_wish(
    anna: Shopper, database: Database
) -> None:
    await asks(anna)
    await anna.says("m-2")
    thinking = await anna.claimed()
    said = await writes(anna)
    assert (said.position, said.repeated) == (4, False)
    assert await status(anna) == "human"
    assert (await anna.commits(thinking, "r-late")).status is CommitStatus.FENCED
    message = (await anna.service.session(GetSession(session_id="s-1"))).messages[-1]
    assert (message.role, message.content, message.reply_to) == ("agent", "Mai here", ("m-2",))
    assert await wishes(anna.service) == []
    await anna.service.hand_back(HandBack(session_id="s-1"))
    assert await nobody_answers(anna)
    await anna.says("m-3")
    claim = await anna.claimed()
    assert [each.message_id for each in claim.messages] == ["m-3"]
    assert claim.history[-1].role == "agent"
    assert await told(database, "taken_over") == 1


async def test_a_persons_words_are_stored_once_however_often_they_are_sent(anna: Shopper) -> None:
    await anna.says("m-1")
    first = await writes(anna)
    again = await writes(anna, text="other words")
    assert again == first.model_copy(update={"repeated": True})
    await anna.service.end(End(session_id="s-1"))
    assert (await writes(anna)).repeated
    with pytest.raises(SessionEnded):
        await writes(anna, "p-2")
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert [message.content for message in session.messages if message.role == "agent"] == ["Mai here"]


async def test_one_side_cannot_use_the_name_of_the_others_message(anna: Shopper, service: ConversationsService) -> None:
    await anna.says("m-1")
    await anna.is_answered("r-1")
    for taken in ("m-1", "r-1"):
        with pytest.raises(MessageIdTaken):
            await writes(anna, taken)
    assert await status(anna) == "active"
    await writes(anna)
    other = Shopper(service, "s-2")
    for taken in ("r-1", "p-1"):
        with pytest.raises(MessageIdTaken):
            await anna.says(taken)
        await other.says(taken)


async def test_a_person_who_does_not_write_for_ten_minutes_has_gone_and_the_assistant_answers(
    anna: Shopper, pass_time: PassTime, database: Database
) -> None:
    await asks(anna)
    await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    await anna.says("m-2")
    await pass_time(SILENT - 5)
    assert await nobody_answers(anna)
    await pass_time(6)
    claim = await anna.claimed()
    assert [each.message_id for each in claim.messages] == ["m-2"]
    assert (await anna.commits(claim, "r-2")).status is CommitStatus.COMMITTED
    assert await status(anna) == "active"
    assert await told(database, "handed_back") == 1
    # Nobody wrote, so the wish is still one.
    assert [wish.session_id for wish in await wishes(anna.service)] == ["s-1"]


async def test_each_word_of_a_person_begins_the_ten_minutes_anew(anna: Shopper, pass_time: PassTime) -> None:
    await anna.says("m-1")
    for number in range(3):
        await writes(anna, f"p-{number}")
        await pass_time(SILENT - 5)
    await anna.says("m-2")
    assert await nobody_answers(anna)
    assert await status(anna) == "human"
    await pass_time(6)
    assert (await anna.claimed()).first_seq == 2


async def test_with_nothing_to_answer_a_conversation_is_handed_back_all_the_same(
    anna: Shopper, pass_time: PassTime
) -> None:
    await anna.says("m-1")
    await writes(anna)
    await pass_time(SILENT + 1)
    assert await nobody_answers(anna)
    assert await status(anna) == "active"


@pytest.mark.parametrize("how", ["hand_back", "end"])
async def test_a_wish_is_over_when_a_person_decides_so(anna: Shopper, how: str) -> None:
    await asks(anna)
    if how == "end":
        await anna.service.end(End(session_id="s-1"))
    else:
        await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
        assert [wish.status for wish in await wishes(anna.service)] == ["human"]
        await anna.service.hand_back(HandBack(session_id="s-1"))
    assert await wishes(anna.service) == []


async def test_waiting_is_counted_from_the_handback(anna: Shopper, pass_time: PassTime, database: Database) -> None:
    def too_late() -> float:
        return REGISTRY.get_sample_value("vici_invariants_broken_total", {"invariant": "answered_in_time"}) or 0

    before = too_late()
    await anna.says("m-1")
    await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    await pass_time(500)
    await anna.service.hand_back(HandBack(session_id="s-1"))
    await anna.is_answered("r-1")
    assert too_late() == before
    query = sa.select(outbox.c.body).where(outbox.c.topic == "conversations.turn_committed.v1")
    body = await database.read(lambda connection: connection.scalar(query))
    assert 0 <= TurnCommitted.model_validate_json(str(body)).waited_ms < 60_000
    await anna.says("m-2")
    await pass_time(500)
    await anna.is_answered("r-2")
    assert too_late() == before + 1


async def test_where_replies_are_carried_a_persons_words_are_too_and_no_takeover_recalls_them(
    linh: Shopper, service: ConversationsService, pass_time: PassTime, database: Database
) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1")
    await writes(linh, "p-1")
    other = Shopper(service, "s-other", carry_replies=True)
    await other.says("m-1")
    await writes(other, "p-1")
    await service.hand_back(HandBack(session_id="s-linh"))
    await service.take_over(TakeOver(session_id="s-linh", by="an"))
    carried = set()
    while (delivery := (await service.next_delivery(NextDelivery())).delivery) is not None:
        carried.add((delivery.session_id, delivery.message_id, delivery.action.data["message"]))
        await service.settle(Settle(action_id=delivery.action_id, epoch=delivery.epoch, outcome="sent"))
    assert carried == {("s-linh", "p-1", "Mai here"), ("s-other", "p-1", "Mai here")}
    query = sa.select(actions.c.status).where(actions.c.action_id == "r-1.1")
    assert await database.read(lambda connection: connection.scalar(query)) == "cancelled"


@pytest.fixture
async def http(service: ConversationsService) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_problems(app)
    app.include_router(people_routes(service))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop/api/v1/admin") as client:
        yield client


async def test_the_owner_pages_through_who_waits_the_newest_first(
    http: httpx.AsyncClient, service: ConversationsService, pass_time: PassTime
) -> None:
    await Shopper(service, "s-content").says("m-1")
    await Shopper(service, "s-content").is_answered("r-0")
    for number in range(5):
        await asks(Shopper(service, f"s-{number}"))
        await pass_time(1)
    await Shopper(service, "s-3").says("long", "đ" * 500)
    pages: list[dict[str, Any]] = [
        (await http.get("/conversations", params={"wants_person": "true", "limit": 2})).json()
    ]
    while cursor := pages[-1]["next_cursor"]:
        pages.append(
            (await http.get("/conversations", params={"wants_person": "true", "limit": 2, "cursor": cursor})).json()
        )
    assert [[each["session_id"] for each in page["items"]] for page in pages] == [
        ["s-4", "s-3"],
        ["s-2", "s-1"],
        ["s-0"],
    ]
    assert pages[0]["items"][1]["last_message"] == "đ" * 200
    assert list(pages[0]["items"][0]) == [
        "session_id",
        "user_id",
        "channel",
        "status",
        "since",
        "last_message",
        "last_message_at",
    ]


async def test_a_list_that_does_not_exist_is_refused(http: httpx.AsyncClient, service: ConversationsService) -> None:
    for params in ({}, {"wants_person": "false"}, {"wants_person": "true", "cursor": "x"}):
        assert (await http.get("/conversations", params=params)).status_code == 422
    for forged in (cursor_for(10**30, "s-1"), cursor_for(1, "a\x00b"), cursor_for(True, "s-1")):
        with pytest.raises(BadCursor):
            await service.wishes(ListWishes(cursor=forged))


async def test_a_person_writes_over_http(http: httpx.AsyncClient, anna: Shopper) -> None:
    await anna.says("m-1")
    said = {"by": "mai", "message": "Mai here", "message_id": "p-1"}
    answers = [await http.post("/conversations/s-1/messages", json=said) for _ in range(2)]
    assert [answer.json() for answer in answers] == [
        {"session_id": "s-1", "message_id": "p-1", "position": 2, "repeated": repeated} for repeated in (False, True)
    ]
    refused = [
        await http.post("/conversations/none/messages", json=said),
        await http.post("/conversations/s-1/messages", json=said | {"message_id": "m-1"}),
        await http.post("/conversations/s-1/messages", json=said | {"message": " "}),
        await http.post("/conversations/s-1/messages", json={"by": "mai", "message": "x"}),
    ]
    assert [answer.status_code for answer in refused] == [404, 409, 422, 422]
