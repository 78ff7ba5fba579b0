"""Which of the pages' languages a browser asks for."""

from collections.abc import Iterator

from vici.web.storefront.site import LANGUAGES


def asked_language(accept_language: str) -> str | None:
    """The one of our languages that stands highest in an `Accept-Language`; nothing where none does."""
    ranked = sorted(_wishes(accept_language), key=lambda wish: wish[0], reverse=True)
    return next((language for quality, language in ranked if quality > 0 and language in LANGUAGES), None)


def _wishes(accept_language: str) -> Iterator[tuple[float, str]]:
    for wish in accept_language.split(","):
        tag, _, weight = wish.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        yield quality, tag.strip().partition("-")[0].lower()
