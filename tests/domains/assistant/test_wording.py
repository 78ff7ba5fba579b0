"""A phrase of ours says nothing by itself that the check would have to take out."""

import string

import pytest

from vici.domains.assistant.grounding.check import unsupported
from vici.domains.assistant.grounding.known import known_from
from vici.domains.assistant.wording.phrases import phrases

# They speak of the products on the screen, so they need the evidence of those.
OF_WHAT_IS_SHOWN = {"all_in_stock", "button_compare"}
PLAIN = [
    (key, language, way)
    for key, entry in phrases().items()
    for language, ways in entry.items()
    for way in ways
    if key not in OF_WHAT_IS_SHOWN and {field for _, field, _, _ in string.Formatter().parse(way) if field} <= {"shop"}
]


@pytest.mark.parametrize(("key", "language", "way"), PLAIN)
def test_a_phrase_without_facts_claims_nothing(key: str, language: str, way: str) -> None:
    suggests = key.startswith("button_")
    assert unsupported(way.format(shop="Vici"), known_from((), (), shop_name="Vici"), suggests=suggests) == [], (
        key,
        language,
    )


def test_every_phrase_is_written_in_both_languages_with_the_same_facts() -> None:
    for key, entry in phrases().items():
        assert set(entry) == {"vi", "en"}, key
        facts = [
            {field for _, field, _, _ in string.Formatter().parse(way) if field} - {"shop"}
            for ways in entry.values()
            for way in ways
        ]
        assert all(each == facts[0] for each in facts), key
