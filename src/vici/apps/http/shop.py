"""The whole shop as one application: API and pages."""

from fastapi import FastAPI
from pydantic import SecretStr

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
    for language, site in pages.items():
        app.add_api_route(
            f"{prefix_of(language)}/docs",
            api_reference(site, app.openapi),
            methods=["GET", "HEAD"],
            include_in_schema=False,
        )
    app.add_middleware(ErrorPages, sites=pages)
    return app
