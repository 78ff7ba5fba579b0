"""What others may ask of the shop's documents."""

from datetime import datetime
from typing import Annotated, Protocol

from pydantic import Field, StringConstraints

from vici.kit.dto import NO_NUL, Dto, Key, Line
from vici.kit.errors import Refusal, Why

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Markdown = Annotated[str, StringConstraints(min_length=1, max_length=1_000_000, pattern=NO_NUL)]


class PutDocument(Dto):
    """Create or replace. The same document in two languages is two documents with one `slug`."""

    slug: Key
    """Names the page in its address: `delivery`."""
    language: Language
    title: Line
    body: Markdown


class Document(Dto):
    slug: Key
    language: Language
    title: Line
    body: Markdown
    version: int
    updated_at: datetime


class DocumentRef(Dto):
    slug: Key
    language: Language


class ListDocuments(Dto):
    language: Language | None = None


class Documents(Dto):
    documents: tuple[Document, ...]


class Removed(Dto):
    removed: bool


class FindPassages(Dto):
    question: Annotated[str, StringConstraints(max_length=2000, pattern=NO_NUL)]
    language: Language | None = None
    """Only documents in this language; of all when absent."""
    limit: Annotated[int, Field(ge=1, le=100)] = 5


class Passage(Dto):
    slug: Key
    language: Language
    title: Line
    heading: str
    """The heading it stands under; empty at the top of the document."""
    text: str
    """Word for word as in the document, less its Markdown."""
    score: float
    """0 to 1: how much of what was asked the passage covers."""

    @property
    def under_its_headings(self) -> str:
        """The headings on a line of their own, then the text: under "Not taken back" a list means the contrary of what
        it says alone."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


class Passages(Dto):
    passages: tuple[Passage, ...]


class UnknownDocument(Refusal):
    code = "knowledge.unknown_document"
    why = Why.UNKNOWN
    message = "There is no document {slug!r} in {language!r}."


class KnowledgeApi(Protocol):
    async def put_document(self, request: PutDocument) -> Document:
        """Repeating it changes nothing. Found by the next `find_passages` in this process, by others within a
        second."""
        ...

    async def document(self, request: DocumentRef) -> Document: ...

    async def list_documents(self, request: ListDocuments) -> Documents:
        """By slug and language."""
        ...

    async def remove_document(self, request: DocumentRef) -> Removed:
        """Repeating it changes nothing."""
        ...

    async def find_passages(self, request: FindPassages) -> Passages:
        """Best first; empty when nothing of the question is covered."""
        ...
