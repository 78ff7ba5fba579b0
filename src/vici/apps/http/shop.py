"""The whole shop as one application: API and pages."""

from fastapi import FastAPI
from pydantic import SecretStr

from vici.apps.http.app import create_app
from vici.apps.http.health import readiness
from vici.wiring import Shop


def shop_app(shop: Shop, admin_token: SecretStr) -> FastAPI:
    return create_app(shop.settings, admin_token, shop.domains, (), readiness(shop), shop.limiter)
