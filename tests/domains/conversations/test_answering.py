import asyncio

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.domains.conversations.conftest import PassTime, Shopper, draft, say
from vici.domains.conversations.api import (
    Action,
    BadAction,
    ClaimNext,
    Commit,
    CommitStatus,
    End,
    Evidence,
    GetSession,
    GiveBack,
    Renew,
    Stage,
    TakeOver,
)
from vici.domains.conversations.rules.answering import HISTORY_MAX, RESTARTS_MAX
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.tables import actions, messages, turns
from vici.infra.database.port import Database
from vici.infra.events.tables import outbox


async def test_a_burst_is_answered_once_and_the_reply_names_all_of_it(anna: Shopper) -> None:
    for number in range(3):
        await anna.says(f"m-{number}")
    claim = await anna.claimed()
    assert (claim.first_seq, claim.last_seq) == (1, 3)
    assert [message.message_id for message in claim.messages] == ["m-0", "m-1", "m-2"]
    reply = (await anna.commits(claim)).message
    assert reply is not None
    assert reply.reply_to == ("m-0", "m-1", "m-2")
    assert (await anna.service.claim_next(ClaimNext(worker="w"))).claim is None


async def test_everything_in_a_draft_is_in_the_message_that_is_read_back(anna: Shopper) -> None:
    await anna.says("m-1")
    evidence = Evidence(kind="product", ref="p-1", fields={"price_minor": 0, "tags": [], "note": None})
    entities = {"brand": "Apple", "max": 0, "none": None, "list": []}
    reply = await anna.is_answered("r-1", entities=entities, evidence=(evidence,), timings={"search": 1.5})
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert session.messages[1] == reply
    assert (reply.entities, reply.evidence, reply.actions) == (entities, (evidence,), (say(),))


async def test_two_workers_never_get_the_same_conversation(
    anna: Shopper, service: ConversationsService, database: Database
) -> None:
    for number in range(8):
        await Shopper(service, f"s-{number}").says("m-1")
    claims = await asyncio.gather(*(service.claim_next(ClaimNext(worker=f"w-{number}")) for number in range(16)))
    got = [claimed.claim.session_id for claimed in claims if claimed.claim]
    # A worker that meets another at a conversation may go away with nothing; it asks again.
    while (claim := (await service.claim_next(ClaimNext(worker="w"))).claim) is not None:
        got.append(claim.session_id)
    assert sorted(got) == [f"s-{number}" for number in range(8)]


async def test_the_conversation_that_waited_longest_comes_first(
    service: ConversationsService, pass_time: PassTime
) -> None:
    for name in ("s-b", "s-a", "s-c"):
        await Shopper(service, name).says("m-1")
        await pass_time(1)
    got = [(await service.claim_next(ClaimNext(worker="w"))).claim for _ in range(3)]
    assert [claim.session_id for claim in got if claim] == ["s-b", "s-a", "s-c"]


async def test_a_claim_carries_what_was_said_before_and_what_was_remembered(anna: Shopper) -> None:
    await anna.says("m-1")
    await anna.is_answered("r-1", context={"shown": ["p-1"]})
    await anna.says("m-2", "cheaper ones")
    claim = await anna.claimed()
    assert [message.message_id for message in claim.history] == ["m-1", "r-1"]
    assert [message.message_id for message in claim.messages] == ["m-2"]
    assert claim.history[1].actions == (say(),)
    assert claim.context == {"shown": ["p-1"]}


async def test_fifty_messages_are_remembered_and_all_are_kept(anna: Shopper) -> None:
    for number in range(30):
        await anna.says(f"m-{number}")
        await anna.is_answered(f"r-{number}")
    await anna.says("m-last")
    claim = await anna.claimed()
    assert len(claim.history) == HISTORY_MAX == 50
    assert (claim.history[0].message_id, claim.history[-1].message_id) == ("m-5", "r-29")
    session = await anna.service.session(GetSession(session_id="s-1", limit=500))
    assert len(session.messages) == 61


