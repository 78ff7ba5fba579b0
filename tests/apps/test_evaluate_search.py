"""Measuring the search: the figures are right, and the commands say them."""

import json
import random
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer import Typer
from typer.testing import CliRunner

from tests.measurement_data import measurement_data
from vici.apps.cli.evaluate import filters, metrics, search
from vici.apps.cli.evaluate.rows import UnreadableFile


def test_a_perfect_list_scores_1_and_a_bad_one_less() -> None:
    judged = {"a": 3, "b": 1, "c": 0}
    assert metrics.ndcg(["a", "b"], judged) == 1
    assert metrics.ndcg(["b", "a"], judged) == pytest.approx((1 + 3 / 1.58496) / (3 + 1 / 1.58496), abs=1e-4)
    assert metrics.ndcg(["x", "a", "b"], judged) == pytest.approx(metrics.ndcg(["c", "a", "b"], judged) or 0)
    assert metrics.ndcg(["x", "a", "b"], judged, condensed=True) == 1
    assert metrics.ndcg(["a", "a", "a"], judged) == metrics.ndcg(["a"], judged)
    assert metrics.ndcg(["a"], {"a": 0}) is None
    assert metrics.reciprocal_rank(["c", "a"], judged) == 0.5
    assert metrics.reciprocal_rank(["c", "b"], judged) == 0
    assert metrics.recall(["a"], judged) == 1
    assert metrics.judged_share(["a", "x"], judged) == 0.5
    assert metrics.judged_share([], judged) is None


def test_filters_are_scored_one_by_one_and_as_a_whole() -> None:
    figures = metrics.filter_figures([({"price_max": 5}, {"price_max": 5}), ({"price_min": 1}, {})])
    assert figures == {"exact_match": 0.5, "precision": 1, "recall": 0.5, "f1": pytest.approx(2 / 3)}
    assert metrics.filter_figures([({}, {})])["f1"] == 1


def test_an_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    chance = random.Random(3)
    values = [chance.random() for _ in range(40)]
    low, high = metrics.bootstrap(values)
    assert low < metrics.mean(values) < high
    assert metrics.bootstrap(values) == (low, high)


@pytest.fixture(scope="module")
def scorers() -> ModuleType:
    """The scorers that lie beside the measurement data."""
    spec = spec_from_file_location("scorers", measurement_data() / "scorers.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_items = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=14, unique=True)
_judged = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 3), min_size=1, max_size=12)


@given(
    run=st.dictionaries(st.sampled_from("123"), _items),
    judgements=st.dictionaries(st.sampled_from("1234"), _judged, min_size=1),
)
def test_our_figures_are_those_of_the_scorers(
    scorers: ModuleType, run: dict[str, list[str]], judgements: dict[str, dict[str, int]]
) -> None:
    ours = metrics.of_all(run, judgements)
    _, theirs = scorers.score_search(run, judgements)
    for name in ("ndcg@10", "ndcg@10_condensed", "mrr", "recall@100", "judged@10"):
        assert ours.get(name, {}) == pytest.approx(theirs[name])


@given(
    st.lists(
        st.tuples(_filters := st.dictionaries(st.sampled_from(["price_min", "currency"]), st.integers(0, 2)), _filters),
        min_size=1,
    )
)
def test_our_figures_of_filters_are_those_of_the_scorers(
    scorers: ModuleType, pairs: list[tuple[dict[str, int], dict[str, int]]]
) -> None:
    ours, theirs = metrics.filter_figures(pairs), scorers.score_filters(pairs)
    assert ours["exact_match"] == theirs["exact_match"]
    assert ours["precision"] == pytest.approx(theirs["precision"])
    assert ours["recall"] == pytest.approx(theirs["recall"])


def test_intervals_are_those_of_the_scorers(scorers: ModuleType) -> None:
    values = [0.1, 0.5, 0.9, 1.0, 0.0, 0.3]
    assert tuple(metrics.bootstrap(values)) == scorers.bootstrap_ci(values)


def test_judgements_are_read_in_both_formats() -> None:
    expected = {"q1": {"a": 3, "b": 0}, "q2": {"a": 1}}
    assert search.parse_judgements(["qid\tdocid\trating", "q1\ta\t3", "q1\tb\t0", "q2\ta\t1"]) == expected
    assert search.parse_judgements(["q1 0 a 3", "q1 0 b 0", "", "q2 0 a 1"]) == expected


