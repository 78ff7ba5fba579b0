"""Cuts a Markdown document into the passages an answer can quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

# About a hundred words: what fits a chat bubble, and still holds a rule together with its exception.
PASSAGE_CHARACTERS = 600


@dataclass(frozen=True)
class CutPassage:
    heading: str
    """The headings it stands under, from the widest: `Delivery fees › Remote islands`; the document's title is not
    repeated."""
    text: str
    """Word for word, one line for each paragraph, list item or table row."""


def passages_of(markdown: str) -> list[CutPassage]:
    """In the document's order. Blocks under one heading stay together up to `PASSAGE_CHARACTERS`; a single longer block
    stays whole. A line that ends in a colon is never parted from what it announces."""
    passages: list[CutPassage] = []
    path: list[tuple[int, str]] = []
    lines: list[str] = []

    def finish() -> None:
        if lines:
            passages.append(CutPassage(" › ".join(heading for _, heading in path), "\n".join(lines)))
            lines.clear()

    for level, text in _blocks(_parser().parse(markdown)):
        if level:
            finish()
            while path and path[-1][0] >= level:
                path.pop()
            if level > 1 or passages or path:  # a document opens with its title
                path.append((level, text))
            continue
        too_long = sum(map(len, lines)) + len(text) > PASSAGE_CHARACTERS
        if lines and too_long and not lines[-1].endswith(":"):
            finish()
        lines.append(text)
    finish()
    return passages


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Each block of text: the level of a heading, or 0, and its words. HTML is left out."""
    level = 0
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "tr_open":
                row = []
            case "tr_close":
                if row and (line := " · ".join(cell for cell in row if cell)):
                    yield 0, line
                row = None
            case "inline" if row is not None:
                row.append(_words(token))
            case "inline":
                if text := _words(token):
                    yield level, text
            case "fence" | "code_block":
                yield 0, token.content.strip()
            case _:
                pass


def _words(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case "image":
                parts.append(child.content)
            case _:
                pass
    return " ".join("".join(parts).split())
