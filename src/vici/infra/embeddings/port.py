"""What turns texts into vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    dimensions: int

    @property
    def model(self) -> str:
        """Names what makes the vectors: those of different models do not compare. Empty while it knows nothing yet."""
        ...

    async def learn(self, texts: Sequence[str]) -> None:
        """Fit to the shop's own texts, where the model is made from them; the others leave them unread. `model` may be
        another one afterwards. What was learned outlives the process."""
        ...

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text; a row of zeros where nothing of the text is known."""
        ...
