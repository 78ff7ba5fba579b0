"""The list of drawings, by the name a product's `picture` calls them."""

from collections.abc import Callable
from typing import TypeVar

KINDS: dict[str, Callable[..., None]] = {}
"""Full once the package is imported."""

Drawing = TypeVar("Drawing", bound=Callable[..., None])


def drawing(function: Drawing) -> Drawing:
    """Makes `power_bank` the drawing `power-bank`. It draws on the canvas `c`; its keyword arguments, numbers or words,
    are what a product may vary."""
    KINDS[function.__name__.replace("_", "-")] = function
    return function
