"""The codes that name one variant in the whole catalogue: its id, its SKU, its barcode."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from vici.domains.catalog.api import CodeTaken, ProductDraft
from vici.domains.catalog.store import in_groups
from vici.domains.catalog.tables import product_codes


class _Code(NamedTuple):
    kind: str
    value: str


_KINDS = ("variant", "SKU", "barcode")


def take_codes(
    connection: Connection, drafts: Sequence[ProductDraft], existing: Collection[str]
) -> dict[str, CodeTaken]:
    """Refuses the products that name a variant as another one does. Who has a code keeps it; of several who want it,
    the first gets it."""
    wanted = {draft.product_id: list(_codes(draft)) for draft in drafts}
    holders = _holders(connection, {code for codes in wanted.values() for code in codes})
    refused: dict[str, CodeTaken] = {}
    while True:
        # A product that is written gives back what it no longer wants; one that is refused keeps what it had.
        owners = {code: holder for code, holder in holders.items() if code in wanted.get(holder, [code])}
        newly: dict[str, CodeTaken] = {}
        for product_id, codes in wanted.items():
            taken = next((code for code in codes if owners.get(code, product_id) != product_id), None)
            if taken is None:
                owners |= dict.fromkeys(codes, product_id)
            else:
                newly[product_id] = CodeTaken(kind=taken.kind, value=taken.value, product_id=owners[taken])
        for product_id in newly:
            del wanted[product_id]
        refused |= newly
        if not any(product_id in existing for product_id in newly):
            return refused


def replace_codes(connection: Connection, drafts: Sequence[ProductDraft], *, new: bool = False) -> None:
    """Write down the codes of these products, instead of those they had unless they are new."""
    if not new:
        forget_codes(connection, [draft.product_id for draft in drafts])
    rows = [code._asdict() | {"product_id": draft.product_id} for draft in drafts for code in _codes(draft)]
    connection.execute(insert(product_codes), sorted(rows, key=lambda row: (row["kind"], row["value"])))


def forget_codes(connection: Connection, product_ids: Iterable[str]) -> None:
    for group in in_groups(product_ids):
        connection.execute(delete(product_codes).where(product_codes.c.product_id.in_(group)))


def _codes(draft: ProductDraft) -> Iterator[_Code]:
    for variant in draft.variants:
        for kind, value in zip(_KINDS, (variant.variant_id, variant.sku, variant.barcode), strict=True):
            if value is not None:
                yield _Code(kind, value)


def _holders(connection: Connection, codes: Collection[_Code]) -> dict[_Code, str]:
    found: dict[_Code, str] = {}
    for kind in _KINDS:
        for group in in_groups(code.value for code in codes if code.kind == kind):
            here = (product_codes.c.kind == kind, product_codes.c.value.in_(group))
            rows = connection.execute(select(product_codes.c.value, product_codes.c.product_id).where(*here))
            found |= {_Code(kind, row.value): row.product_id for row in rows}
    return found
