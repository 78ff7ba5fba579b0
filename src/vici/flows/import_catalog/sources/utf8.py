"""Text files are checked whole before their first row is used: a fault in the middle must not leave half an import."""

import codecs
from pathlib import Path

from vici.flows.import_catalog.sources.rows import BadSource

BLOCK_BYTES = 1 << 20
# A file whose lines never end, or a quote that is never closed, would otherwise be one row of any size.
LINE_BYTES_MAX = 8 << 20

_OTHER_ENCODINGS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"\x1f\x8b": "compressed",
    b"PAR1": "Parquet, whose name must end in .parquet",
}


def check_utf8(path: Path) -> None:
    """Refuse what is not UTF-8 text, with or without a byte order mark."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, line_bytes = 1, 0
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in _OTHER_ENCODINGS.items():
            if start.startswith(mark):
                raise BadSource(source=path, reason=f"it is {name}; save it as UTF-8 text")
        block = start + file.read(BLOCK_BYTES)
        while block:
            following = file.read(BLOCK_BYTES)
            try:
                decoder.decode(block, final=not following)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise BadSource(
                    source=path,
                    reason=f"line {line} is not UTF-8 (byte {error.object[error.start]:#04x}); save it as UTF-8",
                ) from None
            newlines = block.count(b"\n")
            line_bytes = len(block) - block.rfind(b"\n") - 1 if newlines else line_bytes + len(block)
            line += newlines
            if line_bytes > LINE_BYTES_MAX:
                raise BadSource(source=path, reason=f"line {line} is longer than {LINE_BYTES_MAX >> 20} MiB")
            block = following
