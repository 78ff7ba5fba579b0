"""What every command does with what it should not be given, and what the small ones say."""

import asyncio
import json
import os
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar

import pytest

from tests.apps.conftest import Vici
from vici.infra.events import consumers
from vici.infra.events.open import open_event_bus
from vici.infra.events.port import Event, Subscription, sealed
from vici.kit.clock import SystemClock
from vici.kit.ids import new_id

UNREACHABLE = "postgresql://shop:s3cret@127.0.0.1:1/shop"


@pytest.fixture
def shop(vici: Vici) -> str:
    vici("import", "products.csv", "--data", "shop")
    return "shop"


@pytest.mark.parametrize(
    "words",
    [
        ("search", "x"),
        ("chat",),
        ("export", "x.csv"),
        ("dead-letters",),
    ],
)
def test_where_there_is_no_shop_it_is_said_how_to_make_one_and_none_is_made(
    vici: Vici, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ran = vici(*words, "--data", "none")
    assert ran.code == 1
    assert ran.err.startswith("vici: There is no shop in ")
    assert "vici serve" in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--port", "many"),
        ("search", "x", "--limit", "0"),
        ("search", "a" * 501),
        ("search", "\udcff"),
        ("chat", "--lang", "tlh"),
        ("dead-letters", "--redrive", "all"),
        ("import",),
        ("no-such-command",),
        ("evaluate", "no-such-thing"),
    ],
)
def test_a_misspelt_command_is_refused_with_what_was_wrong(vici: Vici, shop: str, words: tuple[str, ...]) -> None:
    ran = vici(*words)
    assert ran.code == 2
    assert "Usage: vici" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["serve", "search x", "doctor", "config", "migrate", "demo"])
