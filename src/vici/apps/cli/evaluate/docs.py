"""vici evaluate docs"""

from pathlib import Path
from typing import Annotated, Any

import typer

from vici.apps.cli.evaluate.figures import FailUnder, show
from vici.apps.cli.evaluate.rows import read_rows
from vici.apps.cli.options import Json

_LOOK = 100


def command(
    passages: Annotated[Path, typer.Option(help="Columns lang, pid, text.")],
    questions: Annotated[Path, typer.Option(help="Columns lang, question, pid (of the passage that answers).")],
    language: Annotated[str | None, typer.Option("--lang", help="Only this language; all when absent.")] = None,
    fold: Annotated[bool, typer.Option("--fold", help="Ask without accents, as people type on a phone.")] = False,
    as_json: Json = False,
    fail_under: FailUnder = None,
) -> None:
    """Measure how well passages are found: the mean reciprocal rank of the one that answers, over all questions.

    Examples:

        vici evaluate docs --passages passages.parquet --questions questions.parquet

        vici evaluate docs --passages p.jsonl --questions q.jsonl --lang vi --fold --fail-under mrr=0.94
    """
    from vici.domains.knowledge.api import Passage
    from vici.domains.knowledge.use_cases.find_passages import PassageIndex
    from vici.kit.text import folded

    def of_language(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if language is None or row["lang"] == language]

    index = PassageIndex()
    for row in of_language(read_rows(passages, ("lang", "pid", "text"))):
        pid, lang, text = str(row["pid"]), str(row["lang"]), str(row["text"])
        index.put_passages(pid, lang, [Passage(slug=pid, language=lang, title="–", heading="", text=text, score=0)])
    ranks: list[int] = []
    for row in of_language(read_rows(questions, ("lang", "question", "pid"))):
        asked = folded(str(row["question"])) if fold else str(row["question"])
        found = [passage.slug for passage in index.find(asked, str(row["lang"]), _LOOK)]
        ranks.append(found.index(str(row["pid"])) + 1 if str(row["pid"]) in found else 0)
    count = len(ranks) or 1
    figures: dict[str, float | int | str] = {
        "mrr": sum(1 / rank for rank in ranks if rank) / count,
        "recall@1": sum(rank == 1 for rank in ranks) / count,
        "recall@5": sum(1 <= rank <= 5 for rank in ranks) / count,
        "questions": len(ranks),
    }
    show(figures, as_json=as_json, fail_under=fail_under)
