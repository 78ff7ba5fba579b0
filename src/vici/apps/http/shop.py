"""The whole shop as one application: API and pages."""

from fastapi import FastAPI
from pydantic import SecretStr

from vici.apps.http.app import create_app
from vici.apps.http.health import readiness
from vici.web.error_pages import ErrorPages
from vici.web.storefront.routes import sites, storefront
from vici.web.storefront.site import Apis
from vici.wiring import Shop


def shop_app(shop: Shop, admin_token: SecretStr) -> FastAPI:
    settings = shop.settings
    apis = Apis(shop.catalog, shop.inventory, shop.search, shop.knowledge)
    pages = sites(apis, settings.shop_name, settings.currency)
    app = create_app(
        settings, admin_token, shop.domains, (storefront(pages, shop.blobs),), readiness(shop), shop.limiter
    )
    app.add_middleware(ErrorPages, sites=pages)
    return app
