"""How well the assistant understands and what it says: intents learnt from twenty examples each, passages found for
questions typed without accents, and the written conversations over the demo shop, every fact checked."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import measurement_data
from bench.report import Report

MUST = {
    "bitext_macro_f1": 0.95,
    "banking77_macro_f1": 0.80,
    "passages_vi_unaccented_mrr": 0.94,
    "conversations_passed": 1.0,
    "conversations_grounded": 1.0,
}


def run(options: list[str]) -> Report:
    argparse.ArgumentParser(prog="make bench NAME=assistant", description=__doc__).parse_args(options)
    talked = _evaluate("conversations")
    figures: dict[str, float | int | str | dict[str, float]] = {
        "conversations": talked["conversations"],
        "conversations_passed": talked["passed"],
        "conversations_grounded": talked["grounded"],
        "reply_ms_p50": round(talked["reply_ms_p50"], 1),
        "reply_ms_p99": round(talked["reply_ms_p99"], 1),
    }
    if not measurement_data.is_there():
        return Report(passed=False, figures=figures | {"absent": measurement_data.ABSENT})
    data = measurement_data.FOLDER
    for name in ("bitext", "banking77"):
        learnt = _evaluate("intents", data / f"dev/intent_{name}.csv.gz")
        figures[f"{name}_macro_f1"] = round(learnt["macro_f1"], 4)
    passages = ("--passages", data / "common/docqa_xquad_passages.parquet")
    questions = ("--questions", data / "dev/docqa_xquad_questions.parquet", "--lang", "vi")
    figures["passages_vi_mrr"] = round(_evaluate("docs", *passages, *questions)["mrr"], 4)
    figures["passages_vi_unaccented_mrr"] = round(_evaluate("docs", *passages, *questions, "--fold")["mrr"], 4)
    return Report(all(figures[name] >= least for name, least in MUST.items()), figures)  # type: ignore[operator]


def _evaluate(*words: str | Path) -> dict[str, Any]:
    command = [Path(sys.executable).with_name("vici"), "evaluate", *words, "--json"]
    print(*map(str, command[1:]), file=sys.stderr)
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
