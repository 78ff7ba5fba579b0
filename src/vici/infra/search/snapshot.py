"""Arrays in one file: whole or not at all."""

import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[np.generic]]


class BadSnapshot(Exception):
    """There is no such file, or it is not what was saved. What it was made from still exists: make it again."""


def save_snapshot(path: Path, arrays: Arrays) -> None:
    """Write the arrays to the file. A crash in the middle leaves what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def load_snapshot(path: Path) -> dict[str, NDArray[np.generic]]:
    """What was saved; every byte is checked against its checksum."""
    try:
        # Opened here, because a file that turns out to be no archive would be left open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, KeyError) as error:
        raise BadSnapshot(str(error)) from error


# U+0000 stands in no text of ours (`kit.dto.NO_NUL`), so it can part them.
def packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts as an array: none of them empty, none holding U+0000."""
    return np.frombuffer("\0".join(texts).encode(), np.uint8)


def unpacked(array: NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode().split("\0") if len(array) else []
