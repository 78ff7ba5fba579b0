"""Words and terms: what is found by what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.kit.text import composed, folded, is_syllable, singular, terms, words

_texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=80)


def found(text: str, query: str) -> bool:
    """Whether every word of the query, or all of them written as one, is among the text's terms."""
    there = set(terms(text))
    asked = [word.plain for word in words(query)]
    return set(asked) <= there or "".join(asked) in there


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Ổ cứng SSD", "o cung"),
        ("Ổ cứng SSD", "ổ cứng"),
        ("Ổ cứng SSD", "ocung"),
        ("Điện thoại", "dien thoai"),
        ("Brother TN-2110 toner", "tn2110"),
        ("Brother TN-2110 toner", "TN 2110"),
        ("Brother TN-2110 toner", "2110"),
        ("RE100-25-512GB", "re10025512gb"),
        ("iPhone15 Pro", "iphone"),
        ("iPhone 15 Pro", "iphone15"),
        ("head set", "headset"),
        ("Batteries", "battery"),
        ("Speakers", "speaker"),
        ("Women's shoes", "women shoe"),
        ("43 cm (17”) TV", "17 inch"),
        ('27" monitor', "27 inch"),
        ("1.500.000 mAh", "1500000"),
        ("2,5 inch", "2.5 inch"),
    ],
)
def test_a_text_is_found_by_its_other_spellings(text: str, query: str) -> None:
    assert found(text, query)


@pytest.mark.parametrize(("text", "query"), [("2.5 inch", "25"), ("bus", "bu"), ("Đèn", "đen"), ("USB-C", "usbx")])
def test_a_text_is_not_found_by_what_it_does_not_say(text: str, query: str) -> None:
    assert {word.form for word in words(query)}.isdisjoint(terms(text))


def test_accents_are_kept_beside_the_bare_letters() -> None:
    assert {"dien", "điện", "dienthoai"} <= set(terms("điện thoại"))


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("batteries", "battery"), ("headphones", "headphone"), ("boxes", "box"), ("watches", "watch"),
        ("glasses", "glass"),

        ("bus", "bus"), ("wireless", "wireless"), ("tennis", "tennis"), ("ps4", "ps4"), ("gas", "gas"),
    ],
)  # fmt: skip
def test_english_plurals_lose_their_ending(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize("word", ["nghieng", "quyen", "o", "dien", "thoai", "giuong", "khuya", "xoong"])
def test_vietnamese_syllables_are_told(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["phone", "screen", "laser", "wifi", "tn2110", "", "speaker"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_words_tell_where_they_stand_and_how_they_hang_together() -> None:
    text = "Tai nghe, TN-2110"
    assert [(text[word.start : word.end], word.follows, word.glued) for word in words(text)] == [
        ("Tai", False, False),
        ("nghe", True, False),
        ("TN", False, False),
        ("2110", True, True),
    ]


@given(_texts)
def test_words_of_any_text_stand_where_they_say(text: str) -> None:
    whole = composed(text)
    for word in words(text):
        written = whole[word.start : word.end]
        assert word.form in (written.lower(), "inch") or written[0].isdigit()
        assert word.bare == folded(word.form)
        assert word.plain
    assert all(terms(text))


@given(_texts)
def test_letter_case_and_how_accents_are_typed_do_not_matter(text: str) -> None:
    import unicodedata

    assert terms(unicodedata.normalize("NFD", composed(text))) == terms(composed(text))
