"""Parquet, read a few rows at a time."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from vici.flows.import_catalog.sources.rows import BadSource, OpenedFile, Row, Rows, Unreadable, once

ROWS_AT_ONCE = 500


@contextmanager
def open_parquet(path: Path) -> Generator[OpenedFile]:
    if find_spec("pyarrow") is None:
        raise BadSource(source=path, reason="Parquet needs the extra: pip install 'vici[parquet]'")
    import pyarrow
    from pyarrow import parquet

    arrow = cast("Any", pyarrow)  # it has no types
    faults: tuple[type[Exception], ...] = (arrow.ArrowException, OSError, ValueError, OverflowError)
    with ExitStack() as stack:
        try:
            file = stack.enter_context(cast("Any", parquet).ParquetFile(path))
        except faults as error:
            raise BadSource(source=path, reason=f"it is not a whole Parquet file ({_first_line(error)})") from None
        total = max(1, file.metadata.num_rows)
        read = 0

        def rows() -> Rows:
            nonlocal read
            batches = file.iter_batches(batch_size=ROWS_AT_ONCE)
            while True:
                try:
                    batch = next(batches, None)
                    values: list[dict[str, Any]] = [] if batch is None else batch.to_pylist()
                except faults as error:
                    yield Unreadable(read + 1, "", f"this and what follows cannot be read ({_first_line(error)})")
                    return
                if batch is None:
                    return
                for cells in values:
                    read += 1
                    yield Row(read, cells)

        yield OpenedFile(once(tuple(file.schema_arrow.names), path), rows(), lambda: read / total)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
