"""Numbers written in words are read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.kit.number_words import Number, number_at
from vici.kit.text import folded

_VIETNAMESE = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_UNTIL_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""
_ENGLISH_TENS = """twenty thirty forty fifty
sixty seventy eighty ninety"""
_TEENS, _TENS = _UNTIL_TWENTY.split(), _ENGLISH_TENS.split()


def vietnamese(number: int, *, modern: bool = True) -> str:
    hundreds, tens, last = number // 100, number // 10 % 10, number % 10
    said = [_VIETNAMESE[hundreds], "trăm"] if hundreds else []
    if tens == 0 and last and hundreds:
        said += ["linh" if modern else "lẻ", _VIETNAMESE[last]]
    elif tens == 0 and last:
        said.append(_VIETNAMESE[last])
    elif tens:
        said += ["mười"] if tens == 1 else [_VIETNAMESE[tens], "mươi"]
        changed = {5: "lăm"} if tens == 1 or not modern else {1: "mốt", 4: "tư", 5: "lăm"}
        said += [changed.get(last, _VIETNAMESE[last])] if last else []
    return " ".join(said)


def english(number: int, *, linked: bool) -> str:
    hundreds, rest = divmod(number, 100)
    said = [_TEENS[hundreds], "hundred"] if hundreds else []
    said += ["and"] if hundreds and rest and linked else []
    if rest >= 20:
        said.append(_TENS[rest // 10 - 2])
        said += ["-"] if linked and rest % 10 else []
        said += [_TEENS[rest % 10]] if rest % 10 else []
    elif rest:
        said.append(_TEENS[rest])
    return " ".join(said)


@given(st.integers(1, 999), st.booleans(), st.booleans(), st.sampled_from(["", "triệu", "nghìn", "đồng", "cái"]))
def test_a_number_in_vietnamese_words_is_read_back(number: int, modern: bool, accented: bool, behind: str) -> None:
    said = vietnamese(number, modern=modern)
    words = (said if accented else folded(said)).split()
    assert number_at([*words, behind], 0) == Number(number, len(words))


@given(st.integers(1, 999), st.booleans(), st.sampled_from(["", "million", "dollars", "pieces"]))
def test_a_number_in_english_words_is_read_back(number: int, linked: bool, behind: str) -> None:
    words = english(number, linked=linked).split()
    assert number_at([*words, behind], 0) == Number(number, len(words))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("hai lăm", 25), ("ba tư", 34), ("bốn nhăm", 45), ("hai mốt", 21), ("hai tám", 28), ("tư", 4),
        ("hai chục", 20), ("chục", 10), ("trăm rưỡi", 150), ("hai trăm rưỡi", 250), ("hai trăm ba", 230),
        ("ba trăm hai lăm", 325), ("không trăm năm mươi", 50), ("bẩy", 7), ("a hundred", 100),
        ("a hundred and five", 105),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_spoken(said: str, value: int) -> None:
    assert number_at(said.split(), 0) == Number(value, len(said.split()))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("tu muoi trieu", None), ("lam on", None), ("nam ba tram nghin", Number(5, 1)), ("hai năm", Number(2, 1)),
        ("hai ba triệu", Number(2, 1)), ("hai tram nam", Number(200, 2)), ("a phone", None), ("không dây", None),
    ],
)  # fmt: skip
def test_what_may_be_another_word_is_left(said: str, number: Number | None) -> None:
    assert number_at(said.split(), 0) == number