async def test_newer_messages_start_the_thinking_over_with_all_of_them(anna: Shopper) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    await anna.says("m-2")
    assert (await anna.commits(claim)).status is CommitStatus.RESTART_NEEDED
    again = await anna.claimed()
    assert [message.message_id for message in again.messages] == ["m-1", "m-2"]
    assert (again.restarts, again.attempt) == (1, 1)
    assert (await anna.commits(again)).status is CommitStatus.COMMITTED


async def test_after_three_restarts_what_is_covered_is_answered_and_the_rest_gets_its_own_turn(anna: Shopper) -> None:
    await anna.says("m-0")
    for number in range(1, RESTARTS_MAX + 1):
        claim = await anna.claimed()
        await anna.says(f"m-{number}")
        assert (await anna.commits(claim)).status is CommitStatus.RESTART_NEEDED
    claim = await anna.claimed()
    await anna.says("m-late")
    committed = await anna.commits(claim, "r-1")
    assert committed.status is CommitStatus.COMMITTED
    assert committed.message is not None
    assert committed.message.reply_to == ("m-0", "m-1", "m-2", "m-3")
    rest = await anna.claimed()
    assert [message.message_id for message in rest.messages] == ["m-late"]
    assert rest.history[-1].message_id == "r-1"
    assert rest.restarts == 0


async def test_a_restart_waits_for_the_quiet_window_of_what_is_newer(anna: Shopper, pass_time: PassTime) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    await anna.says("m-2", quiet_ms=2000)
    await anna.commits(claim)
    assert (await anna.service.claim_next(ClaimNext(worker="w"))).claim is None
    await pass_time(2.1)
    assert (await anna.claimed()).last_seq == 2


async def test_a_worker_whose_lease_ended_cannot_commit_once_another_has_it(anna: Shopper, pass_time: PassTime) -> None:
    await anna.says("m-1")
    slow = await anna.claimed()
    await pass_time(31)
    fast = await anna.claimed()
    assert (fast.epoch, fast.attempt) == (slow.epoch + 1, 2)
    assert not (await anna.service.renew(Renew(session_id="s-1", epoch=slow.epoch))).held
    assert (await anna.commits(slow, "r-slow")).status is CommitStatus.FENCED
    assert (await anna.commits(fast, "r-fast")).status is CommitStatus.COMMITTED
    assert (await anna.commits(slow, "r-slow")).status is CommitStatus.FENCED
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert [message.message_id for message in session.messages] == ["m-1", "r-fast"]


async def test_a_renewed_claim_outlives_its_lease(anna: Shopper, pass_time: PassTime) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    for _ in range(3):
        await pass_time(20)
        assert (await anna.service.renew(Renew(session_id="s-1", epoch=claim.epoch))).held
        assert (await anna.service.claim_next(ClaimNext(worker="w-2"))).claim is None
    assert (await anna.commits(claim)).status is CommitStatus.COMMITTED


async def test_a_message_that_comes_while_another_is_thought_about_does_not_cut_the_lease(
    anna: Shopper, pass_time: PassTime
) -> None:
    await anna.says("m-1")
    await anna.claimed()
    await pass_time(5)
    await anna.says("m-2")
    await pass_time(5)
    assert (await anna.service.claim_next(ClaimNext(worker="w-2"))).claim is None


async def test_a_repeated_commit_is_recognised_by_the_reply_it_brings(anna: Shopper, database: Database) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    first = await anna.commits(claim, "r-1")
    assert await anna.commits(claim, "r-1") == first
    counted = sa.select(sa.func.count()).select_from(turns)
    assert await database.read(lambda connection: connection.scalar(counted)) == 1
    announced = sa.select(sa.func.count()).where(outbox.c.topic == "conversations.turn_committed.v1")
    assert await database.read(lambda connection: connection.scalar(announced)) == 1


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        (messages, {"position": 99, "seq": 99}),
        (messages, {"position": 99, "message_id": "m-99"}),
        (turns, {"last_seq": 99}),
        (turns, {"first_seq": 99}),
        (actions, {"action_id": "r-99"}),
    ],
)
async def test_the_tables_themselves_refuse_what_must_not_be_there_twice(
    anna: Shopper, database: Database, table: sa.Table, changed: dict[str, object]
) -> None:
    await anna.says("m-1")
    await anna.is_answered("r-1")

    def again(connection: sa.Connection) -> None:
        row = connection.execute(sa.select(table).limit(1).order_by(*table.primary_key)).one()
        connection.execute(sa.insert(table).values({**row._mapping, **changed}))

    with pytest.raises(IntegrityError):
        await database.write(again)


