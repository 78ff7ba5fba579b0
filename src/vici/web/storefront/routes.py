"""Every page and its address."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from fastapi import APIRouter
from starlette.responses import Response

from vici.infra.blobs.blobs import Blobs
from vici.web.files import Files, widget
from vici.web.images import images
from vici.web.storefront.crawlers import Sitemap, robots
from vici.web.storefront.home import home
from vici.web.storefront.policies import policy_page
from vici.web.storefront.product import product_page
from vici.web.storefront.remember import remember
from vici.web.storefront.results import brand_page, category_page, search_page, shop_page, suggestions
from vici.web.storefront.site import LANGUAGES, OWN_LANGUAGE, Apis, Site, prefix_of

# Ids and names are anything people chose, slashes included.
_PAGES = (
    ("/", home),
    ("/search", search_page),
    ("/suggest", suggestions),
    ("/categories/{category_id:path}", category_page),
    ("/brands/{brand:path}", brand_page),
    ("/shops/{shop_id:path}", shop_page),
    ("/products/{product_id:path}", product_page),
    ("/pages/{slug:path}", policy_page),
    ("/remember", remember),
)


def sites(apis: Apis, shop_name: str, currency: str) -> dict[str, Site]:
    """The shop's pages by language. `currency` is what their price filters are in."""
    files = Files()
    return {language: Site(language, shop_name, currency, apis, files) for language in LANGUAGES}


def storefront(sites: Mapping[str, Site], blobs: Blobs) -> APIRouter:
    """The shop's pages in every language, with the files, the pictures and the chat widget they need."""
    router = APIRouter()
    own = sites[OWN_LANGUAGE]

    def add(path: str, page: Callable[..., Awaitable[Response]]) -> None:
        router.add_api_route(path, page, methods=["GET", "HEAD"], response_model=None)

    for language, site in sites.items():
        for path, page in _PAGES:
            add(prefix_of(language) + path, partial(page, site))
    add("/robots.txt", partial(robots, own))
    add("/sitemap.xml", Sitemap(own).send)
    add("/static/{tag}/{name}", own.files.send)
    add("/favicon.ico", own.files.favicon)
    add("/widget.js", widget())
    add("/images/{name:path}", images(blobs))
    return router
