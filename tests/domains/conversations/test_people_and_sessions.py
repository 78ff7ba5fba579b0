import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.domains.conversations.conftest import PassTime, Shopper
from vici.domains.conversations.api import (
    ClaimNext,
    End,
    Extend,
    GetSession,
    GetStates,
    HandBack,
    Mode,
    SessionEnded,
    SessionExpired,
    Stage,
    TakeOver,
    UnknownMessage,
    UnknownSession,
)
from vici.domains.conversations.service import ConversationsService
from vici.infra.database.port import Database
from vici.infra.events.tables import outbox


async def topics(database: Database) -> list[str]:
    query = sa.select(outbox.c.topic).order_by(outbox.c.position)
    found = await database.read(lambda connection: list(connection.scalars(query)))
    return [topic.split(".")[1] for topic in found]


async def test_while_a_person_is_in_charge_the_assistant_is_silent(anna: Shopper) -> None:
    await anna.says("m-1")
    taken_over = await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    assert taken_over.mode is Mode.HUMAN
    await anna.says("m-2")
    assert (await anna.service.claim_next(ClaimNext(worker="w"))).claim is None
    assert (await anna.service.session(GetSession(session_id="s-1"))).stage is Stage.IDLE


async def test_handed_back_the_assistant_answers_what_nobody_has_answered(anna: Shopper) -> None:
    await anna.says("m-1")
    await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    await anna.says("m-2")
    assert (await anna.service.hand_back(HandBack(session_id="s-1"))).mode is Mode.BOT
    claim = await anna.claimed()
    assert [message.message_id for message in claim.messages] == ["m-1", "m-2"]
    assert (await anna.commits(claim)).status == "committed"


async def test_a_session_does_not_expire_while_a_person_has_it_nor_the_moment_it_is_handed_back(
    anna: Shopper, pass_time: PassTime
) -> None:
    await anna.says("m-1")
    await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    await pass_time(3600)
    await anna.says("m-2")
    await pass_time(3600)
    await anna.service.hand_back(HandBack(session_id="s-1"))
    await anna.says("m-3")


async def test_repeating_a_takeover_a_handback_or_an_end_changes_nothing(anna: Shopper, database: Database) -> None:
    service = anna.service
    await anna.says("m-1")
    take_over, hand_back, end = TakeOver(session_id="s-1", by="mai"), HandBack(session_id="s-1"), End(session_id="s-1")
    assert await service.take_over(take_over) == await service.take_over(take_over)
    assert await service.hand_back(hand_back) == await service.hand_back(hand_back)
    assert await service.end(end) == await service.end(end)
    assert await topics(database) == ["taken_over", "handed_back", "ended"]


async def test_people_are_refused_where_there_is_nothing_to_take(anna: Shopper) -> None:
    for act in (
        anna.service.take_over(TakeOver(session_id="none", by="mai")),
        anna.service.end(End(session_id="none")),
    ):
        with pytest.raises(UnknownSession):
            await act
    await anna.says("m-1")
    await anna.service.end(End(session_id="s-1"))
    with pytest.raises(SessionEnded):
        await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    with pytest.raises(SessionEnded):
        await anna.service.hand_back(HandBack(session_id="s-1"))


async def test_many_takeovers_and_messages_at_once_leave_one_truth(anna: Shopper) -> None:
    await anna.says("m-0")
    await asyncio.gather(
        *(anna.says(f"m-{number}") for number in range(1, 10)),
        *(anna.service.take_over(TakeOver(session_id="s-1", by=f"p-{number}")) for number in range(3)),
        *(anna.service.hand_back(HandBack(session_id="s-1")) for _ in range(3)),
    )
    await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert (session.status, session.position, session.stage) == ("human", 10, Stage.IDLE)


async def test_a_session_is_shown_with_what_became_of_it(anna: Shopper, pass_time: PassTime) -> None:
    async def status() -> str:
        return (await anna.service.session(GetSession(session_id="s-1"))).status

    await anna.says("m-1")
    assert await status() == "active"
    await pass_time(1801)
    assert await status() == "expired"
    await anna.service.end(End(session_id="s-1"))
    assert await status() == "ended"
    with pytest.raises(UnknownSession):
        await anna.service.session(GetSession(session_id="none"))


async def test_a_session_lasts_thirty_minutes_and_can_be_extended_but_not_shortened(
    anna: Shopper, pass_time: PassTime
) -> None:
    await anna.says("m-1")
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert session.expires_at - session.created_at == timedelta(minutes=30)
    extended = await anna.service.extend(Extend(session_id="s-1", minutes=60))
    assert timedelta(minutes=60) <= extended.expires_at - session.created_at < timedelta(minutes=61)
    assert (await anna.service.extend(Extend(session_id="s-1", minutes=1))).expires_at == extended.expires_at
    await pass_time(59 * 60)
    await anna.says("m-2")
    await pass_time(3601)
    with pytest.raises(SessionExpired):
        await anna.service.extend(Extend(session_id="s-1", minutes=60))
    with pytest.raises(UnknownSession):
        await anna.service.extend(Extend(session_id="none", minutes=60))
    await anna.service.end(End(session_id="s-1"))
    with pytest.raises(SessionEnded):
        await anna.service.extend(Extend(session_id="s-1", minutes=60))


async def test_a_long_session_can_be_read_both_ways_page_by_page(anna: Shopper) -> None:
    for number in range(7):
        await anna.says(f"m-{number}")

    async def page(**given: object) -> list[str]:
        session = await anna.service.session(GetSession.model_validate({"session_id": "s-1", "limit": 3} | given))
        return [message.message_id for message in session.messages]

    assert await page() == ["m-4", "m-5", "m-6"]
    assert await page(before="m-4") == ["m-1", "m-2", "m-3"]
    assert await page(before="m-1") == ["m-0"]
    assert await page(before="m-0") == []
    assert await page(after="m-0") == ["m-1", "m-2", "m-3"]
    assert await page(after="m-6") == []
    assert await page(after_position=0) == ["m-0", "m-1", "m-2"]
    assert await page(after_position=6) == ["m-6"]
    for given in ({"before": "none"}, {"after": "none"}):
        with pytest.raises(UnknownMessage):
            await page(**given)


async def test_how_several_sessions_stand_is_one_question(anna: Shopper, service: ConversationsService) -> None:
    other = Shopper(service, "s-2")
    await anna.says("m-1")
    await anna.claimed()
    await other.says("m-1", quiet_ms=5000)
    asked = GetStates(session_ids=("s-1", "s-2", *(f"none-{number}" for number in range(1200))))
    states = {
        state.session_id: (state.status, state.stage, state.position) for state in (await service.states(asked)).states
    }
    assert states == {"s-1": ("active", Stage.THINKING, 1), "s-2": ("active", Stage.WAITING, 1)}
    assert (await service.states(GetStates(session_ids=()))).states == ()
