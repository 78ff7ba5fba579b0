"""Answers from the shop's own pages, in their words."""

import re
from collections.abc import Sequence

from vici.domains.assistant.acts.page_questions import GENERAL, MATTER, REFUSED, answer_to, means_of_paying
from vici.domains.assistant.acts.situation import Button, Reply, Situation, reply_to
from vici.domains.assistant.understanding.features import stem
from vici.domains.assistant.understanding.requests import stripped
from vici.domains.assistant.understanding.spelling import levelled
from vici.domains.assistant.understanding.vague import says_nothing
from vici.domains.conversations.api import Evidence
from vici.domains.knowledge.api import FindPassages, Passage
from vici.kit.language import Tongue
from vici.kit.text import words

_LIGHT = frozenset({"va", "ve", "vat", "lai", "and", "the", "in", "of", "for", "a"})
_Page = tuple[str, str, str]
"""Slug, language and title."""
# A passage has to hold this share of what was asked where no page is named for the matter.
_COVERED = 0.6
_COVERED_SOMEHOW = 0.3
# Beside that share: the heading is named for it, the passage holds the kind of answer, its place among all; and what
# stands under a heading about something else.
_OF_IT, _HEADED, _HINTED, _ANSWERING, _FIRST, _ELSEWHERE = 0.5, 0.35, 0.25, 0.9, 0.3, -0.6
_OTHER: dict[Tongue, Tongue] = {"vi": "en", "en": "vi"}


async def policy(at: Situation) -> Reply:
    if passages := await _passages(at):
        return await quoting(at, *passages)
    reply = reply_to(at)
    reply.lines.append(at.say("page_unknown"))
    reply.buttons = [Button(at.say("button_person"), "person")]
    reply.remember(matter=at.intent.name)
    return reply


async def quoting(at: Situation, *passages: Passage) -> Reply:
    """Each under its headings, as the page has them."""
    reply = reply_to(at)
    first = passages[0]
    if first.language == at.language:
        reply.lines.append(at.say("by_the_page", title=first.title))
    else:
        reply.lines.append(
            at.say("by_the_page_in_vi" if first.language == "vi" else "by_the_page_in_en", title=first.title)
        )
    if at.intent.name == "ask_payment" and (asked := await _unlisted(at, first)):
        reply.lines[0] = at.say("page_lists_no", asked=asked, title=first.title)
    quote(reply, *passages)
    reply.entities = {"document": first.slug}
    if at.intent.name in MATTER:
        reply.remember(matter=at.intent.name)
    return reply


def quote(reply: Reply, *passages: Passage) -> None:
    """Add these word for word, with their citations."""
    for passage in passages:
        reply.lines.append("\n" * bool(reply.passages) + passage.under_its_headings)
        reply.passages.append(passage)
        fields = {
            "title": passage.title,
            "heading": passage.heading,
            "passage": passage.under_its_headings,
            "language": passage.language,
        }
        reply.evidence.append(Evidence(kind="policy", ref=passage.slug, fields=fields))


async def page_called(at: Situation, name: str) -> Passage | None:
    """The beginning of the page whose title is just this."""
    wanted = _plain(name)
    passages = await _find(at, name, at.language)
    return next((each for each in passages if _plain(each.title) == wanted), None)


async def how_to_reach_us(at: Situation) -> Passage | None:
    """How the shop's contact page begins; None where it has none."""
    for language in (at.language, _OTHER[at.language]):
        matter = MATTER["ask_contact"][language]
        found = await _find(at, matter, language)
        if page := _page_on(at, found, matter):
            of_page = [each for each in found if each.slug == page[0]]
            return next((each for each in of_page if not each.heading), of_page[0])
    return None


async def _passages(at: Situation) -> Sequence[Passage]:
    """Of the page on the matter, the passage that answers; in the other language before none."""
    question = _less_general(stripped(at.text)[:500])
    for language in (at.language, _OTHER[at.language]):
        matter = MATTER.get(at.intent.name, {}).get(language, "")
        asked = await _find(at, question, language) if question else []
        on_matter = await _find(at, matter, language) if matter else []
        of_matter = _page_on(at, on_matter, matter)
        named = _named_page(at, asked, question)
        # “Cash on delivery” is a question about paying, though a page is called so.
        page = of_matter if of_matter and named and _matters(at, named) else named or of_matter
        if page:
            return await _best(at, question, page, language)
        about = _stems(at, matter)
        headed = [each for each in on_matter if len(about & _stems(at, each.heading)) >= 2]
        if headed or (asked and not matter and asked[0].score >= _COVERED):
            return (headed or asked)[:1]
    return ()


def _less_general(text: str) -> str:
    """As it was typed, less the words that ask for any page's words."""
    text = " ".join(word.form for word in words(text))
    for match in reversed(list(GENERAL.finditer(levelled(text)))):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return " ".join(text.split())


