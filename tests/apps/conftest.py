"""Runs commands as a person or a script does."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import structlog

from vici.apps.cli.main import main

PRODUCTS = """product_id,product_name,original_price,count,sku
tee,Áo thun cổ tròn,199000,5,TEE-1
mug,Cốc sứ trắng,59000,0,MUG-1
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        return json.loads(self.out)


Vici = Callable[..., Ran]


@pytest.fixture
def vici(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Vici:
    """Runs the command in a folder of its own; what it logs is left out of `err`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VICI_LOG_LEVEL", "ERROR")
    monkeypatch.setenv("COLUMNS", "200")
    interval = sys.getswitchinterval()

    def run(*words: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["vici", *words])
        code = 0
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            # What `serve` sets for its whole process is not for the tests that follow in this one.
            structlog.reset_defaults()
            sys.setswitchinterval(interval)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    (tmp_path / "products.csv").write_text(PRODUCTS)
    return run
