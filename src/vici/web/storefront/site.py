"""What every page has in common: its language, its addresses, its frame."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from vici.domains.catalog.api import CatalogApi, Category, CategoryRef, Everything
from vici.domains.inventory.api import InventoryApi
from vici.domains.knowledge.api import KnowledgeApi, ListDocuments
from vici.domains.search.api import SearchApi
from vici.kit.money import percent_off, written
from vici.web.answers import answer
from vici.web.files import Files
from vici.web.storefront.highlight import highlighted
from vici.web.texts import TEXTS, number, text

OWN_LANGUAGE = "vi"
LANGUAGES = (OWN_LANGUAGE, "en")
THEMES = ("light", "dark")


@dataclass(frozen=True)
class Apis:
    catalog: CatalogApi
    inventory: InventoryApi
    search: SearchApi
    knowledge: KnowledgeApi


class Site:
    """The shop's pages in one language."""

    def __init__(self, language: str, shop_name: str, currency: str, apis: Apis, files: Files) -> None:
        self.language = language
        self.currency = currency
        self.shop_name = shop_name
        self.apis = apis
        self.files = files
        self.prefix = prefix_of(language)
        self._templates = Environment(
            loader=PackageLoader("vici.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        names: dict[str, Any] = {
            "t": self.text,
            "path": self.path,
            "file": files.url,
            "language": language,
            "other_language": "en" if language == OWN_LANGUAGE else OWN_LANGUAGE,
            "shop_name": shop_name,
            "money": self.money,
            "percent_off": percent_off,
            "date": self.date,
            "localised": self.localised,
            "here_in": "",
        }
        filters: dict[str, Any] = {
            "number": self.number,
            "name": self.name,
            "highlighted": highlighted,
            "fact": self.fact,
            "option_name": self.option_name,
        }
        self._templates.globals.update(names)
        self._templates.filters.update(filters)

    def text(self, key: str, **facts: object) -> str:
        return text(key, self.language, **facts)

    def path(self, *parts: str, **query: str) -> str:
        """The address of a page in this language: `path("products", "p/1")` is `/en/products/p%2F1`."""
        address = f"{self.prefix}/" + "/".join(quote(part, safe="") for part in parts)
        return f"{address}?{urlencode(query)}" if query else address

    def number(self, value: int) -> str:
        return number(value, self.language)

    def money(self, amount_minor: int, currency: str) -> str:
        return written(amount_minor, currency, self.language)

    def name(self, category: Category | CategoryRef) -> str:
        """The category's name in this language, else in the shop's own, else in any."""
        return (
            category.names.get(self.language) or category.names.get(OWN_LANGUAGE) or next(iter(category.names.values()))
        )

    def fact(self, value: bool | float | str) -> str:
        """An attribute's value as people write it."""
        if isinstance(value, bool):
            return self.text("product.yes" if value else "product.no")
        if isinstance(value, int):
            return number(value, self.language)
        if isinstance(value, float):
            return f"{value:g}".replace(".", "," if self.language == "vi" else ".")
        return value

    def option_name(self, name: str) -> str:
        """The usual options in this language, others as the shop wrote them."""
        key = f"product.option.{name}"
        return self.text(key) if key in TEXTS else name

    def date(self, moment: datetime) -> str:
        return moment.strftime("%d/%m/%Y" if self.language == "vi" else "%d %B %Y")

    def localised(self, address: str) -> str:
        """An address another part of the shop gave, in this language; addresses elsewhere stay."""
        return self.prefix + address if address.startswith("/") else address

    async def page(self, request: Request, template: str, **content: Any) -> Response:
        """A whole page: the frame with its categories, shops and documents around the content."""
        categories, shops, documents = await asyncio.gather(
            self.apis.catalog.categories(Everything()),
            self.apis.catalog.shops(Everything()),
            self.apis.knowledge.list_documents(ListDocuments(language=self.language)),
        )
        frame = {
            "sections": [category for category in categories.categories if category.parent_id is None],
            "shops": shops.shops,
            "documents": documents.documents,
        }
        return self.part(request, template, **frame, **content)

    def part(self, request: Request, template: str, **content: Any) -> Response:
        """A template by itself: a piece of a page."""
        html = self.html(request, template, **content)
        # Prices and stock move: a page is asked for again, and comes without a body when it has not changed.
        headers = {"Vary": "Cookie, HX-Request, HX-Target", "Content-Language": self.language}
        return answer(request, html.encode(), "text/html", cache="private, no-cache", headers=headers)

    def html(self, request: Request, template: str, **content: Any) -> str:
        return self._templates.get_template(template).render(**_about(request, self), **content)


def _about(request: Request, site: Site) -> Mapping[str, Any]:
    """What the frame shows of the request: where it is in both languages, and the remembered colours."""
    # As it was sent: a product's id may hold a slash, which only this form tells from the slashes of the address.
    inner = request.scope["raw_path"].decode("latin-1")[len(site.prefix) :] or "/"
    query = f"?{request.url.query}" if request.url.query else ""
    origin = str(request.base_url).rstrip("/")
    theme = request.cookies.get("theme")
    return {
        "origin": origin,
        "here": inner + query,
        "in_languages": {each: f"{origin}{prefix_of(each)}{inner}" for each in LANGUAGES},
        "theme": theme if theme in THEMES else None,
    }


def prefix_of(language: str) -> str:
    """The shop's own language has the short addresses."""
    return "" if language == OWN_LANGUAGE else f"/{language}"
