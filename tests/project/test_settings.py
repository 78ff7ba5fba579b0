from pathlib import Path

import pytest

from vici.apps.cli.config import visible, without_password
from vici.settings import BadSettings, Settings, read_settings


def test_a_misspelt_variable_is_refused_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICI_DATABSE", "sqlite:///x.db")
    with pytest.raises(BadSettings, match="did you mean VICI_DATABASE"):
        read_settings()


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICI_PORT", "many")
    monkeypatch.setenv("VICI_LIMIT_CHAT", "often")
    with pytest.raises(BadSettings) as refusal:
        read_settings()
    assert "VICI_PORT" in str(refusal.value)
    assert "VICI_LIMIT_CHAT" in str(refusal.value)


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICI_PORT", "9000")
    assert read_settings().port == 9000
    assert read_settings(port=9001, host=None).port == 9001


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICI_CORS_ORIGINS", "https://a.example, https://b.example")
    assert read_settings().cors_origins == ("https://a.example", "https://b.example")


def test_a_database_for_each_service(tmp_path: object) -> None:
    settings = Settings(database="postgresql://db/{service}_db")
    assert settings.url(settings.database, "catalog") == "postgresql://db/catalog_db"


def test_secrets_are_not_shown() -> None:
    assert without_password("postgresql://shop:s3cret@db:5432/shop") == "postgresql://shop:••••••@db:5432/shop"
    assert without_password("sqlite:///{data}/{service}.db") == "sqlite:///{data}/{service}.db"
    assert "t0ken" not in str(visible(Settings(admin_token="t0ken-of-the-shop").admin_token))


@pytest.mark.parametrize("token", ["", "short"])
def test_a_token_that_can_be_guessed_is_refused(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VICI_ADMIN_TOKEN", token)
    with pytest.raises(BadSettings, match="VICI_ADMIN_TOKEN"):
        read_settings()


@pytest.mark.parametrize("folder", ["a#b", "what?"])
def test_a_data_folder_that_would_end_a_url_early_is_refused(folder: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="VICI_DATA"):
        read_settings(data=tmp_path / folder)
