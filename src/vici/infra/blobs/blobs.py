"""One client for every store: obstore is the adapter."""

import hashlib
import mimetypes
import re
from typing import NamedTuple

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from vici.kit.errors import Refusal, Why

_NAME = re.compile(r"[^\x00-\x1f\x7f\\]{1,500}")
# Not in every system's table of types, and an image served as text is no image.
_TYPES = {".svg": "image/svg+xml", ".webp": "image/webp", ".avif": "image/avif"}


class BlobsUnavailable(Refusal):
    code = "blobs.unavailable"
    why = Why.UNAVAILABLE
    message = "The store of images and files cannot be used: {reason}."


class BadBlobName(Refusal):
    code = "blobs.bad_name"
    why = Why.UNKNOWN
    message = "{name!r} names no file here."


class Blob(NamedTuple):
    content: bytes
    content_type: str
    etag: str


class Blobs:
    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, name: str, content: bytes) -> None:
        """Keep the content under this name, replacing what was there. The name's ending tells its type."""
        _check(name)
        try:
            await obstore.put_async(self._store, name, content)
        except BaseError as error:
            raise BlobsUnavailable(reason=str(error).splitlines()[0]) from error

    async def get(self, name: str) -> Blob | None:
        """What is kept under this name, or nothing."""
        _check(name)
        try:
            content = bytes(await (await obstore.get_async(self._store, name)).bytes_async())
        except FileNotFoundError:
            return None
        except BaseError as error:
            raise BlobsUnavailable(reason=str(error).splitlines()[0]) from error
        return Blob(content, _type_of(name), hashlib.blake2b(content, digest_size=12).hexdigest())

    async def delete(self, name: str) -> None:
        """Forget it. Deleting what is not there is no fault."""
        _check(name)
        try:
            await obstore.delete_async(self._store, name)
        except FileNotFoundError:
            pass
        except BaseError as error:
            raise BlobsUnavailable(reason=str(error).splitlines()[0]) from error


def _check(name: str) -> None:
    """Stores differ in what they make of `..`, an empty part or a leading slash: none of them gets to see one."""
    if not _NAME.fullmatch(name) or any(part in ("", ".", "..") for part in name.split("/")):
        raise BadBlobName(name=name)


def _type_of(name: str) -> str:
    ending = "." + name.rpartition(".")[2].lower()
    return _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
