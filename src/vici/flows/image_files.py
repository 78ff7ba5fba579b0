"""A folder of pictures becomes the shop's: each is shown at `/images/` and its path in the folder."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from vici.infra.blobs.blobs import BadBlobName, Blobs
from vici.infra.blobs.image_types import IMAGE_BYTES_MAX, image_fault
from vici.kit.errors import Refusal, Why


class BadImagesFolder(Refusal):
    code = "images.bad_folder"
    why = Why.INVALID
    message = "{folder}: {reason}."


class BadImage(NamedTuple):
    """A file that was not taken."""

    file: str
    reason: str


@dataclass
class ImagesReport:
    addresses: dict[str, str] = field(default_factory=dict[str, str])
    """By file, what a product's `image_url` says: a space is `%20` in it."""
    rejected: list[BadImage] = field(default_factory=list[BadImage])
    dry_run: bool = False


async def import_images(blobs: Blobs, folder: Path, names: Sequence[str], *, dry_run: bool = False) -> ImagesReport:
    """Keep these files of the folder, replacing what was there under their names. What is no picture is told."""
    report = ImagesReport(dry_run=dry_run)
    for name in names:
        content = await asyncio.to_thread(_read, folder / name)
        fault = image_fault(name, content) if isinstance(content, bytes) else content
        if fault is None and isinstance(content, bytes):
            try:
                if not dry_run:
                    await blobs.put(name, content)
                report.addresses[name] = f"/images/{quote(name)}"
                continue
            except BadBlobName:
                fault = "its name holds a sign no address can"
        report.rejected.append(BadImage(name, fault or ""))
    return report


def names_in(folder: Path) -> list[str]:
    """The files in the folder and in those inside, by their paths in it. Files and folders whose names begin with a dot
    are passed over. Refuses a folder without any."""
    if not folder.is_dir():
        raise BadImagesFolder(folder=folder, reason="there is no such folder")
    files = (each for each in folder.rglob("*") if each.is_file())
    names = (each.relative_to(folder) for each in files)
    found = sorted(each.as_posix() for each in names if not any(part.startswith(".") for part in each.parts))
    if not found:
        raise BadImagesFolder(folder=folder, reason="there is no file in it")
    return found


def _read(file: Path) -> bytes | str:
    try:
        with file.open("rb") as opened:
            return opened.read(IMAGE_BYTES_MAX + 1)
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
