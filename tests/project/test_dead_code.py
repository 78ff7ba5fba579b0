"""Nothing in the product that nothing uses."""

import re
from pathlib import Path

import pytest
from vulture import Vulture

ROOT = Path(__file__).parents[2]
# Called by a framework, or by Python, by name.
CALLED_BY_NAME = re.compile(
    r"^(model_config|cache_ok|impl|inherit_cache|type|name|revision|down_revision|branch_labels|upgrade"
    r"|process_bind_param|process_result_value|get_route_handler|handlers|__init_subclass__)$"
)
# The inbox is there for consumers whose work may not be repeated; those of today may repeat theirs.
OFFERED = {"first_time"}


def test_every_function_class_and_variable_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    finder = Vulture(
        ignore_decorators=[
            "@*.get",
            "@*.post",
            "@*.put",
            "@*.patch",
            "@*.delete",
            "@*.exception_handler",
            "@*validator",
            "@compiles",
            "@event.*",
            "@drawing",  # products name drawings in their files; a test of the demo shop tells those that none names
        ]
    )
    finder.scavenge([ROOT / "src"])
    templates = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.html"))
    unused = []
    for item in finder.get_unused_code():
        line = Path(item.filename).read_text().splitlines()[item.first_lineno - 1]
        # The fields of values that travel, and the members of enumerations, are used by those they travel to.
        if (
            item.typ == "variable"
            and line.startswith("    ")
            and re.match(r"\s+\w+(:| = )", line)
            and not line.startswith("        ")
        ):
            continue
        if item.name in OFFERED or re.search(rf"\.{item.name}\b", templates):
            continue
        if CALLED_BY_NAME.match(item.name) or "/migrations/" in str(item.filename):
            continue
        unused.append(f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: {item.typ} {item.name}")
    assert unused == []
