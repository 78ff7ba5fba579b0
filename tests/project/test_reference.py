"""What is documented is what there is."""

import re

import pytest

from tests.project import reference


@pytest.mark.parametrize("page", ["settings.md", "commands.md", "events.md", "openapi.json"])
def test_the_reference_page_is_what_the_code_says(page: str) -> None:
    assert (reference.FOLDER / page).read_text() == reference.pages()[page], "run `make docs`"


def test_every_setting_says_what_it_decides() -> None:
    from vici.settings import Settings

    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_every_command_has_an_example_in_its_help() -> None:
    import typer.main

    from vici.apps.cli.main import app

    commands = reference._commands("vici", typer.main.get_command(app))
    assert [name for name, command in commands if not re.search(rf"{name}\b", command.help or "")] == []


def test_every_event_explains_itself_and_has_a_versioned_topic() -> None:
    for event in reference.all_events():
        assert event.__doc__, event
        domain = event.__module__.split(".")[2]
        assert event.topic.startswith(f"{domain}."), event.topic
        assert event.topic.rpartition(".v")[2].isdigit(), event.topic


def test_every_example_is_set_as_code() -> None:
    page = reference.commands()
    assert re.search(r"^    printf .* vici chat --json$", page, re.MULTILINE)
    assert not re.search(r"^(vici|VICI_|printf)", page, re.MULTILINE)
