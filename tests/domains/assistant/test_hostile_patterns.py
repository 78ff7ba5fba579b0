"""No message keeps a pattern busy for long."""

import importlib
import itertools
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from vici.domains import assistant
from vici.domains.assistant.understanding import intents, requests

EXPANDED_MAX = 400
RULES_READ = 300
MESSAGE = 2000


def rules() -> dict[str, re.Pattern[str]]:
    return {
        f"{name}: {written}": re.compile(written.removeprefix("anywhere "))
        for name, entry in intents._entries().items()
        for written in entry.get("surely", [])
    }


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that stands in a module of the assistant, alone or in a list or table."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(assistant.__path__, assistant.__name__ + "."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(_patterns_in(value)):
                found[f"{module.name}.{name}[{number}]"] = pattern
    return found


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _patterns_in(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _patterns_in(each)


def literals(pattern: re.Pattern[str]) -> list[str]:
    """The words a pattern is made of."""
    plain = re.sub(r"\\.|\(\?[^:)]*[:)]", " ", pattern.pattern)
    return list(dict.fromkeys(re.findall(r"[^\W_]+(?: [^\W_]+)*|[%₫]", plain)))


# A repeat whose parts can be put together in two ways is tried in all of them: twice as many with each part more.


class Unbounded(Exception):
    """Not a finite set of words."""


def words_of(parsed: Any) -> list[str]:
    """All the texts that this part of a pattern matches, one as often as it can be read in several ways."""
    texts = [""]
    for op, given in parsed:
        texts = [before + after for before in texts for after in _texts(op, given)]
        if len(texts) > EXPANDED_MAX:
            raise Unbounded
    return texts


def _texts(op: Any, given: Any) -> list[str]:
    if op is sre.LITERAL:
        return [chr(given)]
    if op is sre.SUBPATTERN:
        return words_of(given[-1])
    if op is sre.BRANCH:
        return [text for branch in given[1] for text in words_of(branch)]
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and given[1] <= 2:
        low, high, body = given
        return [text for times in range(low, high + 1) for text in words_of(list(body) * times)]
    if op is sre.IN and all(each[0] is sre.LITERAL for each in given):
        return [chr(each[1]) for each in given]
    if op is sre.AT:
        return [""]
    raise Unbounded


def loops(parsed: Any) -> Iterator[Any]:
    """What is repeated without a limit, and may be gone back into."""
    for op, given in parsed:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            if given[1] > 2:
                yield given[2]
            yield from loops(given[2])
        elif op is sre.SUBPATTERN:
            yield from loops(given[-1])
        elif op is sre.BRANCH:
            for branch in given[1]:
                yield from loops(branch)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from loops(given[1])


def read_in_two_ways(words: list[str]) -> str | None:
    """A word that is written twice, or two rows of words that make the same text (Sardinas and Patterson)."""
    if len(set(words)) < len(words):
        return next(word for word in words if words.count(word) > 1)
    code = set(words) - {""}
    rests = {b.removeprefix(a) for a in code for b in code if a != b and b.startswith(a)}
    seen: set[str] = set()
    while rests := rests - seen:
        if both := rests & code:
            return min(both)
        seen |= rests
        rests = {b.removeprefix(a) for a in rests for b in code if b.startswith(a)} | {
            a.removeprefix(b) for a in rests for b in code if a.startswith(b)
        }
        if "" in rests:
            return "two rows"
    return None


@pytest.mark.parametrize("pattern", [pytest.param(each, id=name[:80]) for name, each in (rules() | patterns()).items()])
def test_what_is_repeated_can_be_read_in_one_way_only(pattern: re.Pattern[str]) -> None:
    for body in loops(_parser.parse(pattern.pattern, pattern.flags)):
        try:
            words = words_of(body)
        except Unbounded:
            continue
        assert read_in_two_ways(words) is None, (pattern.pattern, words)


def test_the_check_finds_repeats_that_can_be_read_in_two_ways() -> None:
    for text in (r"( (nhieu|nha|nhieu nha))*", r"(aa|b|aa)*x", r"(chi |chi lay |lay )+y", r"(ab|a|bc|c)*"):
        assert any(read_in_two_ways(words_of(body)) for body in loops(_parser.parse(text))), text
    for text in (r"( (k|ko|khong))*", r"(only |just )+", r"( (nhieu|nha|nhieu nha))*+"):
        assert not any(read_in_two_ways(words_of(body)) for body in loops(_parser.parse(text))), text


# The rest is measured: each word of a pattern, and pairs of them, again and again, with an end that does not fit.

TAILS = (" x", " 1 x", "!")


def hostile(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    words = literals(pattern)[:40]
    pairs = itertools.islice(itertools.permutations(words, 2), 0, None, max(1, len(words) * (len(words) - 1) // 60))
    for parts in [*((word,) for word in words), *pairs, ("1",), (" ",), ("a",), ("is", "1"), (".", " "), ("áo", "1")]:
        for between in (" ", "", ", "):
            row = (between.join(parts) + between) * 200
            for tail in TAILS[: 1 if between else 3]:
                yield row[: length - len(tail)] + tail
                yield "áo " + row[: length - 3 - len(tail)] + tail


def measure() -> None:
    import time

    def took(pattern: re.Pattern[str], text: str) -> float:
        start = time.process_time()
        pattern.search(text)
        pattern.fullmatch(text)
        return time.process_time() - start

    slowest: dict[str, float] = {}
    for length, all_of_them in ((RULES_READ, rules()), (MESSAGE, patterns())):
        for name, pattern in all_of_them.items():
            for text in hostile(pattern, length):
                spent = took(pattern, text)
                if spent > 0.1:  # perhaps it was something else that took so long
                    spent = min(spent, took(pattern, text))
                slowest[name] = max(slowest.get(name, 0.0), spent)
    sys.stdout.write(json.dumps(slowest))


def test_no_row_of_a_patterns_own_words_takes_long() -> None:
    code = f"from {__name__} import measure; measure()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    slowest = json.loads(done.stdout)
    assert {name: took for name, took in slowest.items() if took > 0.25} == {}


@pytest.mark.parametrize(
    "text",
    ["ao thun" + " khong a" * 400 + " x", "a " * 1000 + "x", " " * 2000 + "x", "shop oi " * 250, "mình cần " * 220],
)
def test_the_words_of_asking_are_taken_off_a_long_row_at_once(text: str) -> None:
    code = f"from vici.domains.assistant.understanding.requests import stripped, clauses_of, parts_of\nt = {text!r}\n"
    code += "stripped(t); clauses_of(t); parts_of(t)"
    subprocess.run([sys.executable, "-c", code], timeout=20, check=True)


def test_courtesies_at_the_end_are_taken_off() -> None:
    assert requests.stripped("shop ơi có áo thun đen không ạ") == "áo thun đen"
    assert requests.stripped("co ao thun den khong ta a shop") == "ao thun den"
    assert requests.stripped("áo thun không vậy shop nhỉ") == "áo thun"
