import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.kit.pages import BadCursor, cursor_for, position_of

VALUES = st.one_of(
    st.integers(), st.text(max_size=60), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)
)


@given(st.lists(VALUES, max_size=4))
def test_a_cursor_leads_back_to_its_position(position: list[str | int | float | bool | None]) -> None:
    assert position_of(cursor_for(*position), *map(type, position)) == position


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        position_of(text, str, int, str)


@given(
    st.sampled_from([b"[", b'{"a":', b'["', b"9", b"-", b"\\u", b'"\xff', b"[1,", b"\xc3"]),
    st.integers(1, 30_000),
    st.sampled_from(["", "=", "é", "\ud800"]),
)
def test_a_long_or_deep_or_broken_text_is_no_cursor(part: bytes, times: int, end: str) -> None:
    crafted = base64.urlsafe_b64encode(part * times).decode() + end
    with pytest.raises(BadCursor):
        position_of(crafted, str)


def test_the_longest_id_fits_into_a_cursor() -> None:
    position = ["\U0001f4f1" * 100, "search"]
    assert position_of(cursor_for(*position), str, str) == position


def test_the_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadCursor):
        position_of(cursor_for("a"), int)
