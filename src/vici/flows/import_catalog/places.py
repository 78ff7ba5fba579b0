"""Where products stand: which shop and which category of this catalogue their rows mean."""

from collections.abc import Sequence
from typing import NamedTuple

from vici.domains.catalog.api import Categories, Category, ProductDraft, Shop, Shops
from vici.flows.import_catalog.drafts import MAIN_SHOP, Drafted
from vici.flows.import_catalog.ids import joined, slug
from vici.kit.text import composed


class Placed(NamedTuple):
    drafts: tuple[ProductDraft, ...]
    shops: tuple[Shop, ...]
    categories: tuple[Category, ...]


class Places:
    """What the catalogue has, and what this import adds. Where rows contradict each other (two names for one shop) the
    first one counts, so a repeated import finds nothing to change."""

    def __init__(
        self, shops: Shops, categories: Categories, main_shop_name: str, *, rename_main_shop: bool = False
    ) -> None:
        self._main_shop_name = main_shop_name
        self._rename_main_shop = rename_main_shop
        self._shops = {shop.shop_id: shop for shop in shops.shops}
        self._categories: dict[str, Category] = {}
        self._child: dict[tuple[str | None, str], str] = {}
        """The category of this name, in whatever language, under this parent."""
        for category in categories.categories:
            self._keep(category)
        self._said: set[tuple[str, str]] = set()
        """The names this import has given: an id, and a language or `shop`."""
        self._new_shops: set[str] = set()
        self._new_categories: set[str] = set()
        """What the catalogue does not have, or not so."""

    def place(self, drafted: Sequence[Drafted]) -> Placed:
        """The products with the ids of their categories, and what has to be put before them."""
        drafts: list[ProductDraft] = []
        shops: dict[str, None] = {}
        categories: dict[str, None] = {}
        for each in drafted:
            self._shop(each)
            way = self._way(each)
            shops[each.draft.shop_id] = None
            categories |= dict.fromkeys(way)
            drafts.append(each.draft.model_copy(update={"category_id": way[-1]}) if way else each.draft)
        return Placed(
            tuple(drafts),
            tuple(self._shops[shop_id] for shop_id in shops if shop_id in self._new_shops),
            tuple(self._categories[category_id] for category_id in categories if category_id in self._new_categories),
        )

    def settle(self, placed: Placed) -> None:
        """The catalogue has these now."""
        self._new_shops -= {shop.shop_id for shop in placed.shops}
        self._new_categories -= {category.category_id for category in placed.categories}

    def _shop(self, drafted: Drafted) -> None:
        shop_id, name = drafted.draft.shop_id, drafted.shop_name
        there = self._shops.get(shop_id)
        if name is None and shop_id == MAIN_SHOP and (there is None or self._rename_main_shop):
            name = self._main_shop_name
        if there is None:
            shop = Shop(shop_id=shop_id, name=name or shop_id, currency=drafted.draft.variants[0].prices[0].currency)
        elif name is None or (shop_id, "shop") in self._said:
            return
        else:
            shop = there.model_copy(update={"name": name})
        if drafted.shop_name is not None:
            self._said.add((shop_id, "shop"))
        if shop != there:
            self._shops[shop_id] = shop
            self._new_shops.add(shop_id)

    def _way(self, drafted: Drafted) -> list[str]:
        """The ids of the product's categories, from the widest to the narrowest."""
        way: list[str] = []
        for names in drafted.categories:
            parent_id = way[-1] if way else None
            way.append(self._category(parent_id, names))
        return way

    def _category(self, parent_id: str | None, names: dict[str, str]) -> str:
        found = next((id_ for name in names.values() if (id_ := self._child.get((parent_id, _alike(name))))), None)
        category_id = found or self._new_id(parent_id, next(iter(names.values())))
        new = {language: name for language, name in names.items() if (category_id, language) not in self._said}
        self._said |= {(category_id, language) for language in new}
        there = self._categories.get(category_id)
        if there is None:
            category = Category(category_id=category_id, parent_id=parent_id, names=new)
        else:
            category = there.model_copy(update={"names": there.names | new})
        if category != there:
            self._keep(category)
            self._new_categories.add(category_id)
        return category_id

    def _new_id(self, parent_id: str | None, name: str) -> str:
        wanted = slug(name) if parent_id is None else joined(parent_id, slug(name))
        number = 1
        category_id = wanted
        while category_id in self._categories:
            number += 1
            category_id = joined(wanted, str(number))
        return category_id

    def _keep(self, category: Category) -> None:
        self._categories[category.category_id] = category
        for name in category.names.values():
            self._child.setdefault((category.parent_id, _alike(name)), category.category_id)


def _alike(name: str) -> str:
    """Names that differ only in letter case, spaces or the way their accents are stored are one."""
    return " ".join(composed(name).casefold().split())
