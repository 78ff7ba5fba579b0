"""Marks what matched in a text."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from vici.domains.search.api import Span


def highlighted(text: str, spans: Iterable[Span]) -> Markup:
    """The text, escaped, with the matched parts in `<mark>`. Spans outside the text or overlapping are left out."""
    pieces: list[Markup] = []
    end = 0
    for span in sorted(spans, key=lambda each: each.start):
        if span.start < end or span.end > len(text) or span.end <= span.start:
            continue
        pieces += [
            escape(text[end : span.start]),
            Markup("<mark>"),
            escape(text[span.start : span.end]),
            Markup("</mark>"),
        ]
        end = span.end
    return Markup("").join([*pieces, escape(text[end:])])
