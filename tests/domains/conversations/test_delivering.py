import asyncio

import pytest
import sqlalchemy as sa

from tests.domains.conversations.conftest import PassTime, Shopper, say
from vici.domains.conversations.api import (
    Action,
    Delivery,
    DeliveryStatus,
    End,
    NextDelivery,
    Outcome,
    Settle,
    TakeOver,
)
from vici.domains.conversations.rules import delivering as rules
from vici.domains.conversations.service import ConversationsService
from vici.domains.conversations.tables import actions
from vici.infra.database.port import Database
from vici.infra.events.tables import outbox

MORE = Action(type="send_quick_replies", data={"message": "?", "replies": [{"title": "More", "payload": "more"}]})


async def next_up(service: ConversationsService) -> Delivery | None:
    return (await service.next_delivery(NextDelivery())).delivery


async def taken(service: ConversationsService) -> Delivery:
    delivery = await next_up(service)
    assert delivery is not None
    return delivery


async def settled(service: ConversationsService, delivery: Delivery, outcome: Outcome) -> DeliveryStatus:
    settle = Settle(action_id=delivery.action_id, epoch=delivery.epoch, outcome=outcome, error="why")
    return (await service.settle(settle)).status


async def statuses(database: Database) -> list[str]:
    query = sa.select(actions.c.status).order_by(actions.c.session_id, actions.c.position, actions.c.place)
    return await database.read(lambda connection: list(connection.scalars(query)))


async def test_where_the_customer_reads_from_here_the_commit_is_the_delivery(anna: Shopper, database: Database) -> None:
    await anna.says("m-1")
    await anna.is_answered("r-1", say(), MORE)
    assert await statuses(database) == ["sent", "sent"]
    assert await next_up(anna.service) is None


async def test_a_delivery_says_all_its_channel_needs(linh: Shopper) -> None:
    await linh.says("m-1", channel="whatsapp", user_id="+84")
    await linh.is_answered("r-1")
    delivery = await taken(linh.service)
    assert (delivery.channel, delivery.user_id, delivery.session_id) == ("whatsapp", "+84", "s-linh")
    assert (delivery.message_id, delivery.action_id, delivery.action) == ("r-1", "r-1.1", say())
    assert (delivery.attempts, delivery.doubtful) == (1, False)


async def test_actions_of_a_conversation_leave_one_behind_the_other(linh: Shopper) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1", say("1"), MORE)
    await linh.says("m-2")
    await linh.is_answered("r-2", say("2"))
    left = []
    while (delivery := await next_up(linh.service)) is not None:
        left.append(delivery.action_id)
        assert await next_up(linh.service) is None
        assert await settled(linh.service, delivery, "sent") == "sent"
    assert left == ["r-1.1", "r-1.2", "r-2.1"]


async def test_a_conversation_that_waits_holds_up_no_other(linh: Shopper, service: ConversationsService) -> None:
    other = Shopper(service, "s-other", carry_replies=True)
    for shopper, reply in ((linh, "r-1"), (other, "r-2")):
        await shopper.says("m-1")
        await shopper.is_answered(reply, say("1"), say("2"))
    first = await taken(service)
    second = await taken(service)
    assert {first.session_id, second.session_id} == {"s-linh", "s-other"}
    assert await next_up(service) is None


async def test_many_who_ask_at_once_get_different_actions(service: ConversationsService) -> None:
    for number in range(6):
        shopper = Shopper(service, f"s-{number}", carry_replies=True)
        await shopper.says("m-1")
        await shopper.is_answered(f"r-{number}", say("1"), say("2"))
    got = [each.action_id for each in await asyncio.gather(*(next_up(service) for _ in range(12))) if each]
    while (delivery := await next_up(service)) is not None:
        got.append(delivery.action_id)
    assert sorted(got) == [f"r-{number}.1" for number in range(6)]


async def test_a_refused_action_is_tried_again_after_a_pause_before_what_follows(
    linh: Shopper, pass_time: PassTime
) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1", say("1"), say("2"))
    assert await settled(linh.service, await taken(linh.service), "refused") == "pending"
    assert await next_up(linh.service) is None
    await pass_time(1.1)
    again = await taken(linh.service)
    assert (again.action_id, again.attempts, again.doubtful) == ("r-1.1", 2, False)


