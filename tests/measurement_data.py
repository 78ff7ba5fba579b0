"""Where the public data lies that the shop is measured on. It is not part of the project."""

from pathlib import Path

import pytest

from bench import measurement_data as measured


class NoMeasurementData(pytest.skip.Exception):
    """Not a service that could be installed: skips with `--require-services` too."""


def measurement_data() -> Path:
    """The folder; skips the test, with the reason, where it is absent."""
    if not measured.is_there():
        raise NoMeasurementData(measured.ABSENT)
    return measured.FOLDER
