"""The shop's pages about itself: delivery, returns, opening hours."""

import asyncio
import re

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from vici.domains.knowledge.api import Document, DocumentRef, UnknownDocument
from vici.web.storefront.address import from_address
from vici.web.storefront.site import LANGUAGES, Site

# HTML in a document is shown as text, and only web and mail addresses become links.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_SHORT = 110


async def policy_page(site: Site, request: Request) -> Response:
    document = await _document(site, request.path_params["slug"])
    return await site.page(
        request,
        "policy.html",
        document=document,
        body=Markup(_MARKDOWN.render(_without_title(document))),  # noqa: S704 — rendered by the line above, HTML off
    )


async def _document(site: Site, slug: str) -> Document:
    """In the page's language, else in the other: better read in another language than not at all."""
    languages = sorted(LANGUAGES, key=lambda each: each != site.language)
    wanted = [from_address(DocumentRef, slug=slug, language=language) for language in languages]
    found = await asyncio.gather(*map(site.apis.knowledge.document, wanted), return_exceptions=True)
    for each in found:
        if isinstance(each, Document):
            return each
        if not isinstance(each, UnknownDocument):
            raise each
    raise UnknownDocument(slug=slug, language=site.language)


def _without_title(document: Document) -> str:
    """The page shows the title itself."""
    first, _, rest = document.body.lstrip().partition("\n")
    return rest if first.startswith("# ") else document.body


def in_short(body: str) -> str:
    """The first sentences of a document, as plain text of about a line."""
    for block in re.split(r"\n\s*\n", body):
        plain = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", block.strip())
        if plain and not plain.startswith(("#", "|", "-", ">", "!")):
            line = " ".join(plain.split())
            return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0].rstrip(",.;:–—") + "…"
    return ""