def test_a_variable_that_is_no_setting_stops_every_command(
    vici: Vici, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VICI_QUITE_MS", "400")
    ran = vici(*command.split())
    assert (ran.code, ran.err) == (1, "vici: VICI_QUITE_MS is not a setting; did you mean VICI_QUIET_MS?\n")


def test_a_variable_like_no_setting_is_told_where_the_settings_are_and_these_are_shown(
    vici: Vici, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VICI_FOO", "1")
    ran = vici("config")
    assert (ran.code, ran.err) == (1, "vici: VICI_FOO is not a setting. `vici config` lists them.\n")
    assert "VICI_SHOP_NAME\n" in ran.out


def test_the_version_is_told(vici: Vici) -> None:
    assert (vici("--version").code, vici("--version").out) == (0, f"vici {version('vici')}\n")


def test_a_long_setting_is_not_cut_in_a_narrow_window(vici: Vici, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    name = "Cửa hàng trà " + "rất dài " * 20
    monkeypatch.setenv("VICI_SHOP_NAME", name)
    assert f"VICI_SHOP_NAME = {name}" in vici("config").out


def test_a_data_folder_that_is_a_file_is_refused(vici: Vici, tmp_path: Path) -> None:
    (tmp_path / "afile").touch()
    for command in ("serve", "demo"):
        ran = vici(command, "--data", "afile", *(["--port", "0"] if command == "serve" else []))
        assert ran.code == 1
        assert ran.err.strip().startswith("vici: The data folder afile cannot be used")


def test_a_file_that_is_no_database_is_told_as_such(vici: Vici, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/catalog.db").write_bytes(os.urandom(4096))
    ran = vici("search", "x", "--data", "broken")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "catalog.db is damaged or not a database" in ran.err
    assert "catalog.db is damaged" in vici("doctor", "--data", "broken").out


def test_the_settings_are_shown_without_their_secrets(vici: Vici, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICI_DATABASE", UNREACHABLE)
    monkeypatch.setenv("VICI_ADMIN_TOKEN", "t0ken-of-the-shop")
    shown = vici("config", "--json").answer
    assert shown["database"] == "postgresql://shop:••••••@127.0.0.1:1/shop"
    assert shown["port"] == 8000
    table = vici("config").out
    assert "VICI_DATABASE" in table
    for secret in ("s3cret", "t0ken-of-the-shop"):
        assert secret not in table
        assert secret not in json.dumps(shown)


def test_the_doctor_finds_a_healthy_shop_healthy(vici: Vici, shop: str) -> None:
    ran = vici("doctor", "--data", shop, "--json")
    assert ran.code == 0
    assert [each["problem"] for each in ran.answer] == [None] * len(ran.answer)
    assert {each["part"] for each in ran.answer} >= {"data folder", "database catalog", "events", "blobs", "search"}


def test_the_doctor_names_what_is_wrong_and_hides_the_password(
    vici: Vici, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VICI_DATABASE", UNREACHABLE)
    monkeypatch.setenv("VICI_EVENTS", "carrier-pigeon://loft")
    ran = vici("doctor", "--data", shop)
    assert ran.code == 1
    assert "✗ database catalog" in ran.out
    assert "VICI_DATABASE" in ran.out
    assert "VICI_EVENTS: 'carrier-pigeon' is not known" in ran.out
    assert "s3cret" not in ran.out


def test_the_doctor_minds_who_can_read_the_token(vici: Vici, shop: str, tmp_path: Path) -> None:
    token = tmp_path / shop / "admin-token"
    token.write_text("secret")
    token.chmod(0o644)
    ran = vici("doctor", "--data", shop)
    assert (ran.code, "chmod 600" in ran.out) == (1, True)


def test_schemas_are_brought_up_to_date_once_and_again(vici: Vici, monkeypatch: pytest.MonkeyPatch) -> None:
    assert vici("migrate", "--data", ".").code == 0
    assert vici("migrate", "--data", ".").code == 0
    monkeypatch.setenv("VICI_DATABASE", UNREACHABLE)
    ran = vici("migrate", "--data", ".")
    assert (ran.code, "s3cret" in ran.err, ran.err.count("\n")) == (1, False, 1)


def test_the_assistant_answers_line_by_line(
    vici: Vici, shop: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = tmp_path / "lines"
    lines.write_bytes("có áo thun không\n\n".encode() + b"\xff\xfe\n" + b"bye\n")
    with lines.open() as typed:
        monkeypatch.setattr("sys.stdin", typed)
        ran = vici("chat", "--data", shop, "--json")
    assert ran.code == 0
    replies = [json.loads(line) for line in ran.out.splitlines()]
    assert len(replies) == 3
    assert "Áo thun cổ tròn" in json.dumps(replies[0], ensure_ascii=False)


class BellRung(Event):
    topic: ClassVar[str] = "test.bell_rung.v1"

    @property
    def key(self) -> str:
        return "bell"


def test_what_was_given_up_is_listed_tried_again_and_forgotten(vici: Vici, shop: str, tmp_path: Path) -> None:
    async def give_up() -> None:
        bus = open_event_bus(f"embedded:///{tmp_path / shop / 'events.db'}", SystemClock())
        rung = BellRung(event_id=new_id(), occurred_at=SystemClock().now())

        async def refuse(events: object) -> None:
            raise RuntimeError("deaf")

        bus.subscribe(Subscription("listeners", BellRung, refuse))
        await bus.join()
        await bus.start()
        await bus.publish([sealed(rung)])
        async with asyncio.timeout(20):
            while not await bus.dead_letters():  # noqa: ASYNC110 — the bus tells no one when it gives up
                await asyncio.sleep(0.02)
        await bus.close()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(consumers, "BACKOFF_SECONDS_FIRST", 0.001)
        patched.setattr(consumers, "BACKOFF_SECONDS_MAX", 0.001)
        asyncio.run(give_up())

    assert "deaf" in vici("dead-letters", "--data", shop).out
    assert "vici dead-letters" in vici("doctor", "--data", shop).out
    letter = vici("dead-letters", "--data", shop, "--json").answer["dead_letters"][0]
    again = vici("dead-letters", "--data", shop, "--redrive", str(letter["letter_id"]), "--json").answer
    assert (again["redriven"], again["dead_letters"]) == (1, [])
    assert "0 of 1" in vici("dead-letters", "--data", shop, "--drop", str(letter["letter_id"])).out
