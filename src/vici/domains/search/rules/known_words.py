"""Words that are spelt as they are meant, whether or not the shop has them: they are no slips of its words."""

from functools import cache

from vici.domains.search.rules.asking_words import ASKING
from vici.domains.search.rules.things import names_of_things
from vici.kit.language import is_english

# People, times and qualities that shoppers speak of. Vietnamese syllables are left to the shop's texts: a slip in one
# mostly makes another.
_ENGLISH = """
    mom mum mommy mummy mama dad daddy papa father son daughter sister brother uncle aunt aunty grandma grandpa granny
    grandmother grandfather parent boyfriend girlfriend husband bride groom couple lover boss teacher student doctor
    nurse colleague coworker neighbor neighbour toddler newborn teen teenager adult senior elderly boy girl lady
    gentleman male female unisex birthday christmas xmas valentine easter halloween wedding anniversary graduation
    party holiday vacation trip travel outdoor indoor spring summer autumn fall morning evening night daily gym sport
    size sized inch inches wide thin thick heavy soft hard short tall light dark plain cute pretty nice fancy luxury
    premium durable strong sturdy fresh sweet spicy salty frost gold golden silver orange grey gray beige navy cream
    color colour waterproof wooden metal paper cotton nylon rubber digital smart mini large medium extra single double
    side front rear top bottom inside outside used second refurbished genuine authentic original fake
"""


def is_known(bare: str, plain: str) -> bool:
    """Whether a folded word, as it is written and in its singular, is a word of the language."""
    return is_english(bare) or is_english(plain) or not _known().isdisjoint((bare, plain))


@cache
def _known() -> frozenset[str]:
    # Only what cannot be mistaken for a Vietnamese syllable without its accents: English names, asking words.
    english = frozenset(word for name in names_of_things() if all(map(str.isascii, name.forms)) for word in name.plain)
    return english | set(_ENGLISH.split()) | {word for word in ASKING if word.isascii()}
