"""vici evaluate search"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vici.apps.cli.evaluate import metrics
from vici.apps.cli.evaluate.figures import FailUnder, show
from vici.apps.cli.evaluate.rows import UnreadableFile, read_rows
from vici.apps.cli.options import Json

DEPTH = 100
WORST = 10
TAG = "vici"
# The search of weights: each in turn to the best of these, twice around, kept as it is unless another is better by more
# than chance: so much of the figure.
STEPS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2)
ROUNDS = 2
FOLDS = 5
BETTER_BY = 0.001

Run = dict[str, list[str]]
Judgements = Mapping[str, Mapping[str, int]]


def command(
    catalog: Annotated[Path, typer.Option(help="The products, in a file `vici import` takes.")],
    queries: Annotated[Path, typer.Option(help="Columns qid, query.")],
    qrels: Annotated[Path, typer.Option(help="Columns qid, docid, rating; or TREC's `qid 0 docid rating`.")],
    run_out: Annotated[Path | None, typer.Option(help="Write what was found, in TREC's run format.")] = None,
    currency: Annotated[str, typer.Option(help="Of prices that name none.")] = "VND",
    tune: Annotated[bool, typer.Option("--tune", help="Choose the ranking's weights by cross-validation.")] = False,
    as_json: Json = False,
    fail_under: FailUnder = None,
) -> None:
    """Measure the search on judged queries: nDCG@10 (also without what was never judged), MRR, recall@100, with 95 %
    intervals; how long a search takes; which queries fare worst.

    Examples:

        vici evaluate search --catalog products.parquet --queries queries.tsv --qrels qrels.tsv

        vici evaluate search --catalog p.csv --queries q.tsv --qrels r.tsv --json --fail-under ndcg@10=0.78
    """
    asked = {str(row["qid"]): str(row["query"]) for row in read_rows(queries, ("qid", "query"))}
    judged = read_judgements(qrels)
    figures, by_query, run = asyncio.run(_measure(catalog, asked, judged, currency, tune=tune))
    if run_out:
        write_run(run_out, run)
    if not as_json:
        _show_worst(asked, by_query)
    show(figures, as_json=as_json, fail_under=fail_under)


async def _measure(
    catalog: Path, asked: Mapping[str, str], judged: Judgements, currency: str, *, tune: bool
) -> tuple[dict[str, float | int | str], dict[str, dict[str, float]], Run]:
    from vici.apps.cli.evaluate.shop import searchable
    from vici.domains.search.service import SearchService

    note = Console(stderr=True)
    with note.status("Indexing …"):
        opened = searchable(catalog, currency)
        search = await opened.__aenter__()
    try:
        run, seconds = await run_queries(search.search, asked)
        by_figure = metrics.of_all(run, judged)
        figures: dict[str, float | int | str] = {}
        for name, values in by_figure.items():
            figures[name] = metrics.mean(list(values.values()))
            figures[f"{name}_low"], figures[f"{name}_high"] = metrics.bootstrap(list(values.values()))
        figures |= {"queries": len(by_figure.get("ndcg@10", ())), **latency(seconds)}
        if tune:
            assert isinstance(search, SearchService)
            figures |= await _tuned(search, asked, judged, note)
        return figures, by_figure, run
    finally:
        await opened.__aexit__(None, None, None)


async def run_queries(
    search: Callable[[Any], Awaitable[Any]], asked: Mapping[str, str], limit: int = DEPTH
) -> tuple[Run, list[float]]:
    """What each query finds, and how long it took, in seconds."""
    from vici.domains.search.api import SearchProducts

    run: Run = {}
    seconds: list[float] = []
    for query_id, words in asked.items():
        started = time.perf_counter()
        results = await search(SearchProducts(words=words, language="en", limit=limit))
        seconds.append(time.perf_counter() - started)
        run[query_id] = [hit.card.product_id for hit in results.hits]
    return run, seconds


def latency(seconds: Sequence[float]) -> dict[str, float]:
    """Percentiles in milliseconds."""
    ordered = sorted(seconds) or [0.0]
    return {f"p{each}_ms": ordered[min(len(ordered) - 1, len(ordered) * each // 100)] * 1000 for each in (50, 95, 99)}


async def _tuned(search: Any, asked: Mapping[str, str], judged: Judgements, note: Console) -> dict[str, float | str]:
    """Weights chosen on some queries and measured on the others; then chosen on all."""
    from vici.domains.search.rules.ranking import Weights

    tried: dict[Weights, dict[str, float]] = {}
    judged_queries = {query_id: words for query_id, words in asked.items() if any(judged.get(query_id, {}).values())}

    async def quality(weights: Weights, query_ids: Sequence[str]) -> float:
        """The mean of nDCG and condensed nDCG: one counts the unjudged as wrong, the other not at all."""
        if weights not in tried:
            run, _ = await run_queries(search.weighing(weights).search, judged_queries)
            of = metrics.of_all(run, judged)
            tried[weights] = {each: (of["ndcg@10"][each] + of["ndcg@10_condensed"][each]) / 2 for each in of["ndcg@10"]}
        return metrics.mean([tried[weights][each] for each in query_ids])

    async def chosen(query_ids: Sequence[str]) -> Weights:
        best = Weights()
        for _ in range(ROUNDS):
            for name in Weights._fields:
                for step in STEPS:
                    candidate = best._replace(**{name: step})
                    if await quality(candidate, query_ids) > await quality(best, query_ids) + BETTER_BY:
                        best = candidate
        return best

    shuffled = random.Random(1).sample(sorted(judged_queries), len(judged_queries))
    unseen: list[float] = []
    for fold in range(FOLDS):
        with note.status(f"Choosing weights, fold {fold + 1} of {FOLDS} …"):
            held = shuffled[fold::FOLDS]
            weights = await chosen([each for each in shuffled if each not in held])
            unseen += [await quality(weights, [each]) for each in held]
    with note.status("Choosing weights on all queries …"):
        weights = await chosen(shuffled)
    return {
        "tuned_quality_unseen": metrics.mean(unseen),
        "quality_now": await quality(Weights(), shuffled),
        **{f"weight_{name}": value for name, value in weights._asdict().items()},
    }


def _show_worst(asked: Mapping[str, str], by_figure: Mapping[str, Mapping[str, float]]) -> None:
    table = Table("Worst queries", "nDCG@10", "condensed", "judged@10", box=None, pad_edge=False)
    worst = sorted(by_figure.get("ndcg@10", {}).items(), key=lambda each: each[1])[:WORST]
    for query_id, value in worst:
        others = [by_figure.get(name, {}).get(query_id) for name in ("ndcg@10_condensed", "judged@10")]
        table.add_row(
            asked.get(query_id, query_id), *("–" if each is None else f"{each:.3f}" for each in [value, *others])
        )
    Console().print(table)


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return parse_judgements(lines)
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from None
    except (ValueError, IndexError):
        raise UnreadableFile(path=path, reason="its lines must be `qid docid rating` or `qid 0 docid rating`") from None


def parse_judgements(lines: Sequence[str]) -> dict[str, dict[str, int]]:
    """Of tab-separated lines, or of TREC's, which have a zero in their second place."""
    judged: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines):
        parts = line.split("\t") if "\t" in line else line.split()
        if not parts or (number == 0 and parts[0] == "qid"):
            continue
        query_id, *_, product_id, rating = parts
        judged.setdefault(query_id, {})[product_id] = int(float(rating))
    return judged


def write_run(path: Path, run: Mapping[str, Sequence[str]]) -> None:
    """In TREC's format: query, Q0, item, place, score (falling with the place), name of the run."""
    with path.open("w", encoding="utf-8") as file:
        for query_id, found in run.items():
            for place, product_id in enumerate(found, 1):
                file.write(f"{query_id} Q0 {product_id} {place} {1 / place:.6f} {TAG}\n")
