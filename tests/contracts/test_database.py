"""What every database promises."""

import asyncio
import contextlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from vici.infra.database.open import open_database
from vici.infra.database.port import Database, DatabaseUnavailable, signal
from vici.infra.database.types import Document, Instant, LongText, database_now, key
from vici.infra.database.writes import insert_once, upsert
from vici.kit.clock import SystemClock

metadata = sa.MetaData()
things = sa.Table(
    "things",
    metadata,
    sa.Column("id", key(), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("at", Instant),
    sa.Column("facts", Document),
    sa.Column("text", LongText),
)


@pytest.fixture
async def database(empty_database: Database) -> Database:
    await empty_database.write(metadata.create_all)
    await empty_database.write(lambda c: c.execute(sa.insert(things).values(id="a", count=0)))
    return empty_database


async def count(database: Database, thing: str = "a") -> int | None:
    return await database.read(lambda c: c.scalar(sa.select(things.c.count).where(things.c.id == thing)))


async def test_what_was_written_is_read_back_by_another_connection(database: Database, database_url: str) -> None:
    await database.write(lambda c: c.execute(sa.insert(things).values(id="b", count=2)))
    other = open_database(database_url, SystemClock())
    assert await count(other, "b") == 2
    await other.close()


async def test_a_refused_transaction_leaves_nothing_and_the_others_of_its_batch_stay(database: Database) -> None:
    class Refused(Exception):
        pass

    def refuse(connection: sa.Connection) -> None:
        connection.execute(sa.insert(things).values(id="refused", count=1))
        raise Refused

    def accept(number: int) -> "asyncio.Task[None]":
        return asyncio.create_task(
            database.write(lambda c: c.execute(sa.insert(things).values(id=f"ok{number}", count=1)) and None)
        )

    outcomes = await asyncio.gather(accept(1), database.write(refuse), accept(2), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), Refused, type(None)]
    assert [await count(database, thing) for thing in ("ok1", "refused", "ok2")] == [1, None, 1]


async def test_two_hundred_conditional_updates_at_once_lose_none(database: Database) -> None:
    increment = sa.update(things).where(things.c.id == "a").values(count=things.c.count + 1)
    await asyncio.gather(*(database.write(lambda c: c.execute(increment)) for _ in range(200)))
    assert await count(database) == 200


async def test_two_processes_take_the_last_one_only_once(database: Database, database_url: str) -> None:
    await database.write(lambda c: c.execute(sa.update(things).values(count=1)))
    others = [open_database(database_url, SystemClock()) for _ in range(4)]
    take = sa.update(things).where(things.c.id == "a", things.c.count > 0).values(count=things.c.count - 1)
    taken = await asyncio.gather(
        *(other.write(lambda c: c.execute(take).rowcount) for other in others for _ in range(5))
    )
    assert sum(taken) == 1
    for other in others:
        await other.close()


async def test_deadlocked_transactions_are_run_again(database: Database) -> None:
    await database.write(lambda c: c.execute(sa.insert(things).values(id="b", count=0)))

    def both(first: str, second: str) -> "asyncio.Task[None]":
        def function(connection: sa.Connection) -> None:
            for thing in (first, second):
                connection.execute(sa.update(things).where(things.c.id == thing).values(count=things.c.count + 1))

        return asyncio.create_task(database.write(function))

    await asyncio.gather(*(both(*pair) for _ in range(5) for pair in (("a", "b"), ("b", "a"))))
    assert (await count(database, "a"), await count(database, "b")) == (10, 10)


async def test_insert_once_says_who_was_first(database: Database) -> None:
    firsts = await asyncio.gather(
        *(database.write(lambda c, n=n: insert_once(c, things, id="new", count=n)) for n in range(10))
    )
    assert sum(firsts) == 1
    assert await count(database, "new") == firsts.index(True)


async def test_insert_once_does_not_swallow_another_fault(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError):
        await database.write(lambda c: insert_once(c, things, id="none", count=None))


async def test_keys_differ_by_case_and_accent(database: Database) -> None:
    assert [
        await database.write(lambda c, thing=thing: insert_once(c, things, id=thing, count=1))
        for thing in ("k", "K", "ḱ")
    ] == [True] * 3


async def test_upsert_overwrites_what_is_there(database: Database) -> None:
    await database.write(lambda c: upsert(c, things, [{"id": "a", "count": 7}, {"id": "z", "count": 9}]))
    assert (await count(database), await count(database, "z")) == (7, 9)
    await database.write(lambda c: upsert(c, things, []))


async def test_moments_documents_and_long_texts_come_back_as_they_went(database: Database) -> None:
    at = SystemClock().now()
    facts = {"none": None, "zero": 0, "list": [], "text": "Điện thoại 📱"}
    text = "đ" * 100_000
    await database.write(lambda c: c.execute(sa.insert(things).values(id="t", count=1, at=at, facts=facts, text=text)))
    row = await database.read(lambda c: c.execute(sa.select(things).where(things.c.id == "t")).one())
    assert (row.at, row.facts, row.text) == (at, facts, text)


async def test_database_time_moves_on_and_can_be_added_to(database: Database) -> None:
    now, later = await database.read(
        lambda c: c.execute(sa.select(database_now(), database_now(timedelta(seconds=30)))).one()
    )
    assert timedelta(seconds=29) < later - now < timedelta(seconds=31)
    lease = sa.update(things).where(things.c.id == "a").values(at=database_now(timedelta(seconds=30)))
    await database.write(lambda c: c.execute(lease))
    held = sa.select(sa.func.count()).where(things.c.at > database_now())
    assert await database.read(lambda c: c.scalar(held)) == 1


async def test_a_read_cannot_write_or_leaves_nothing_behind(database: Database) -> None:
    with contextlib.suppress(sa.exc.DBAPIError, DatabaseUnavailable):
        await database.read(lambda c: c.execute(sa.update(things).values(count=99)))
    assert await count(database) == 0


async def test_a_signal_is_heard_after_the_commit_and_not_after_a_rollback(database: Database) -> None:
    class Refused(Exception):
        pass

    heard: list[str] = []
    loop = asyncio.get_running_loop()
    rang = asyncio.Event()
    database.on_signal("refused", lambda: heard.append("refused"))
    database.on_signal("changed", lambda: (heard.append("changed"), loop.call_soon_threadsafe(rang.set)))

    def change(connection: sa.Connection, name: str) -> None:
        connection.execute(sa.update(things).values(count=things.c.count + 1))
        signal(connection, name)
        if name == "refused":
            raise Refused

    with pytest.raises(Refused):
        await database.write(lambda c: change(c, "refused"))
    # Together with one that is committed, which on SQLite is one commit for both.
    outcomes = await asyncio.gather(
        *(database.write(lambda c, name=name: change(c, name)) for name in ("refused", "changed")),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [Refused, type(None)]
    async with asyncio.timeout(5):
        await rang.wait()
    assert heard == ["changed"]
    assert await count(database) == 1


async def test_a_cancelled_caller_does_not_disturb_the_others(database: Database) -> None:
    increment = sa.update(things).where(things.c.id == "a").values(count=things.c.count + 1)
    tasks = [asyncio.create_task(database.write(lambda c: c.execute(increment) and None)) for _ in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [outcome for outcome in outcomes[1::2] if outcome is not None] == []
    assert 10 <= (await count(database) or 0) <= 20


async def test_a_closed_database_refuses(database: Database) -> None:
    await database.close()
    with pytest.raises(DatabaseUnavailable):
        await database.write(lambda c: None)
    with pytest.raises(DatabaseUnavailable):
        await database.read(lambda c: None)
