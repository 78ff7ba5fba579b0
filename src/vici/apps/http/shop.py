"""The whole shop as one application: API and pages."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from pydantic import SecretStr
from starlette.responses import RedirectResponse, Response

from vici.apps.http.app import create_app
from vici.apps.http.health import readiness
from vici.web.api_reference import api_reference
from vici.web.error_pages import ErrorPages
from vici.web.images import image_uploads
from vici.web.storefront.routes import sites, storefront
from vici.web.storefront.site import Apis, prefix_of
from vici.wiring import Shop


def shop_app(shop: Shop, admin_token: SecretStr) -> FastAPI:
    settings = shop.settings
    apis = Apis(shop.catalog, shop.inventory, shop.search, shop.knowledge)
    pages = sites(apis, settings.shop_name, settings.currency)
    app = create_app(
        settings,
        admin_token,
        shop.domains,
        (storefront(pages, shop.blobs),),
        readiness(shop),
        shop.bus.lag,
        shop.limiter,
        uploads=(image_uploads(shop.blobs),),
    )
    # It is written in English, and so is what stands around it.
    english = f"{prefix_of('en')}/docs"
    reference = api_reference(pages["en"], app.openapi)
    app.add_api_route(english, reference, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs", _to(english), methods=["GET", "HEAD"], include_in_schema=False)
    app.add_middleware(ErrorPages, sites=pages)
    return app


def _to(address: str) -> Callable[[], Awaitable[Response]]:
    async def redirect() -> Response:
        return RedirectResponse(address, 302)

    return redirect
