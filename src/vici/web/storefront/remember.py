"""Remembers the language and the colours someone chose."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vici.web.storefront.site import LANGUAGES, THEMES, Site, prefix_of

_YEAR_SECONDS = 365 * 24 * 3600


async def remember(site: Site, request: Request) -> Response:
    """Keeps `language` or `theme` in a cookie and goes back to the page `to`, given without its language."""
    query = request.query_params
    language = query.get("language") if query.get("language") in LANGUAGES else None
    theme = query.get("theme") if query.get("theme") in THEMES else None
    back = RedirectResponse(prefix_of(language or site.language) + _local(query.get("to", "/")), 303)
    for name, value in (("language", language), ("theme", theme)):
        if value:
            back.set_cookie(name, value, max_age=_YEAR_SECONDS, samesite="lax")
    return back


def _local(to: str) -> str:
    """Only a page of this shop: `//host` and `/\\host` lead elsewhere, and a line break would split the header."""
    plain = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if plain else "/"
