"""The sentences of `phrases.yaml`, with facts filled in."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from vici.kit.language import Tongue

Said = Mapping[str, Mapping[Tongue, Sequence[str]]]


@dataclass(frozen=True)
class Phrases:
    """What can be said in one turn. Which of several ways is taken depends on the turn alone: the same turn says the
    same, the next one something else."""

    language: Tongue
    turn: str
    shop_name: str

    def __call__(self, key: str, **facts: object) -> str:
        ways = phrases()[key][self.language]
        return ways[zlib.crc32(f"{self.turn}/{key}".encode()) % len(ways)].format(shop=self.shop_name, **facts)


@lru_cache(maxsize=1)
def phrases() -> Said:
    """Every phrase by its key and language."""
    text = (files("vici.domains.assistant.wording") / "phrases.yaml").read_text(encoding="utf-8")
    return {
        key: {language: [ways] if isinstance(ways, str) else ways for language, ways in entry.items()}
        for key, entry in yaml.safe_load(text).items()
    }
