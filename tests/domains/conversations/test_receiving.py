import asyncio

import pytest
import sqlalchemy as sa

from tests.domains.conversations.conftest import PassTime, Shopper
from vici.domains.conversations.api import (
    ClaimNext,
    End,
    GetSession,
    NotYourSession,
    SessionEnded,
    SessionExpired,
    UnknownSession,
)
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.tables import messages
from vici.infra.database.port import Database


async def stored(database: Database) -> list[str]:
    query = sa.select(messages.c.message_id).order_by(messages.c.session_id, messages.c.position)
    return await database.read(lambda connection: list(connection.scalars(query)))


async def test_messages_are_numbered_in_the_order_they_were_accepted(anna: Shopper, database: Database) -> None:
    answers = [await anna.says(f"m-{number}") for number in range(3)]
    assert [(answer.seq, answer.repeated) for answer in answers] == [(1, False), (2, False), (3, False)]
    assert await stored(database) == ["m-0", "m-1", "m-2"]


async def test_a_repeated_message_gets_the_first_answer_and_is_not_stored_again(
    anna: Shopper, database: Database
) -> None:
    await anna.says("m-1")
    first = await anna.says("m-2", "hello")
    again = await anna.says("m-2", "something else")
    assert again == first.model_copy(update={"repeated": True})
    assert await stored(database) == ["m-1", "m-2"]


async def test_the_same_message_arriving_many_times_at_once_is_stored_once(anna: Shopper, database: Database) -> None:
    answers = await asyncio.gather(*(anna.says(f"m-{number % 3}") for number in range(30)))
    assert sorted(await stored(database)) == ["m-0", "m-1", "m-2"]
    assert sum(not answer.repeated for answer in answers) == 3
    assert len({(answer.message_id, answer.seq) for answer in answers}) == 3


async def test_two_processes_that_begin_one_session_at_once_share_it(database_url: str, database: Database) -> None:
    from tests.domains.conversations.conftest import LASTS, LEASE
    from vici.infra.database.open import open_database
    from vici.kit.clock import SystemClock
    from vici.kit.ids import new_id

    others = [open_database(database_url, SystemClock()) for _ in range(3)]
    shoppers = [Shopper(ConversationsService(other, new_id, LASTS, LEASE)) for other in others]
    await asyncio.gather(*(shopper.says(f"m-{number}") for number, shopper in enumerate(shoppers * 4)))
    assert sorted(await stored(database)) == sorted(f"m-{number}" for number in range(12))
    for other in others:
        await other.close()


async def test_one_refused_message_leaves_the_others_of_its_lot_alone(anna: Shopper, database: Database) -> None:
    await anna.says("m-1")
    outcomes = await asyncio.gather(
        anna.says("m-2"),
        anna.says("m-3", user_id="eve"),
        anna.says("m-4", session_id="s-unknown", new_session=False),
        anna.says("m-5"),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "Received",
        "NotYourSession",
        "UnknownSession",
        "Received",
    ]
    assert await stored(database) == ["m-1", "m-2", "m-5"]


async def test_only_where_the_door_allows_it_an_unknown_session_begins(anna: Shopper) -> None:
    with pytest.raises(UnknownSession):
        await anna.says("m-1", new_session=False)
    await anna.says("m-1", new_session=True)
    await anna.says("m-2", new_session=False)


async def test_nobody_writes_into_the_session_of_another(anna: Shopper) -> None:
    await anna.says("m-1")
    with pytest.raises(NotYourSession):
        await anna.says("m-2", user_id="eve")
    with pytest.raises(NotYourSession):
        await anna.says("m-1", user_id="eve")  # not even to learn that the message exists
    with pytest.raises(NotYourSession):
        await anna.says("m-2", channel="whatsapp")


async def test_an_expired_and_an_ended_session_say_which_they_are(
    anna: Shopper, service: ConversationsService, pass_time: PassTime
) -> None:
    await anna.says("m-1")
    await pass_time(30 * 60 + 1)
    with pytest.raises(SessionExpired):
        await anna.says("m-2")
    other = Shopper(service, "s-2")
    await other.says("m-1")
    await service.end(End(session_id="s-2"))
    with pytest.raises(SessionEnded):
        await other.says("m-2")
    # What was accepted before is still answered as it was.
    assert (await anna.says("m-1")).repeated
    assert (await other.says("m-1")).repeated


async def test_each_message_keeps_the_session_open_for_half_an_hour_more(anna: Shopper, pass_time: PassTime) -> None:
    for number in range(4):
        await anna.says(f"m-{number}")
        await pass_time(29 * 60)
    await anna.says("m-last")


@pytest.mark.parametrize(
    ("gaps_seconds", "answered_after_seconds"),
    [
        ([], 1.5),  # one message: one quiet window
        ([1, 1], 1 + 1 + 1.5),  # each newer message extends it
        ([1] * 7, 6),  # but a burst is answered six seconds after it began, however long it goes on
    ],
)
async def test_a_burst_is_ready_a_quiet_window_behind_its_end(
    anna: Shopper, pass_time: PassTime, gaps_seconds: list[float], answered_after_seconds: float
) -> None:
    passed = 0.0

    async def ready() -> bool:
        return (await anna.service.claim_next(ClaimNext(worker="w"))).claim is not None

    await anna.says("m-0", quiet_ms=1500)
    for number, gap in enumerate(gaps_seconds, start=1):
        if passed + gap >= answered_after_seconds:
            break
        await pass_time(gap)
        passed += gap
        await anna.says(f"m-{number}", quiet_ms=1500)
    await pass_time(answered_after_seconds - passed - 0.5)
    assert not await ready()
    await pass_time(0.6)
    assert await ready()


async def test_a_pressed_button_is_ready_at_once(anna: Shopper) -> None:
    await anna.says("m-1", payload="size:xl", quiet_ms=5000)
    claim = await anna.claimed()
    assert claim.messages[0].payload == "size:xl"


async def test_any_letters_come_back_as_they_went(anna: Shopper) -> None:
    text = "Điện thoại 📱 <b>'; DROP TABLE messages;--\n\t" + "đ" * 7000
    await anna.says("m-📱", text)
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert [(each.message_id, each.content) for each in session.messages] == [("m-📱", text)]