def test_a_file_of_judgements_that_is_none_is_refused(tmp_path: Path) -> None:
    for content in ("only one\n", "q\ta\tmany\n"):
        (tmp_path / "q.tsv").write_text(content)
        with pytest.raises(UnreadableFile):
            search.read_judgements(tmp_path / "q.tsv")
    with pytest.raises(UnreadableFile, match="No such file"):
        search.read_judgements(tmp_path / "absent.tsv")


@pytest.fixture
def commands() -> Typer:
    app = Typer()
    app.command("search")(search.command)
    app.command("filters")(filters.command)
    return app


@pytest.fixture
def judged_shop(tmp_path: Path) -> dict[str, Path]:
    rows = [
        ("lamp-oak", "Đèn bàn gỗ sồi", 450000), ("lamp-tin", "Đèn bàn thép", 350000),
        ("chair", "Ghế dựa gỗ sồi", 990000),
        ("chair-red", "Ghế dựa nhựa đỏ", 290000), ("shelf", "Kệ sách gỗ thông", 790000),
    ]  # fmt: skip
    files = {
        name: tmp_path / f"{name}.{kind}" for name, kind in (("catalog", "csv"), ("queries", "tsv"), ("qrels", "tsv"))
    }
    files["catalog"].write_text(
        "product_id,product_name,original_price\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)
    )
    files["queries"].write_text("qid\tquery\n1\tden ban\n2\tghế gỗ\n3\tzzyzx\n")
    files["qrels"].write_text(
        "qid\tdocid\trating\n1\tlamp-oak\t3\n1\tlamp-tin\t3\n2\tchair\t3\n2\tchair-red\t0\n3\tshelf\t2\n"
    )
    return files


def test_the_search_command_measures_a_file(commands: Typer, judged_shop: dict[str, Path], tmp_path: Path) -> None:
    run = tmp_path / "run.trec"
    options = [word for name, path in judged_shop.items() for word in (f"--{name}", str(path))]
    result = CliRunner().invoke(commands, ["search", *options, "--json", "--run-out", str(run)])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures["queries"] == 3
    assert figures["ndcg@10"] == pytest.approx(2 / 3)
    assert figures["ndcg@10_low"] <= figures["ndcg@10"] <= figures["ndcg@10_high"]
    assert figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"]
    assert {line.split()[2] for line in run.read_text().splitlines()[:2]} == {"lamp-oak", "lamp-tin"}


def test_the_search_command_fails_under_a_floor_and_shows_the_worst(
    commands: Typer, judged_shop: dict[str, Path]
) -> None:
    options = [word for name, path in judged_shop.items() for word in (f"--{name}", str(path))]
    result = CliRunner().invoke(commands, ["search", *options, "--fail-under", "ndcg@10=0.99"])
    assert result.exit_code == 1
    assert "zzyzx" in result.stdout


def test_the_filters_command_measures_a_file(commands: Typer, tmp_path: Path) -> None:
    lines = [
        {"query": "laptop dưới 20 triệu", "rest": "laptop", "filters": {"price_max": 20000000.0, "currency": "vnd"}},
        {"query": "7 up", "rest": "7 up", "filters": {"price_max": 7}},
    ]
    (tmp_path / "f.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "goals.csv").write_text("goal\na red chair\na lamp under $5\n")
    result = CliRunner().invoke(
        commands, ["filters", str(tmp_path / "f.jsonl"), "--goals", str(tmp_path / "goals.csv"), "--json"]
    )
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert (figures["exact_match"], figures["precision"], figures["rest_match"]) == (0.5, 1.0, 1.0)
    assert figures["false_positives"] == 0.5


def test_the_measured_search_stays_good(commands: Typer) -> None:
    """The floors leave room for the chance of a changed rounding, not for a lost signal."""
    data = measurement_data()
    options = ["--catalog", str(data / "common/search_icecat_products.parquet"), "--currency", "USD"]
    options += [
        "--queries",
        str(data / "dev/search_icecat_queries.tsv"),
        "--qrels",
        str(data / "dev/search_icecat_qrels.tsv"),
    ]
    floors = ["--fail-under", "ndcg@10=0.82", "--fail-under", "ndcg@10_condensed=0.88"]
    result = CliRunner().invoke(commands, ["search", *options, *floors, "--json"])
    assert result.exit_code == 0, result.output
