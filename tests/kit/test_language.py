"""Telling Vietnamese, however it is typed, from English."""

import pytest

from tests.measurement_data import measurement_data
from vici.kit.language import language_of
from vici.kit.text import folded

VIETNAMESE = [
    "Tìm iPhone 15", "tim iphone 15", "con hang ko", "gia bn", "re hon", "cai thu 2", "shop oi tu van giup e",
    "có ship COD ko", "quan jean nam", "loa bluetooth", "áo thun đen", "gặp nhân viên", "under 10 trieu thoi",
    "ban phim co", "thanks shop nhé",
]  # fmt: skip
ENGLISH = [
    "black dress under 50", "the second one", "show me more", "cheap laptop", "wireless headphones", "how much",
    "what do you sell", "do you have áo dài?", "hello", "is it in stock", "red", "can I return it",
]  # fmt: skip


@pytest.mark.parametrize("text", VIETNAMESE)
def test_vietnamese_is_told_with_and_without_accents(text: str) -> None:
    assert language_of(text) == "vi"
    assert language_of(folded(text)) == "vi"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_told_even_around_a_vietnamese_word(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", "iphone 15 pro max", "😀😀", "123", "ok", "RTX 4060 16GB", "https://a.b/c"])
def test_what_tells_nothing_keeps_the_language_of_the_conversation(text: str) -> None:
    assert language_of(text) is None
    assert language_of(text, "vi") == "vi"
    assert language_of(text, "en") == "en"


def test_a_borrowed_word_does_not_turn_a_conversation() -> None:
    assert language_of("thanks", "vi") == "vi"
    assert language_of("hello", "vi") == "vi"
    assert language_of("what is your return policy", "vi") == "en"
    assert language_of("còn màu khác không", "en") == "vi"


def test_real_questions_are_told_apart() -> None:
    from pyarrow import parquet

    rows = parquet.read_table(measurement_data() / "dev" / "docqa_xquad_questions.parquet").to_pylist()
    for row in rows:
        for text in (row["question"], folded(row["question"])):
            assert language_of(text) == row["lang"], text
