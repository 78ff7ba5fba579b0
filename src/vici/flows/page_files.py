"""The shop's pages as a folder of Markdown files, one for each page and language: `delivery.vi.md`."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from pydantic import ValidationError

from vici.domains.knowledge.api import Document, KnowledgeApi, ListDocuments, PutDocument
from vici.kit.errors import Refusal, Why

LANGUAGES = ("vi", "en")
BYTES_MAX = 1_000_000


class BadPagesFolder(Refusal):
    code = "pages.bad_folder"
    why = Why.INVALID
    message = "{folder}: {reason}."


class BadPage(NamedTuple):
    """A file that was not taken."""

    file: str
    reason: str


@dataclass
class PagesReport:
    created: list[str] = field(default_factory=list[str])
    """Names of files."""
    updated: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])
    rejected: list[BadPage] = field(default_factory=list[BadPage])
    dry_run: bool = False


def read_pages(folder: Path) -> Iterator[tuple[str, PutDocument] | BadPage]:
    """Each Markdown file as the page it is, or why it is none. Refuses a folder without any."""
    try:
        files = sorted(each for each in folder.iterdir() if each.suffix.lower() in (".md", ".markdown"))
    except OSError as error:
        raise BadPagesFolder(folder=folder, reason=error.strerror or error) from None
    if not files:
        raise BadPagesFolder(folder=folder, reason="there is no file such as delivery.vi.md in it")
    for file in files:
        page = _read(file)
        yield BadPage(file.name, page) if isinstance(page, str) else (file.name, page)


async def import_pages(
    knowledge: KnowledgeApi, found: Iterable[tuple[str, PutDocument] | BadPage], *, dry_run: bool = False
) -> PagesReport:
    """Write every page anew that is another now. What cannot be taken is told, the others go on; pages without a file
    stay."""
    there = {(page.slug, page.language): page for page in (await knowledge.list_documents(ListDocuments())).documents}
    report = PagesReport(dry_run=dry_run)
    for each in found:
        if isinstance(each, BadPage):
            report.rejected.append(each)
            continue
        name, page = each
        before = there.get((page.slug, page.language))
        if before is not None and (before.title, _without_title(before.title, before.body)) == (page.title, page.body):
            report.unchanged.append(name)
            continue
        (report.created if before is None else report.updated).append(name)
        if not dry_run:
            await knowledge.put_document(page)
    return report


async def export_pages(knowledge: KnowledgeApi, folder: Path) -> list[str]:
    """Write every page to a file that `import_pages` takes back. The names of the files."""
    pages = (await knowledge.list_documents(ListDocuments())).documents
    try:
        return await asyncio.to_thread(_write, folder, pages)
    except OSError as error:
        raise BadPagesFolder(folder=folder, reason=error.strerror or error) from None


def _write(folder: Path, pages: Iterable[Document]) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    for page in pages:
        # What no file can be called is written as in an address.
        slug = page.slug.replace("%", "%25").replace("/", "%2F").replace("\\", "%5C")
        names.append(f"{slug}.{page.language}.md")
        text = f"# {page.title}\n\n{_without_title(page.title, page.body)}"
        (folder / names[-1]).write_text(text, encoding="utf-8")
    return names


def _read(file: Path) -> PutDocument | str:
    """The page, or the reason why it is none."""
    slug, _, language = file.stem.rpartition(".")
    if not slug or language not in LANGUAGES:
        return "its name must say the page and its language, vi or en: delivery.vi.md, delivery.en.md"
    try:
        if file.stat().st_size > BYTES_MAX:
            return f"it is larger than {BYTES_MAX:,} bytes"
        text = file.read_text("utf-8-sig").strip()
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
    except UnicodeDecodeError:
        return "it is not UTF-8 text: save it again as UTF-8"
    heading, _, body = text.partition("\n")
    title = heading.removeprefix("# ").strip().rstrip("#").strip()
    if not heading.startswith("# ") or not title:
        return "its first line must be its title: # Delivery"
    if not body.strip():
        return "there is nothing below its title"
    try:
        return PutDocument(slug=unquote(slug), language=language, title=title, body=_body(body))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        return f"its {fault['loc'][0]} cannot be taken: {fault['msg']}"


def _without_title(title: str, body: str) -> str:
    heading, _, rest = body.strip().partition("\n")
    return _body(rest if heading.strip() == f"# {title}" else body)


def _body(text: str) -> str:
    return "\n".join(text.strip().splitlines()) + "\n"
