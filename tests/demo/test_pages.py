"""The shop's pages say the same in both languages, with the same figures."""

import re
from collections import Counter, defaultdict

import pytest

from vici.demo.build import read_pages
from vici.domains.knowledge.api import PutDocument

SLUGS = {
    "about",
    "contact",
    "delivery",
    "gift-wrapping",
    "installment",
    "invoices",
    "opening-hours",
    "payment",
    "privacy",
    "returns",
    "warranty",
}
SHOPS = ("Vici Điện Tử", "Vici Nhà & Mặc", "Vici Sách & Bếp")


@pytest.fixture(scope="module")
def pages() -> dict[str, dict[str, PutDocument]]:
    found: dict[str, dict[str, PutDocument]] = defaultdict(dict)
    for page in read_pages():
        found[page.slug][page.language] = page
    return found


def figures(text: str) -> Counter[str]:
    """Every number, however its thousands and decimals are marked: `500.000`, `1,8`, `8:30`."""
    found = re.findall(r"\d+(?:[.,:/]\d+)*", text)
    return Counter(re.sub(r"[.,](?=\d{3}\b)", "", number).replace(",", ".") for number in found)


def headings(page: PutDocument) -> list[str]:
    return re.findall(r"^## (.+)$", page.body, re.MULTILINE)


def test_every_page_is_there_in_both_languages(pages: dict[str, dict[str, PutDocument]]) -> None:
    assert pages.keys() == SLUGS
    assert all(page.keys() == {"vi", "en"} for page in pages.values())


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_both_languages_name_the_same_figures(pages: dict[str, dict[str, PutDocument]], slug: str) -> None:
    vietnamese, english = pages[slug]["vi"], pages[slug]["en"]
    assert figures(vietnamese.title + vietnamese.body) == figures(english.title + english.body)


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_a_page_is_titled_divided_and_of_readable_length(pages: dict[str, dict[str, PutDocument]], slug: str) -> None:
    for page in pages[slug].values():
        assert not page.title.startswith("#")
        assert 150 <= len(page.body.split()) <= 500
        assert len(headings(page)) >= 3
        first = page.body.split("\n\n")[0]
        assert not first.startswith(("#", "-")), "the first lines say the gist"
        assert len(first) <= 160
    assert len(headings(pages[slug]["vi"])) == len(headings(pages[slug]["en"]))
    lists = [re.findall(r"^(?:-|\d\.) ", page.body, re.MULTILINE) for page in pages[slug].values()]
    assert len(lists[0]) == len(lists[1])


def test_figures_of_different_pages_agree(pages: dict[str, dict[str, PutDocument]]) -> None:
    def says(slug: str, words: str) -> bool:
        return words in pages[slug]["vi"].body

    assert says("opening-hours", "8:00 đến 22:00")
    assert says("contact", "8:00 đến 22:00")
    assert says("contact", "20 sản phẩm")
    assert says("gift-wrapping", "20 phần")
    assert says("delivery", "48 giờ")
    assert says("returns", "48 giờ")
    assert says("privacy", "10 năm")
    assert says("invoices", "10 năm")
    for shop in SHOPS:
        for slug in ("about", "contact", "opening-hours"):
            assert all(shop in page.body for page in pages[slug].values()), (slug, shop)


def test_nobody_real_is_called_or_written_to(pages: dict[str, dict[str, PutDocument]]) -> None:
    for languages in pages.values():
        for page in languages.values():
            assert set(re.findall(r"1900 ?\d{4}", page.body)) <= {"1900 0000"}
            assert all(host == "example.com" for host in re.findall(r"[\w-]+@([\w.-]+\w)", page.body))
            assert not re.search(r"https?://|\b0\d{8,}\b", page.body)
