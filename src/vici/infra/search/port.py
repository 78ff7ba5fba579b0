"""What keeps vectors and finds the nearest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""Of length 1, or all zeros for what nothing is known about."""

Metadata = Mapping[str, str | int | float | None]


class VectorEntry(NamedTuple):
    entry_id: str
    vector: Vector
    metadata: Metadata
    updated_at: datetime


class Similar(NamedTuple):
    entry_id: str
    score: float
    """The cosine of both vectors, from 0 to 1 (the same direction); what points away scores 0."""
    metadata: Metadata
    updated_at: datetime


class VectorIndex(Protocol):
    async def store(self, entries: Sequence[VectorEntry]) -> None:
        """Add these, or replace those with the same id. All of them have the dimensions of those that are there."""
        ...

    async def get(self, entry_ids: Sequence[str]) -> dict[str, Vector]:
        """The vectors of those that are there."""
        ...

    async def delete(self, entry_ids: Iterable[str]) -> None:
        """Forget these; those that are not there are passed over."""
        ...

    async def find_similar(self, vector: Vector, limit: int = 10, min_score: float = 0.75) -> list[Similar]:
        """The nearest, best first, equals by id; none scores below `min_score`."""
        ...

    async def scores(self, vector: Vector, entry_ids: Sequence[str]) -> NDArray[np.float32]:
        """How similar each of these is, in their order; 0 for those that are not there."""
        ...

    async def count(self) -> int:
        """How many there are."""
        ...

    async def clear(self) -> None:
        """Forget all of them: another model makes the vectors now, maybe with other dimensions."""
        ...

    async def close(self) -> None:
        """Keep what is to outlive the process."""
        ...
