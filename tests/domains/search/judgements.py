"""What a search must show first, written down by people; see `judged/README.md`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from vici.domains.catalog.api import Product
from vici.domains.search.api import Results
from vici.kit.dto import Dto
from vici.kit.text import folded

FOLDER = Path(__file__).parent / "judged"


class Judgement(Dto):
    """What is asked, and what must be true of the answer. A condition tells of products; the number before it of how
    many at the top."""

    q: str
    lang: str = "vi"
    first: dict[int, str] = {}
    """All of the first so many are so (fewer answers may be shown, but one at least)."""
    among: dict[int, tuple[str, ...]] = {}
    """Each of these conditions is met by one of the first so many."""
    never: dict[int, str] = {}
    """None of the first so many is so."""
    chips: tuple[str, ...] | None = None
    """The labels of the filters read from the words, all of them; not looked at when absent."""
    gives_up: tuple[str, ...] = ()
    """What is given up, as `kind:label`; nothing when absent."""
    most: int | None = None
    """So many answers at most."""


class Judged(NamedTuple):
    file: str
    judgement: Judgement


def read_judgements() -> list[Judged]:
    return [
        Judged(file.stem, Judgement.model_validate(each))
        for file in sorted(FOLDER.glob("*.yaml"))
        for each in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def faults(judgement: Judgement, results: Results, products: Mapping[str, Product]) -> Iterator[str]:
    """What is not as it must be."""
    shown = [products[hit.card.product_id] for hit in results.hits]
    top = ", ".join(each.product_id for each in shown[:5])
    for number, condition in judgement.first.items():
        wrong = [each.product_id for each in shown[:number] if not _meets(each, condition)]
        if wrong or not shown:
            yield f"not {condition} of the first {number}: {', '.join(wrong) or 'nothing is shown'}"
    for number, conditions in judgement.among.items():
        for condition in conditions:
            if not any(_meets(each, condition) for each in shown[:number]):
                yield f"no {condition} among the first {number}: {top}"
    for number, condition in judgement.never.items():
        if wrong := [each.product_id for each in shown[:number] if _meets(each, condition)]:
            yield f"{condition} among the first {number}: {', '.join(wrong)}"
    if judgement.chips is not None and sorted(judgement.chips) != sorted(each.label for each in results.chips):
        yield f"chips are {', '.join(each.label for each in results.chips) or 'none'}"
    given_up = sorted(f"{each.kind}:{each.label}" for each in results.relaxed)
    if given_up != sorted(judgement.gives_up):
        yield f"given up: {', '.join(given_up) or 'nothing'}"
    if judgement.most is not None and results.total > judgement.most:
        yield f"{results.total} answers"


def _meets(product: Product, condition: str) -> bool:
    """Any of the alternatives between `|`, all parts of it."""
    return any(all(_is(product, part) for part in either.split()) for either in condition.split("|"))


def _is(product: Product, part: str) -> bool:
    mark, told = part[0], part[1:].replace("_", " ")
    match mark:
        case "@":
            return told in {each.category_id for each in product.categories}
        case "~":
            names = [product.name, *(each.name or "" for each in product.translations.values())]
            return any(folded(told) in folded(name) for name in names)
        case "#":
            return told in {value for variant in product.variants for value in variant.options.values()}
        case "+":
            return folded(told) == folded(product.brand or "")
        case "<":
            return _lowest(product) <= int(told.replace(".", ""))
        case ">":
            return _lowest(product) >= int(told.replace(".", ""))
        case _:
            return product.product_id == part


def _lowest(product: Product) -> int:
    return min(
        price.amount_minor for variant in product.variants for price in variant.prices if price.currency == "VND"
    )


def unmet(judged: Sequence[tuple[Judged, Results]], products: Mapping[str, Product]) -> list[str]:
    """One line for each query whose answer is not as it must be."""
    return [
        f"{each.file}: {each.judgement.q!r} ({each.judgement.lang}): {'; '.join(wrong)}"
        for each, results in judged
        if (wrong := list(faults(each.judgement, results, products)))
    ]
