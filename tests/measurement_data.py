"""Where the public data lies that the shop is measured on. It is not part of the project."""

import os
from pathlib import Path

import pytest


class NoMeasurementData(pytest.skip.Exception):
    """Not a service that could be installed: skips with `--require-services` too."""


def measurement_data() -> Path:
    """The folder; skips the test, with the reason, where it is absent."""
    folder = Path(os.environ.get("VICI_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
    if not (folder / "dev").is_dir():
        raise NoMeasurementData(f"the measurement data is not in {folder} (VICI_TEST_DATA names another folder)")
    return folder
