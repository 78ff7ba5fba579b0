"""Products are created, put, updated, deleted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, bindparam, delete, insert, select, update

from vici.domains.catalog import rules
from vici.domains.catalog.api import (
    BadProduct,
    DeleteProduct,
    Done,
    Product,
    ProductDraft,
    ProductExists,
    PutOutcome,
    PutProduct,
    UnknownCategory,
    UnknownProduct,
    UnknownShop,
    UpdateProduct,
    VersionConflict,
)
from vici.domains.catalog.store import Stamp, find, in_groups
from vici.domains.catalog.tables import categories, deleted_products, products, shops
from vici.domains.catalog.use_cases.codes import forget_codes, replace_codes, take_codes
from vici.infra.database.writes import upsert
from vici.kit.errors import Refusal


class _Existing(NamedTuple):
    version: int
    content: str


class _Writing(NamedTuple):
    draft: ProductDraft
    content: str


def create(connection: Connection, draft: ProductDraft, stamp: Stamp) -> Product:
    # Not asked first: another writer may create it between the question and the statement.
    if _put_one(connection, draft, stamp) is not PutOutcome.CREATED:
        raise ProductExists(product_id=draft.product_id)
    return find(connection, [draft.product_id])[0]


def create_or_replace(connection: Connection, request: PutProduct, stamp: Stamp) -> Product:
    draft = request.product
    if request.if_version is not None and _held(connection, draft.product_id, request.if_version) is None:
        raise UnknownProduct(product_id=draft.product_id)
    _put_one(connection, draft, stamp)
    return find(connection, [draft.product_id])[0]


def _put_one(connection: Connection, draft: ProductDraft, stamp: Stamp) -> PutOutcome:
    [outcome] = put(connection, [draft], stamp)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def change(connection: Connection, request: UpdateProduct, stamp: Stamp) -> Product:
    existing = _held(connection, request.product_id, request.if_version)
    if existing is None:
        raise UnknownProduct(product_id=request.product_id)
    draft = rules.changed(ProductDraft.model_validate_json(existing.content), request)
    return create_or_replace(connection, PutProduct(product=draft), stamp)


def remove(connection: Connection, request: DeleteProduct, stamp: Stamp) -> Done:
    existing = _held(connection, request.product_id, request.if_version)
    if existing is None:
        return Done(changed=False)
    last = existing.version + 1
    forget_codes(connection, [request.product_id])
    connection.execute(delete(products).where(products.c.product_id == request.product_id))
    upsert(connection, deleted_products, [{"product_id": request.product_id, "version": last}])
    stamp.announce(connection, "deleted", {request.product_id: last})
    return Done(changed=True)


def _held(connection: Connection, product_id: str, if_version: int | None) -> _Existing | None:
    """The product, at that version and no other until the transaction ends."""
    existing = _locked(connection, [product_id]).get(product_id)
    if existing is not None and if_version not in (None, existing.version):
        raise VersionConflict(product_id=product_id, version=existing.version, expected=if_version)
    return existing


def put(connection: Connection, drafts: Sequence[ProductDraft], stamp: Stamp) -> list[PutOutcome | Refusal]:
    """What became of each, in order. Under row locks and unique keys nothing read here can have changed when it is
    written: a second writer that was quicker makes a statement fail, and the whole is tried again."""
    # Shops, categories, products: the order of those who rename a shop or a category too. An update of one product
    # holds that already; where the two meet, the database sends one of them back and it is run again.
    known_shops = _shared(connection, shops.c.shop_id, {draft.shop_id for draft in drafts})
    known_categories = _shared(
        connection, categories.c.category_id, {draft.category_id for draft in drafts if draft.category_id}
    )
    existing = _locked(connection, {draft.product_id for draft in drafts})
    outcomes: list[PutOutcome | Refusal] = []
    place: dict[str, int] = {}
    writing: dict[str, _Writing] = {}
    for number, given in enumerate(drafts):
        try:
            if place.setdefault(given.product_id, number) != number:
                raise BadProduct(reason=f"{given.product_id!r} stands twice in this request")
            _check_place(given, known_shops, known_categories)
            draft = rules.kept(given)
        except Refusal as refusal:
            outcomes.append(refusal)
            continue
        incoming = _Writing(draft, draft.model_dump_json())
        there = existing.get(draft.product_id)
        if there is not None and there.content == incoming.content:
            outcomes.append(PutOutcome.UNCHANGED)
        else:
            outcomes.append(PutOutcome.UPDATED if there else PutOutcome.CREATED)
            writing[draft.product_id] = incoming
    for product_id, refusal in take_codes(connection, [each.draft for each in writing.values()], existing).items():
        outcomes[place[product_id]] = refusal
        del writing[product_id]
    # First those that exist: a new one may take a code that one of them gives back.
    _replace(connection, {key: each for key, each in writing.items() if key in existing}, existing, stamp)
    _insert(connection, {key: each for key, each in writing.items() if key not in existing}, stamp)
    return outcomes


def _check_place(draft: ProductDraft, known_shops: set[str], known_categories: set[str]) -> None:
    if draft.shop_id not in known_shops:
        raise UnknownShop(shop_id=draft.shop_id)
    if draft.category_id is not None and draft.category_id not in known_categories:
        raise UnknownCategory(category_id=draft.category_id)


def _shared(connection: Connection, column: "Column[str]", values: Iterable[str]) -> set[str]:
    """Those that exist. Nobody renames them before this transaction ends: else the rename would miss the products that
    are just coming."""
    return {
        value
        for group in in_groups(values)
        for value in connection.scalars(
            select(column).where(column.in_(group)).order_by(column).with_for_update(read=True)
        )
    }


def _locked(connection: Connection, product_ids: Iterable[str]) -> dict[str, _Existing]:
    """The products that exist, held until the transaction ends."""
    found: dict[str, _Existing] = {}
    for group in in_groups(product_ids):
        rows = connection.execute(
            select(products.c.product_id, products.c.version, products.c.content)
            .where(products.c.product_id.in_(group))
            .order_by(products.c.product_id)
            .with_for_update()
        )
        found |= {row.product_id: _Existing(row.version, row.content) for row in rows}
    return found


def _row(writing: _Writing, stamp: Stamp) -> dict[str, Any]:
    draft, content = writing
    return {
        "content": content,
        "status": draft.status.value,
        "shop_id": draft.shop_id,
        "brand": draft.brand,
        "category_id": draft.category_id,
        "updated_at": stamp.at,
    }


def _insert(connection: Connection, writing: Mapping[str, _Writing], stamp: Stamp) -> None:
    if not writing:
        return
    ended = _versions_of_deleted(connection, writing)
    versions = {product_id: ended.get(product_id, 0) + 1 for product_id in sorted(writing)}
    connection.execute(
        insert(products),
        [
            _row(writing[product_id], stamp) | {"product_id": product_id, "version": version, "created_at": stamp.at}
            for product_id, version in versions.items()
        ],
    )
    replace_codes(connection, [each.draft for each in writing.values()], new=True)
    stamp.announce(connection, "created", versions)


def _versions_of_deleted(connection: Connection, product_ids: Iterable[str]) -> dict[str, int]:
    """Where they ended, taken out of the list of the deleted."""
    found: dict[str, int] = {}
    for group in in_groups(product_ids):
        rows = connection.execute(select(deleted_products).where(deleted_products.c.product_id.in_(group)))
        found |= {row.product_id: row.version for row in rows}
    for group in in_groups(found):
        connection.execute(delete(deleted_products).where(deleted_products.c.product_id.in_(group)))
    return found


def _replace(
    connection: Connection, writing: Mapping[str, _Writing], existing: Mapping[str, _Existing], stamp: Stamp
) -> None:
    if not writing:
        return
    versions = {product_id: existing[product_id].version for product_id in sorted(writing)}
    same = (products.c.product_id == bindparam("this_id"), products.c.version == bindparam("this_version"))
    connection.execute(
        update(products).where(*same).values(version=products.c.version + 1),
        [
            _row(writing[product_id], stamp) | {"this_id": product_id, "this_version": version}
            for product_id, version in versions.items()
        ],
    )
    replace_codes(connection, [each.draft for each in writing.values()])
    stamp.announce(connection, "updated", {product_id: version + 1 for product_id, version in versions.items()})
