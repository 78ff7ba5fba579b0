"""Where the public data lies that the shop is measured on. It is not part of the project."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("VICI_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")
ABSENT = f"the measurement data is not in {FOLDER}; VICI_TEST_DATA names another folder"


def is_there() -> bool:
    return (FOLDER / "dev").is_dir()
