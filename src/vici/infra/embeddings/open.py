"""Chooses what embeds from a URL."""

from pathlib import Path
from urllib.parse import urlsplit

from vici.infra.embeddings.port import Embedder
from vici.kit.errors import Refusal, Why


class EmbeddingsUnavailable(Refusal):
    code = "embeddings.unavailable"
    why = Why.UNAVAILABLE
    message = "Texts cannot be embedded: {reason}."


def open_embedder(url: str) -> Embedder:
    """`lsa:///folder` learns from the shop's own texts and keeps what it learned in that folder."""
    parts = urlsplit(url)
    if parts.scheme == "lsa" and parts.path:
        from vici.infra.embeddings.lsa import LsaEmbedder

        return LsaEmbedder(Path(parts.path.removeprefix("/")) / "lsa.npz")
    raise EmbeddingsUnavailable(reason=f"VICI_EMBEDDINGS: {url!r} is not known; use lsa:///folder")
