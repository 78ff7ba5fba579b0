"""The page of one product."""

from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from vici.domains.catalog.api import AttributeValue, Everything, GetProduct, Price, Product, Status, UnknownProduct
from vici.domains.inventory.api import GetLevels
from vici.domains.knowledge.api import Document, ListDocuments
from vici.domains.search.api import Card, FindSimilar, NotIndexed
from vici.kit.money import decimal_amount
from vici.web.storefront.address import from_address
from vici.web.storefront.choice import Choice, choice
from vici.web.storefront.policies import in_short
from vici.web.storefront.site import Site

SIMILAR = 5
POLICIES = 4
# What a buyer asks about first, by the usual names of such pages; others follow as they come.
_ASKED_FIRST = ("delivery", "returns", "warranty", "payment")


async def product_page(site: Site, request: Request) -> Response:
    product_id = request.path_params["product_id"]
    product = await site.apis.catalog.product(from_address(GetProduct, product_id=product_id))
    if product.status == Status.DRAFT:  # nobody's business yet
        raise UnknownProduct(product_id=product_id)
    levels = (await site.apis.inventory.levels(GetLevels(product_ids=(product_id,)))).levels
    chosen = choice(product, {each.variant_id: each.available for each in levels}, request.query_params.get("variant"))
    own = site.path("products", product_id)
    # One shop sells everything: its name stands on every page already, and the seller's may be an old one.
    has_sellers = len((await site.apis.catalog.shops(Everything())).shops) > 1
    content: dict[str, Any] = {
        "product": product,
        "texts": _texts(product, site.language),
        "chosen": chosen,
        "price": chosen.variant.prices[0],
        "pictures": _pictures(product, chosen),
        "sold": product.status == Status.AVAILABLE,
        "own": own,
        "has_sellers": has_sellers,
    }
    documents = (await site.apis.knowledge.list_documents(ListDocuments(language=site.language))).documents
    content["policies"] = [(document, in_short(document.body)) for document in sorted(documents, key=_rank)[:POLICIES]]
    if request.headers.get("hx-target") == "offer":  # another variant was chosen
        return site.part(request, "parts/offer.html", **content)
    return await site.page(
        request,
        "product.html",
        **content,
        similar=await _similar(site, product),
        structured=_structured(
            site,
            product,
            content["texts"],
            chosen,
            str(request.base_url).rstrip("/"),
            product.shop_name if has_sellers else site.shop_name,
        ),
    )


def _rank(document: Document) -> int:
    return _ASKED_FIRST.index(document.slug) if document.slug in _ASKED_FIRST else len(_ASKED_FIRST)


async def _similar(site: Site, product: Product) -> list[Card]:
    try:
        found = await site.apis.search.similar(
            FindSimilar(product_id=product.product_id, language=site.language, limit=SIMILAR)
        )
    except NotIndexed:  # no longer sold, or so new that the index has not heard of it
        return []
    return [hit.card for hit in found.hits]


class Texts(NamedTuple):
    language: str
    """Of the texts, where not all of the page."""
    name: str
    short: str
    description: str
    attributes: dict[str, AttributeValue]
    options: dict[str, str]
    """How options and their values are called, where not as the product calls them."""


def _texts(product: Product, language: str) -> Texts:
    """The product's texts in this language where it has them, else in its own."""
    own = Texts(
        product.language, product.name, product.short_description, product.description, dict(product.attributes), {}
    )
    translation = product.translations.get(language)
    if language == product.language or translation is None:
        return own
    return Texts(
        language if translation.name else product.language,
        translation.name or own.name,
        own.short if translation.short_description is None else translation.short_description,
        own.description if translation.description is None else translation.description,
        dict(translation.attributes or own.attributes),
        dict(translation.options),
    )


def _pictures(product: Product, chosen: Choice) -> list[str]:
    """The chosen variant's picture first, then the product's."""
    first = [chosen.variant.image_url] if chosen.variant.image_url else []
    return list(dict.fromkeys([*first, *product.images]))


def _structured(site: Site, product: Product, texts: Texts, chosen: Choice, origin: str, seller: str) -> dict[str, Any]:
    """The product and its place in the shop as search engines read them (schema.org)."""
    price: Price = chosen.variant.prices[0]
    offer = {
        "@type": "Product",
        "name": texts.name,
        "description": texts.short,
        "image": [_absolute(each, origin) for each in _pictures(product, chosen)],
        "sku": chosen.variant.sku or chosen.variant.variant_id,
        **({"gtin": chosen.variant.barcode} if chosen.variant.barcode else {}),
        **({"brand": {"@type": "Brand", "name": product.brand}} if product.brand else {}),
        "offers": {
            "@type": "Offer",
            "url": origin + site.path("products", product.product_id),
            "priceCurrency": price.currency,
            "price": str(decimal_amount(price.amount_minor, price.currency)),
            "availability": "https://schema.org/InStock" if chosen.available else "https://schema.org/OutOfStock",
            "seller": {"@type": "Organization", "name": seller},
        },
    }
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": site.name(category),
                "item": origin + site.path("categories", category.category_id),
            }
            for position, category in enumerate(product.categories, 1)
        ],
    }
    return {"@context": "https://schema.org", "@graph": [offer, trail] if product.categories else [offer]}


def _absolute(address: str, origin: str) -> str:
    return origin + address if address.startswith("/") else address
