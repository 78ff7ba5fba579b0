"""Chooses where images and files are kept, from a URL."""

from pathlib import Path
from urllib.parse import urlsplit

from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, from_url

from vici.infra.blobs.blobs import Blobs, BlobsUnavailable


def open_blobs(url: str) -> Blobs:
    """`file:///folder`, `memory://`, or an object store obstore knows: `s3://bucket/prefix`, `gs://…`, `az://…`."""
    parts = urlsplit(url)
    try:
        match parts.scheme:
            case "file":
                folder = Path(parts.path.removeprefix("/"))
                return Blobs(LocalStore(folder, mkdir=True))
            case "memory":
                return Blobs(MemoryStore())
            case _:
                return Blobs(from_url(url, client_options={"timeout": "10s"}, retry_config={"max_retries": 3}))  # pyright: ignore[reportArgumentType]
    except (BaseError, ValueError, OSError) as error:
        raise BlobsUnavailable(reason=str(error).splitlines()[0]) from None
