"""Every picture is drawn, is safe to show, and is small."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vici.demo.catalogue import Portrait, read_assortment
from vici.demo.drawings.canvas import lightness, mirrored, mix
from vici.demo.drawings.kinds import KINDS
from vici.demo.pictures import Picture, drawn, picture_of

ELEMENTS = {"svg", "g", "defs", "linearGradient", "stop", "rect", "circle", "ellipse", "path", "text"}
BYTES_MAX = 6 * 1024
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def portraits() -> list[Portrait]:
    return [portrait for item in read_assortment().items for portrait in item.portraits]


@pytest.fixture(scope="module")
def pictures(portraits: list[Portrait]) -> dict[str, bytes]:
    return {portrait.name: drawn(portrait.picture, portrait.tone, portrait.seed) for portrait in portraits}


def test_every_product_and_every_colour_of_it_has_its_picture(pictures: dict[str, bytes]) -> None:
    for item in read_assortment().items:
        addresses = {*item.product.images, *(v.image_url for v in item.product.variants if v.image_url)}
        assert addresses == {f"/images/products/{portrait.name}.svg" for portrait in item.portraits}
        assert item.product.images[0] == f"/images/products/{item.product.product_id}.svg"
        assert all(portrait.name in pictures for portrait in item.portraits)


def test_pictures_are_safe_xml_that_loads_and_runs_nothing(pictures: dict[str, bytes]) -> None:
    for name, svg in pictures.items():
        root = ElementTree.fromstring(svg)
        assert root.attrib["viewBox"] == "0 0 800 800", name
        fills = {element.attrib["id"] for element in root.iter(f"{SVG}linearGradient")}
        for element in root.iter():
            tag = element.tag.removeprefix(SVG)
            assert tag in ELEMENTS, (name, tag)
            for attribute, value in element.attrib.items():
                assert not attribute.startswith("on"), name
                assert "href" not in attribute, name
                if "url(" in value:
                    assert re.fullmatch(r"url\(#(\w+)\)", value), (name, value)
                    assert value[5:-1] in fills, (name, value)
                assert "nan" not in value.split(), (name, value)


def test_pictures_are_small(pictures: dict[str, bytes]) -> None:
    assert {name: len(svg) for name, svg in pictures.items() if len(svg) > BYTES_MAX} == {}


def test_only_books_carry_words_and_those_are_their_titles(
    portraits: list[Portrait], pictures: dict[str, bytes]
) -> None:
    for portrait in portraits:
        words = [element.text for element in ElementTree.fromstring(pictures[portrait.name]).iter(f"{SVG}text")]
        if portrait.picture.kind == "book":
            details = dict(portrait.picture.details)
            assert " ".join(words[:-1]) == details["title"]
            assert words[-1] == details["author"]
        else:
            assert words == [], portrait.name


def test_a_book_shows_the_title_and_author_it_is_sold_under(portraits: list[Portrait]) -> None:
    names = {item.product.product_id: item.product.name for item in read_assortment().items}
    for portrait in portraits:
        if portrait.picture.kind == "book":
            details = dict(portrait.picture.details)
            assert names[portrait.name].startswith(f"{details['title']} – {details['author']}")


def test_there_are_many_different_drawings(portraits: list[Portrait]) -> None:
    used = {portrait.picture.kind for portrait in portraits}
    assert len(used) >= 45
    assert set(KINDS) == used  # none is drawn for nothing


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_drawing_shows_the_colour_it_is_given(kind: str) -> None:
    one, other = (drawn(Picture(kind, None, ()), color, "a") for color in ("#c9443f", "#4a7fc1"))
    assert one != other


def test_the_same_picture_is_drawn_the_same() -> None:
    picture = picture_of("kettle style=gooseneck")
    assert drawn(picture, "#c9443f", "a") == drawn(picture, "#c9443f", "a")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("spaceship color=black", "there is no drawing 'spaceship'"),
        ("phone wings=2", "the drawing 'phone' has no 'wings'; it has lenses, layout"),
        ("phone lenses=two", "invalid literal for int"),
        ("laptop style=gamming", "style is one of 'plain', 'gaming', 'convertible', not 'gamming'"),
        ('book title="unclosed', "No closing quotation"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused_with_the_reason(words: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        picture_of(words)


COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLORS, COLORS, st.floats(0, 1))
def test_a_mixed_colour_lies_between_the_two(one: str, other: str, share: float) -> None:
    low, high = sorted((lightness(one), lightness(other)))
    assert re.fullmatch("#[0-9a-f]{6}", mix(one, other, share))
    assert low - 0.01 <= lightness(mix(one, other, share)) <= high + 0.01
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)


def test_an_outline_is_the_mirror_of_its_half() -> None:
    assert mirrored("M400 100L300 200Q200 300 250 400L400 500") == (
        "M400 100L300 200Q200 300 250 400L400 500L550 400Q600 300 500 200L400 100Z"
    )