async def test_what_may_have_arrived_stays_in_doubt_until_it_surely_did(linh: Shopper, pass_time: PassTime) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1")
    assert await settled(linh.service, await taken(linh.service), "unknown") == "unknown"
    await pass_time(2)
    again = await taken(linh.service)
    assert again.doubtful
    assert await settled(linh.service, again, "refused") == "unknown"
    await pass_time(5)
    last = await taken(linh.service)
    assert last.doubtful
    assert await settled(linh.service, last, "sent") == "sent"


async def test_an_attempt_whose_worker_is_gone_is_made_again_in_doubt(linh: Shopper, pass_time: PassTime) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1")
    lost = await taken(linh.service)
    await pass_time(31)
    again = await taken(linh.service)
    assert (again.action_id, again.doubtful) == (lost.action_id, True)
    # What the lost one says now is too late to change anything.
    assert await settled(linh.service, lost, "refused") == "sending"
    assert await settled(linh.service, again, "sent") == "sent"
    assert await settled(linh.service, lost, "unknown") == "sent"


@pytest.mark.parametrize(("outcome", "end"), [("refused", "dead"), ("unknown", "review")])
async def test_after_ten_attempts_a_person_has_to_look_and_the_line_moves_on(
    linh: Shopper, pass_time: PassTime, database: Database, outcome: Outcome, end: str
) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1", say("1"), say("2"))
    for attempt in range(1, rules.DELIVERY_ATTEMPTS_MAX + 1):
        delivery = await taken(linh.service)
        assert (delivery.action_id, delivery.attempts) == ("r-1.1", attempt)
        status = await settled(linh.service, delivery, outcome)
        await pass_time(301)
    assert status == end
    announced = sa.select(sa.func.count()).where(outbox.c.topic == "conversations.delivery_given_up.v1")
    assert await database.read(lambda connection: connection.scalar(announced)) == 1
    assert (await taken(linh.service)).action_id == "r-1.2"


async def test_a_takeover_cancels_what_is_not_under_way(linh: Shopper, database: Database) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1", say("1"), say("2"), say("3"))
    under_way = await taken(linh.service)
    await linh.service.take_over(TakeOver(session_id="s-linh", by="mai"))
    assert await statuses(database) == ["sending", "cancelled", "cancelled"]
    assert await settled(linh.service, under_way, "sent") == "sent"
    assert await next_up(linh.service) is None


@pytest.mark.parametrize(("outcome", "end"), [("refused", "cancelled"), ("unknown", "review")])
async def test_what_was_under_way_at_a_takeover_is_not_tried_again(
    linh: Shopper, pass_time: PassTime, outcome: Outcome, end: str
) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1")
    under_way = await taken(linh.service)
    await linh.service.take_over(TakeOver(session_id="s-linh", by="mai"))
    assert await settled(linh.service, under_way, outcome) == end
    await pass_time(400)
    assert await next_up(linh.service) is None


async def test_what_was_under_way_at_a_takeover_and_lost_is_shown_to_a_person(
    linh: Shopper, pass_time: PassTime, database: Database
) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1")
    await taken(linh.service)
    await linh.service.take_over(TakeOver(session_id="s-linh", by="mai"))
    await pass_time(31)
    assert await next_up(linh.service) is None
    assert await statuses(database) == ["review"]


async def test_a_doubtful_action_is_shown_to_the_person_who_takes_over(linh: Shopper, database: Database) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1", say("1"), say("2"))
    await settled(linh.service, await taken(linh.service), "unknown")
    await linh.service.take_over(TakeOver(session_id="s-linh", by="mai"))
    assert await statuses(database) == ["review", "cancelled"]


async def test_the_farewell_of_an_ended_conversation_is_still_carried_out(linh: Shopper) -> None:
    await linh.says("m-1")
    await linh.is_answered("r-1", say("Bye"), Action(type="end_conversation", data={"reason": "thanked"}))
    farewell = await taken(linh.service)
    await linh.service.end(End(session_id="s-linh"))
    assert await settled(linh.service, farewell, "sent") == "sent"
    assert (await taken(linh.service)).action_id == "r-1.2"


@pytest.mark.parametrize("attempts", range(1, 12))
def test_pauses_grow_and_never_pass_five_minutes(attempts: int) -> None:
    shortest, longest = rules.pause(attempts, 0), rules.pause(attempts, 1)
    assert shortest * 2 == longest
    assert longest.total_seconds() == min(300, 2 ** (attempts - 1))
