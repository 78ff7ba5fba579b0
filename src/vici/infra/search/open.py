"""Chooses where vectors are kept from a URL."""

from pathlib import Path
from urllib.parse import urlsplit

from vici.infra.search.port import VectorIndex
from vici.kit.errors import Refusal, Why


class VectorsUnavailable(Refusal):
    code = "search.vectors_unavailable"
    why = Why.UNAVAILABLE
    message = "The vector index cannot be used: {reason}."


def open_vectors(url: str) -> VectorIndex:
    """`embedded:///folder` keeps them in memory, and in a file of that folder between two runs."""
    parts = urlsplit(url)
    if parts.scheme == "embedded" and parts.path:
        from vici.infra.search.embedded import EmbeddedVectors

        return EmbeddedVectors(Path(parts.path.removeprefix("/")) / "vectors.npz")
    raise VectorsUnavailable(reason=f"VICI_SEARCH: {url!r} is not known; use embedded:///folder")
