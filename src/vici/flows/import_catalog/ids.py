"""Ids for what has only a name. The same name always gives the same id, so an import can be repeated."""

import hashlib
import re
from collections.abc import Mapping

from vici.kit.text import folded

KEY_CHARACTERS = 100
SLUG_CHARACTERS = 60


def slug(name: str) -> str:
    """The name in small letters and digits without accents, at most 60 characters."""
    plain = re.sub(r"[\W_]+", "-", folded(name)).strip("-")
    if plain and len(plain) <= SLUG_CHARACTERS:
        return plain
    return f"{plain[: SLUG_CHARACTERS - 9]}-{_digest(name)}".lstrip("-")


def variant_id(product_id: str, options: Mapping[str, str]) -> str:
    """Of the product's only variant, the product's; else with what the variant's options are."""
    return joined(product_id, slug(" ".join(options.values()))) if options else product_id


def joined(wide: str, narrow: str) -> str:
    """Both in one id that is not too long for one."""
    whole = f"{wide}-{narrow}"
    return whole if len(whole) <= KEY_CHARACTERS else f"{whole[: KEY_CHARACTERS - 9]}-{_digest(whole)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
