"""The words of the pages."""

import re
from pathlib import Path
from string import Formatter

import vici.web
from vici.web.texts import TEXTS, text

WEB = Path(vici.web.__file__).parent
# Keys that are put together from a part that is computed.
COMPUTED = ("results.sort.", "error.", "product.option.", "theme.", "home.try.")


def facts(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_both_languages_say_everything_with_the_same_facts() -> None:
    for key, words in TEXTS.items():
        assert words.vi.strip(), key
        assert words.en.strip(), key
        assert facts(words.vi) == facts(words.en), key
        assert facts(words.en_one or "") <= facts(words.en), key
        assert words.en_one is None or "count" in facts(words.en), key


def test_every_key_is_used_and_every_used_key_exists() -> None:
    sources = [
        path.read_text() for path in WEB.rglob("*") if path.suffix in (".html", ".py") and path.name != "texts.py"
    ]
    asked = {key for source in sources for key in re.findall(r"""\b(?:t|text)\(\s*"([a-z_0-9.]+)\"""", source)}
    assert {key for key in asked if not key.endswith(".")} <= TEXTS.keys()
    quoted = {key for source in sources for key in re.findall(r""""([a-z_0-9.]+)\"""", source)}
    assert {key for key in TEXTS.keys() - quoted if not key.startswith(COMPUTED)} == set()


def test_numbers_are_written_as_the_language_does() -> None:
    assert text("results.count", "vi", count=12_500) == "12.500 sản phẩm"
    assert text("results.count", "en", count=12_500) == "12,500 products"
    assert text("results.count", "en", count=1) == "1 product"
