"""Nothing in the product that nothing uses."""

import re
from pathlib import Path

import pytest
from vulture import Vulture

ROOT = Path(__file__).parents[2]
# Called by a framework, by name.
CALLED_BY_FRAMEWORKS = re.compile(
    r"^(model_config|cache_ok|impl|inherit_cache|type|name|revision|down_revision|branch_labels|upgrade|process_bind_param|process_result_value)$"
)


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
        if CALLED_BY_FRAMEWORKS.match(item.name) or "/migrations/" in str(item.filename):
            continue
        unused.append(f"{Path(item.filename).relative_to(ROOT)}:{item.first_lineno}: {item.typ} {item.name}")
    assert unused == []
