"""How a document is cut, and what of it is found."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.domains.knowledge.api import Document, Passage
from vici.domains.knowledge.rules.coverage import coverage, matter
from vici.domains.knowledge.rules.passages import PASSAGE_CHARACTERS, passages_of
from vici.domains.knowledge.use_cases.find_passages import PassageIndex
from vici.kit.text import folded

DELIVERY = """# Delivery

We pack every order **the same day**.

## Fees

| Where | Fee |
| --- | --- |
| Hanoi | 20,000 ₫ |
| Islands | 60,000 ₫ |

### Free delivery

Orders from 500,000 ₫ travel [free](/free).

## How long

It takes:

- two days in the city
- four days elsewhere

<script>alert(1)</script>
"""


def document(slug: str, body: str, language: str = "en") -> Document:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(slug=slug, language=language, title=slug.title(), body=body, version=1, updated_at=moment)


def test_a_document_is_cut_under_its_headings_and_loses_its_markdown() -> None:
    assert [(passage.heading, passage.text) for passage in passages_of(DELIVERY)] == [
        ("", "We pack every order the same day."),
        ("Fees", "Where · Fee\nHanoi · 20,000 ₫\nIslands · 60,000 ₫"),
        ("Fees › Free delivery", "Orders from 500,000 ₫ travel free."),
        ("How long", "It takes:\ntwo days in the city\nfour days elsewhere"),
    ]


def test_a_long_section_is_cut_between_paragraphs_and_an_announcement_stays_with_what_it_announces() -> None:
    paragraph = "word " * 60
    cut = passages_of(f"{paragraph}\n\n{paragraph}\n\nThese are excluded:\n\n{paragraph}\n")
    assert [len(passage.text.splitlines()) for passage in cut] == [1, 2, 1] or all(
        not passage.text.endswith(":") for passage in cut
    )
    assert not any(passage.text.endswith(":") for passage in cut)


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_no_short_section_is_lost(text: str) -> None:
    for passage in passages_of(text):
        assert passage.text.strip()
        assert len(passage.text) <= max(PASSAGE_CHARACTERS * 2, len(text))


def test_words_that_only_ask_do_not_count_as_what_is_asked() -> None:
    assert matter("phí ship ra đảo là bao nhiêu vậy shop?") == {"phí", "ship", "ra", "đảo"}
    assert matter("phi ship ra dao la bao nhieu vay shop?") == {"phi", "ship", "ra", "dao"}
    assert matter("how much is it") == {"much"}
    assert matter("what is it") == {"what", "is", "it"}
    assert coverage(["fee", "island"], {"fee"}, {"fee": 1.0, "island": 3.0}) == 0.25


@pytest.fixture
def index() -> PassageIndex:
    index = PassageIndex()
    index.put(document("delivery", DELIVERY))
    index.put(document("returns", "# Returns\n\n## Opened goods\n\nYou may return opened goods within seven days."))
    index.put(document("giao-hang", "# Giao hàng\n\n## Phí ra đảo\n\nĐơn ra đảo phí 60.000 ₫.", "vi"))
    return index


def best(index: PassageIndex, question: str, language: str | None = None) -> Passage | None:
    return next(iter(index.find(question, language, 1)), None)


def test_the_passage_that_answers_comes_first_with_what_it_covers(index: PassageIndex) -> None:
    found = best(index, "what is the fee for the islands?")
    assert found is not None
    assert (found.slug, found.heading) == ("delivery", "Fees")
    assert found.score == 1.0


def test_accents_and_endings_do_not_matter(index: PassageIndex) -> None:
    for question in ("phí ra đảo", "phi ra dao", "PHI RA DAO"):
        found = best(index, question)
        assert found is not None, question
        assert found.slug == "giao-hang"
    returned = best(index, "returning an opened item")
    assert returned is not None
    assert returned.slug == "returns"


def test_nothing_is_found_when_nothing_is_covered_or_the_language_is_another(index: PassageIndex) -> None:
    assert best(index, "quantum chromodynamics") is None
    assert best(index, "opened goods", "vi") is None
    assert best(index, "") is None


def test_a_replaced_document_answers_with_its_new_words_only(index: PassageIndex) -> None:
    index.put(document("returns", "# Returns\n\nNothing can be given back, ever."))
    assert best(index, "opened goods") is None
    index.remove("returns", "en")
    assert best(index, "given back") is None


def test_the_passage_is_the_same_whether_the_question_has_accents(index: PassageIndex) -> None:
    question = "đơn ra đảo phí bao nhiêu"
    assert index.find(question, "vi", 3)[0].text == index.find(folded(question), "vi", 3)[0].text
