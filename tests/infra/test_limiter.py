import pytest

from vici.infra.limits.limiter import Limiter, TooMany, valid_limit


def test_one_too_many_is_told_when_to_come_back() -> None:
    limiter = Limiter()
    for _ in range(3):
        limiter.check("messages", "3/minute", "an")
    with pytest.raises(TooMany) as refusal:
        limiter.check("messages", "3/minute", "an")
    assert 1 <= refusal.value.facts["retry_after_seconds"] <= 60
    limiter.check("messages", "3/minute", "binh")
    limiter.check("sessions", "3/minute", "an")


def test_off_means_off() -> None:
    limiter = Limiter()
    for _ in range(100):
        limiter.check("messages", "off", "an")


@pytest.mark.parametrize(
    ("limit", "valid"), [("10/minute", True), ("off", True), ("3 per second", True), ("ten", False), ("", False)]
)
def test_what_is_a_limit(limit: str, valid: bool) -> None:
    assert valid_limit(limit) is valid
