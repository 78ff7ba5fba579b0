import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.kit.pages import BadCursor, cursor_for, position_of

VALUES = st.one_of(st.integers(), st.text(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False))


@given(st.lists(VALUES, max_size=4))
def test_a_cursor_leads_back_to_its_position(position: list[str | int | float | bool | None]) -> None:
    assert position_of(cursor_for(*position), *map(type, position)) == position


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadCursor):
        position_of(text, str, int, str)


def test_the_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadCursor):
        position_of(cursor_for("a"), int)
