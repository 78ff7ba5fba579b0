"""Slips are put right from the shop's own words."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.domains.search.rules.chat_spelling import respellings, unit_spelt_out
from vici.domains.search.rules.spelling import Speller, slips_between

WORDS = {
    "headphone": 90,
    "keyboard": 80,
    "printer": 70,
    "charger": 45,
    "charge": 4,
    "tablet": 30,
    "table": 20,
    "wireless": 50,
}


def speller(words: Mapping[str, int] = WORDS) -> Speller:
    made = Speller()
    made.add(words)
    return made


def corrected(typed: str, words: Mapping[str, int] = WORDS, context: Mapping[str, int] | None = None) -> str | None:
    return speller(words).correction(
        typed,
        lambda word: words.get(word, 0),
        lambda word: words.get(word, 0),
        lambda word: (context or {}).get(word, 0),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("headphnoe", "headphone"), ("keybord", "keyboard"), ("priinter", "printer"), ("chargr", "charger"),
        ("tablte", "tablet"), ("wireles", "wireless"), ("heaadphine", "headphone"),
    ],
)  # fmt: skip
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_what_is_like_nothing_stays() -> None:
    assert corrected("xylophone") is None


def test_a_rare_word_stays_unless_the_other_is_far_more_usual() -> None:
    assert corrected("vans", {"vans": 2, "fans": 15}) is None
    assert corrected("mouze", {"mouze": 1, "mouse": 150}) == "mouse"


def test_the_words_around_decide_between_two() -> None:
    words = {"mode": 100, "mouse": 100}
    assert corrected("mose", words, {"mouse": 20}) == "mouse"
    assert corrected("mose", words, {"mode": 20}) == "mode"


def test_words_written_as_one_are_parted() -> None:
    words = {"ban": 50, "phim": 40, "khong": 60, "day": 60, "banphim": 40}
    assert ("ban", "phim", "khong", "day") in speller(words).pieces("banphimkhongday", lambda word: words.get(word, 0))
    assert speller(words).pieces("banphimx", lambda word: words.get(word, 0)) == []


def test_what_is_added_later_is_known_too() -> None:
    made = speller()
    made.add(["projector"])
    assert [each.word for each in made.near("projctor")] == ["projector"]
    assert made.alphabet == sorted([*WORDS, "projector"])


_word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12)


@given(_word, st.randoms(use_true_random=False))
def test_every_single_slip_is_found_among_the_near(word: str, chance: random.Random) -> None:
    at = chance.randrange(len(word) - 1)
    slipped = chance.choice([
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + "q" + word[at + 1 :],
    ])  # fmt: skip
    if slipped != word and len(slipped) >= 3:
        assert word in [each.word for each in speller({word: 5}).near(slipped)]


@given(_word, _word)
def test_slips_are_counted_the_same_both_ways(one: str, other: str) -> None:
    assert slips_between(one, other, 3) == slips_between(other, one, 3)
    assert (slips_between(one, other, 3) == 0) == (one == other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fim", "phim"),
        ("jay", "giay"),
        ("wat", "quat"),
        ("zep", "dep"),
        ("hink", "hinh"),
        ("banf", "ban"),
        ("ddien", "dien"),
    ],
)
def test_chat_spellings_lead_to_what_they_sound_like(typed: str, meant: str) -> None:
    assert meant in set(respellings(typed))


def test_memory_without_its_byte_is_spelt_out() -> None:
    assert unit_spelt_out("16g") == "16gb"
    assert unit_spelt_out("1t") == "1tb"
    assert unit_spelt_out("5g7") is None
