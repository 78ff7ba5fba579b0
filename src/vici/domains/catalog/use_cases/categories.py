"""The category tree: three levels, changed whole under one lock."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from vici.domains.catalog.api import (
    Categories,
    Category,
    CategoryInUse,
    CategoryTooDeep,
    DeleteCategory,
    Done,
    UnknownCategory,
)
from vici.domains.catalog.store import Stamp, in_groups, touch
from vici.domains.catalog.tables import categories, products
from vici.infra.database.writes import upsert

LEVELS_MAX = 3


def read(connection: Connection) -> Categories:
    """Depth first, the categories of one parent by their position."""
    tree = _tree(connection)
    children: dict[str | None, list[Category]] = defaultdict(list)
    for category in sorted(tree.values(), key=lambda category: (category.position, category.category_id)):
        children[category.parent_id].append(category)
    ordered: list[Category] = []
    waiting = children[None][::-1]
    while waiting:
        category = waiting.pop()
        ordered.append(category)
        waiting += children[category.category_id][::-1]
    return Categories(categories=tuple(ordered))


def put(connection: Connection, wanted: Sequence[Category], stamp: Stamp) -> None:
    if not wanted:
        return
    before = _locked_tree(connection)
    after = before | {category.category_id: category for category in wanted}
    levels = {category.category_id: _level(category, after) for category in after.values()}
    changed = [category for category_id, category in after.items() if category != before.get(category_id)]
    # A parent before its children, for the foreign key.
    changed.sort(key=lambda category: (levels[category.category_id], category.category_id))
    upsert(connection, categories, [category.model_dump() for category in changed])
    shown = {
        category.category_id
        for category in changed
        if (there := before.get(category.category_id))
        and (there.names, there.parent_id) != (category.names, category.parent_id)
    }
    below = {category_id for category_id in before if shown.intersection(_way_up(category_id, after))}
    for group in in_groups(below):
        touch(connection, products.c.category_id.in_(group), stamp)


def remove(connection: Connection, request: DeleteCategory) -> Done:
    tree = _locked_tree(connection)
    if request.category_id not in tree:
        return Done(changed=False)
    children = sum(category.parent_id == request.category_id for category in tree.values())
    inside = select(func.count()).select_from(products).where(products.c.category_id == request.category_id)
    standing = connection.scalar(inside) or 0
    if children or standing:
        raise CategoryInUse(category_id=request.category_id, children=children, products=standing)
    connection.execute(delete(categories).where(categories.c.category_id == request.category_id))
    return Done(changed=True)


def _tree(connection: Connection) -> dict[str, Category]:
    rows = connection.execute(select(categories)).mappings()
    return {row["category_id"]: Category(**row) for row in rows}


def _locked_tree(connection: Connection) -> dict[str, Category]:
    # Read after the lock is held: what another writer has just added is seen by a new statement only.
    lock: Select[Any] = select(categories.c.category_id).order_by(categories.c.category_id).with_for_update()
    connection.execute(lock).all()
    return _tree(connection)


def _level(category: Category, tree: Mapping[str, Category]) -> int:
    """1 for the widest. Refuses an unknown parent and too many levels, those of a circle too."""
    level = 1
    above = category
    while above.parent_id is not None:
        level += 1
        if level > LEVELS_MAX:
            raise CategoryTooDeep(category_id=category.category_id, level=level)
        if above.parent_id not in tree:
            raise UnknownCategory(category_id=above.parent_id)
        above = tree[above.parent_id]
    return level


def _way_up(category_id: str, tree: Mapping[str, Category]) -> set[str]:
    """The category and those it stands in."""
    way: set[str] = set()
    at: str | None = category_id
    while at is not None:
        way.add(at)
        at = tree[at].parent_id
    return way