def _named_page(at: Situation, passages: list[Passage], question: str) -> _Page | None:
    """The page whose whole title is in the question: “Paying in instalments”."""
    asked = _stems(at, question)
    called = [each for each in passages if (title := _stems(at, each.title)) and title <= asked]
    best = max(called, key=lambda each: len(_stems(at, each.title)), default=None)
    return (best.slug, best.language, best.title) if best else None


def _matters(at: Situation, page: _Page) -> bool:
    """Whether a page is the one on another matter than the one asked about."""
    title = _stems(at, page[2])
    others = (told[at.language] for intent, told in MATTER.items() if intent != at.intent.name)
    return any(title <= _stems(at, matter) for matter in others)


def _page_on(at: Situation, passages: list[Passage], matter: str) -> _Page | None:
    """The page whose title is closest to the matter; half of it has to be about it."""
    about = _stems(at, matter)
    called = [(len(about & title) / len(title), each) for each in passages if (title := _stems(at, each.title))]
    share, best = max(called, key=lambda scored: scored[0], default=(0.0, None))
    return (best.slug, best.language, best.title) if best and share >= 0.5 else None


def _stems(at: Situation, text: str) -> set[str]:
    """Words compared by their stems, doubled letters once: `installments` is `instalment`. The shop's own name says
    nothing about a page."""
    light = _LIGHT | _plain(at.shop.name)
    return {re.sub(r"(.)\1", r"\1", stem(word.plain)) for word in words(text) if word.plain not in light}


async def _best(at: Situation, question: str, page: _Page, language: Tongue) -> Sequence[Passage]:
    """What answers; with it what the page refuses, where that speaks of the same."""
    answer = answer_to(at.plain)
    hint = answer.words[language] if answer else ""
    covered = {each.text: each.score for each in await _find(at, question, language)} if question else {}
    slug, of, title = page
    found = await _find(at, f"{question} {hint} {title}", language)
    inside = [each for each in found if (each.slug, each.language) == (slug, of)]
    about = _stems(at, MATTER.get(at.intent.name, {}).get(language, "")) | _stems(at, title)
    questioned, hinted = _stems(at, question), _stems(at, hint)
    asked = _stems(at, " ".join(word.plain for word in words(question) if not says_nothing(word))) - about

    def answers(passage: Passage) -> bool:
        looks = answer and answer.looks_like and answer.looks_like.search(passage.text)
        return bool(looks or (answer and answer.headed and answer.headed.search(passage.heading)))

    def fits(place: int, passage: Passage) -> float:
        heading = _stems(at, passage.heading)
        # Of “Company gifts” on the page about gifts it is the company that tells.
        of_it = questioned & heading and heading <= about
        headed = _OF_IT if of_it else _HEADED if 2 * len(asked & heading) > len(asked) else 0.0
        if not headed and answer and heading:
            told = hinted & heading or (answer.headed and answer.headed.search(passage.heading))
            headed = _HINTED if told else _ELSEWHERE if answer.headed else 0.0
        answering = _ANSWERING if answers(passage) else 0.0
        return covered.get(passage.text, 0.0) + headed + answering + _FIRST / (1 + place)

    opening = next((each for each in inside if not each.heading), None)
    closest = max((covered.get(each.text, 0.0) for each in inside), default=0.0)
    general = answer is None and (not asked or closest < _COVERED_SOMEHOW)
    scored = [(fits(place, passage), -place, passage) for place, passage in enumerate(inside)]
    if not scored:
        return ()
    # Asked in general, or in words the page does not use: how it begins.
    best = opening if opening and general else max(scored, key=lambda each: each[:2])[2]
    refused = [
        each
        for each in inside
        if each != best
        and REFUSED.search(each.heading)
        and asked
        and 2 * len(asked & _stems(at, each.text)) >= len(asked)
    ]
    return [best, *refused[:1]]


async def _unlisted(at: Situation, passage: Passage) -> str:
    """The way of paying that was asked for, where its page does not name it."""
    means = means_of_paying(at.plain)
    of_page = [
        each for each in await _find(at, f"{means} {passage.title}", passage.language) if each.slug == passage.slug
    ]
    told = {stem for each in of_page for stem in _stems(at, f"{each.title} {each.heading} {each.text}")}
    wanted = _stems(at, means) - {"pay"}
    if not wanted or wanted & told or passage.language != at.language:
        return ""
    spelt = {word.plain: at.text[word.start : word.end] for word in words(at.text)}
    return " ".join(spelt.get(word, word) for word in means.split())


def _plain(text: str) -> set[str]:
    return {word.plain for word in words(text)}


async def _find(at: Situation, question: str, language: str | None) -> list[Passage]:
    request = FindPassages(question=question, language=language, limit=40)
    return list((await at.shop.knowledge.find_passages(request)).passages)
