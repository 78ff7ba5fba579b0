"""Full-text search: what is put is found, best first, whatever the order of the writes."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vici.infra.search.snapshot import BadSnapshot, load_snapshot, save_snapshot
from vici.infra.search.text_index import FieldWeight, TextIndex
from vici.kit.text import terms

FIELDS = {"title": FieldWeight(3, 0.75), "body": FieldWeight(1, 0.75)}
Texts = Mapping[str, str]


def index(documents: Mapping[str, Texts] | None = None) -> TextIndex:
    made = TextIndex(FIELDS, terms)
    made.put(list((documents or {}).items()))
    return made


def ids(found: Sequence[tuple[str, float]]) -> list[str]:
    return [document_id for document_id, _ in found]


def test_a_title_counts_more_than_a_body_and_a_rare_word_more_than_a_usual_one() -> None:
    made = index({
        "a": {"title": "red lamp", "body": "for reading"},
        "b": {"title": "green lamp", "body": "its red shade"},
        "c": {"title": "blue lamp", "body": "plain"},
    })  # fmt: skip
    assert ids(made.search("red", 10)) == ["a", "b"]
    assert ids(made.search("blue lamp", 10))[0] == "c"
    assert made.search("table", 10) == []
    assert made.search("", 10) == []


def test_equals_come_in_the_order_of_their_ids() -> None:
    made = index({name: {"title": "lamp"} for name in ("c", "a", "b")})
    assert ids(made.search("lamp", 2)) == ["a", "b"]


def test_a_replaced_document_is_found_by_its_new_words_alone() -> None:
    made = index({"a": {"title": "lamp"}, "b": {"title": "table"}})
    made.put([("a", {"title": "chair"})])
    assert made.search("lamp", 10) == []
    assert ids(made.search("chair", 10)) == ["a"]
    assert len(made) == 2


def test_a_removed_document_is_gone_and_its_place_is_taken_again() -> None:
    made = index({"a": {"title": "lamp"}, "b": {"title": "lamp"}})
    slot = made.slot("a")
    made.remove(["a", "never there"])
    assert ids(made.search("lamp", 10)) == ["b"]
    assert "a" not in made
    made.put([("c", {"title": "lamp"})])
    assert made.slot("c") == slot
    assert ids(made.search("lamp", 10)) == ["b", "c"]


def test_an_unknown_field_is_a_mistake_that_changes_nothing() -> None:
    made = index({"a": {"title": "lamp"}})
    with pytest.raises(KeyError):
        made.put([("b", {"title": "lamp", "colour": "red"})])
    assert ids(made.search("lamp", 10)) == ["a"]


def test_a_view_does_not_show_what_is_written_later() -> None:
    made = index({"a": {"title": "lamp"}})
    before = made.view
    made.put([("a", {"title": "chair"}), ("b", {"title": "lamp"})])
    made.remove(["a"])
    assert [before.ids[slot] for slot in before.best(before.scores({"lamp": 1}), 10)] == ["a"]
    assert before.slot("b") is None
    assert before.frequency("chair") == 0


def test_coverage_weighs_what_is_met_by_how_rare_it_is() -> None:
    made = index({"a": {"title": "red lamp"}, "b": {"title": "green lamp"}, "c": {"title": "green chair"}})
    covered = made.view.coverage([[("red",), ("crimson",)], [("lamp",)]])
    a, b, c = (float(covered[made.slot(name) or 0]) for name in "abc")
    assert a == pytest.approx(1)
    assert 0 < b < 0.5
    assert c == 0


def test_together_counts_documents_with_all_terms_in_one_field() -> None:
    made = index({"a": {"title": "red lamp"}, "b": {"title": "red", "body": "lamp"}})
    assert made.view.together(["red", "lamp"], 0) == 1
    assert made.view.together(["red"], 0) == 2
    assert made.view.together(["red", "never"], 0) == 0


_vocabulary = ["lamp", "chair", "table", "red", "green", "blue", "big", "small", "old", "new"]
_words = st.lists(st.sampled_from(_vocabulary), max_size=6).map(" ".join)
_names = st.sampled_from([f"d{number}" for number in range(12)])
_write = st.tuples(
    st.just("put"), st.dictionaries(_names, st.fixed_dictionaries({"title": _words, "body": _words}), max_size=5)
)
_removal = st.tuples(st.just("remove"), st.lists(_names, max_size=4))


@settings(max_examples=60, deadline=None)
@given(st.lists(_write | _removal, max_size=25), _words)
def test_however_it_grew_it_answers_as_one_built_at_once(steps: list[tuple[str, object]], query: str) -> None:
    grown, documents = index(), dict[str, Texts]()
    for step, content in steps:
        if step == "put":
            assert isinstance(content, dict)
            grown.put(list(content.items()))
            documents |= content
        else:
            assert isinstance(content, list)
            grown.remove(content)
            for name in content:
                documents.pop(name, None)
    built = index(dict(sorted(documents.items())))
    found, expected = grown.search(query, 20), built.search(query, 20)
    assert ids(found) == ids(expected)
    assert np.allclose([score for _, score in found], [score for _, score in expected])
    for term in terms(query):
        assert grown.view.frequency(term) == built.view.frequency(term)
    counted = dict(zip(grown.view.vocabulary, grown.view.counted(grown.view.owner >= 0).tolist(), strict=True))
    assert {term: count for term, count in counted.items() if count} == {
        term: built.view.frequency(term) for term in built.view.vocabulary
    }
    restored = index()
    restored.restore(grown.dump())
    assert restored.search(query, 20) == found
    restored.put([("new", {"title": query or "lamp"})])
    assert "new" in restored


def test_parts_that_do_not_belong_together_are_refused() -> None:
    arrays = index({"a": {"title": "red lamp"}}).dump()
    with pytest.raises(ValueError, match="belong together"):
        index().restore({**arrays, "starts": arrays["starts"][:-1]})


def test_a_snapshot_is_whole_or_refused(tmp_path) -> None:
    path = tmp_path / "deep" / "index.npz"
    with pytest.raises(BadSnapshot):
        load_snapshot(path)
    save_snapshot(path, index({"a": {"title": "lamp"}}).dump())
    again = index()
    again.restore(load_snapshot(path))
    assert ids(again.search("lamp", 1)) == ["a"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(BadSnapshot):
        load_snapshot(path)
    path.write_bytes(content[: len(content) // 3])
    with pytest.raises(BadSnapshot):
        load_snapshot(path)
    assert [each.name for each in path.parent.iterdir()] == ["index.npz"]
