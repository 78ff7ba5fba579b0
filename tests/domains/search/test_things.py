"""The list of names of things says each thing once, in names that can be read."""

from collections import Counter
from pathlib import Path

from vici.domains.search.rules import things
from vici.domains.search.rules.things import NAME_WORDS_MAX, Name, called, names_of_things
from vici.kit.text import composed

LINES = [
    line
    for line in Path(things.__file__).with_name("things.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def names(line: str) -> list[str]:
    return [name.strip() for name in line.partition(":")[0].replace("<", ",").split(",")]


def test_each_line_gives_a_thing_more_than_one_name() -> None:
    assert [line for line in LINES if len(names(line)) < 2 or not all(names(line))] == []


def test_no_name_is_said_twice() -> None:
    # A notebook is a computer or of paper; an earbud is a headphone and a kind of it.
    counted = Counter(name for line in LINES for name in names(line))
    assert {name for name, times in counted.items() if times > 1} == {"notebook", "earbud"}


def test_names_can_be_read_in_a_query() -> None:
    def readable(name: Name) -> bool:
        return 1 <= len(name.plain) <= NAME_WORDS_MAX

    assert [name for name in names_of_things() if not readable(name)] == []
    assert all(line == composed(line) == line.lower().strip() for line in LINES)


def test_a_model_tells_what_it_is_one_of() -> None:
    (found,) = called(["ps5"], ["ps5"])
    assert found.thing.kind == "may choi game"
    assert [name.forms for name in found.thing.names] == [("playstation", "5"), ("ps5",)]