async def test_of_many_commits_under_one_claim_only_one_is_written(anna: Shopper) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    outcomes = await asyncio.gather(*(anna.commits(claim, f"r-{number}") for number in range(8)))
    assert sorted(outcome.status for outcome in outcomes) == [CommitStatus.COMMITTED] + [CommitStatus.FENCED] * 7


async def test_a_claim_that_is_given_back_can_be_taken_at_once(anna: Shopper) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    back = GiveBack(session_id="s-1", epoch=claim.epoch, failed=False)
    assert (await anna.service.give_back(back)).held
    again = await anna.claimed()
    assert again.attempt == 1
    assert not (await anna.service.give_back(back)).held


async def test_a_failed_attempt_is_counted_and_tried_again_after_its_pause(anna: Shopper, pass_time: PassTime) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    failed = GiveBack(session_id="s-1", epoch=claim.epoch, failed=True, retry_after_seconds=4)
    await anna.service.give_back(failed)
    assert (await anna.service.claim_next(ClaimNext(worker="w"))).claim is None
    await pass_time(4.1)
    assert (await anna.claimed()).attempt == 2


@pytest.mark.parametrize("newer", [False, True])
async def test_a_farewell_ends_the_conversation_unless_more_was_said(anna: Shopper, newer: bool) -> None:
    goodbye = Action(type="end_conversation", data={"reason": "thanked"})
    await anna.says("m-0")
    for number in range(RESTARTS_MAX if newer else 0):
        claim = await anna.claimed()
        await anna.says(f"m-{number + 1}")
        await anna.commits(claim)
    claim = await anna.claimed()
    if newer:
        await anna.says("m-wait")
    await anna.commits(claim, "r-1", say("Tạm biệt"), goodbye)
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert session.status == ("active" if newer else "ended")
    assert session.stage is (Stage.WAITING if newer else Stage.IDLE)


@pytest.mark.parametrize("change", ["take_over", "end"])
async def test_whoever_thinks_while_a_person_decides_writes_nothing(anna: Shopper, change: str) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    if change == "take_over":
        await anna.service.take_over(TakeOver(session_id="s-1", by="mai"))
    else:
        await anna.service.end(End(session_id="s-1"))
    assert (await anna.commits(claim)).status is CommitStatus.FENCED
    assert not (await anna.service.renew(Renew(session_id="s-1", epoch=claim.epoch))).held
    session = await anna.service.session(GetSession(session_id="s-1"))
    assert [message.message_id for message in session.messages] == ["m-1"]


@pytest.mark.parametrize(
    ("action", "where"),
    [
        (Action(type="send_message", data={}), "message: Field required"),
        (Action(type="send_quick_replies", data={"message": "?", "replies": []}), "replies"),
        (
            Action(type="send_carousel", data={"products": [{"product_id": "p", "name": "n", "price_minor": -1}]}),
            "products.0.price_minor",
        ),
        (Action(type="transfer_to_agent", data={"reason": "r", "summary": "s", "extra": 1}), "extra"),
        (Action(type="collect_info", data={"fields": [{"name": "phone", "prompt": "?"}]}), "fields.0.type"),
        (Action(type="execute_api", data={"name": "book", "arguments": []}), "arguments"),
        (Action(type="end_conversation", data={"reason": None}), "reason"),
    ],
)
async def test_an_action_without_its_shape_is_refused_and_nothing_is_written(
    anna: Shopper, action: Action, where: str
) -> None:
    await anna.says("m-1")
    claim = await anna.claimed()
    with pytest.raises(BadAction, match=where):
        await anna.commits(claim, "r-1", action)
    assert len((await anna.service.session(GetSession(session_id="s-1"))).messages) == 1


async def test_a_reply_to_a_session_that_does_not_exist_is_fenced(anna: Shopper) -> None:
    commit = Commit(session_id="s-none", epoch=1, last_seq=1, message_id="r", draft=draft())
    assert (await anna.service.commit(commit)).status is CommitStatus.FENCED
