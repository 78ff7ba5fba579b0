"""The token is whole, its owner's alone, and the same for everyone who asks."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vici.apps.http.admin_token import TokenUnusable, admin_token
from vici.settings import Settings


def test_all_who_start_together_use_the_same_token(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starting:
        tokens = list(starting.map(lambda _: admin_token(Settings(data=tmp_path)).get_secret_value(), range(16)))
    assert len(set(tokens)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["admin-token"]
    assert (tmp_path / "admin-token").stat().st_mode & 0o777 == 0o600


def test_the_token_that_is_given_is_the_one_and_none_is_made(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, admin_token="t0ken-of-the-shop")
    assert admin_token(settings).get_secret_value() == "t0ken-of-the-shop"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kept", [b"", b"short", b"\xff" * 40])
def test_a_file_that_holds_no_token_opens_nothing(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "admin-token").write_bytes(kept)
    with pytest.raises(TokenUnusable, match="Delete the file"):
        admin_token(Settings(data=tmp_path))
