"""Whether a sentence that states a rule of the shop says what its pages say."""

from dataclasses import replace

from vici.domains.assistant.grounding import wordings as say
from vici.domains.assistant.grounding.amounts import read_amounts
from vici.domains.assistant.grounding.known import Known, Words, heavy, words_in
from vici.domains.assistant.grounding.sentences import Sentence


def unstated_rule(sentence: Sentence, known: Known) -> str | None:
    """The part that states a rule of the shop which no document states so."""
    spans = [match.span() for match in say.POLICY.finditer(sentence.plain)]
    open_ = [span for span in spans if not sentence.mentions.covers(*span) and not _names_a_page(sentence, span, known)]
    return sentence.quoted() if open_ else None


def _names_a_page(sentence: Sentence, span: tuple[int, int], known: Known) -> bool:
    """The words are (part of) the title of a page, given in quotation marks: “Delivery & fees”."""
    left = max(sentence.text.rfind(mark, 0, span[0] + 1) for mark in '“"«')
    right = min((at for mark in '”"»' if (at := sentence.text.find(mark, span[1])) >= 0), default=-1)
    return left >= 0 and right >= 0 and known.stands(words_in(sentence.text[left:right]))


def quotes(sentence: Sentence, known: Known) -> bool:
    """Whether it says what the evidence says, perhaps behind a few words that name the page: “Returns”: …"""
    if _is_quote(words_in(sentence.text), known):
        return True
    before, colon, after = sentence.text.partition(":")
    if not colon or not _is_quote(words_in(after), known):
        return False
    lead = replace(sentence, text=before, plain=sentence.plain[: len(before)])
    return unstated_rule(lead, known) is None and not read_amounts(before)


def _is_quote(words: Words, known: Known) -> bool:
    """Whether this is what a string of the evidence says: its words in a row, without a no, a number or a condition
    left out."""
    said = heavy(words)
    size = len(said)
    if not size:
        return False
    for told in known.statements:
        if size > len(told) or size * 2 < len(told):
            continue
        for at in range(len(told) - size + 1):
            if told[at : at + size] == said:
                dropped = (*told[:at], *told[at + size :])
                if not any(word in say.TURNING or word[0].isdecimal() for word in dropped):
                    return True
    return False
