"""A file of the demo shop, and where in it something is wrong."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from vici.kit.errors import Refusal, Why

T = TypeVar("T")


class BadDemoFile(Refusal):
    code = "demo.bad_file"
    why = Why.INVALID
    message = "{file}, line {line}: {reason}."


class DemoFile:
    """YAML that people edit."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = path.read_text(encoding="utf-8")

    def read(self, kind: type[T]) -> T:
        """Its content as this type. Refuses what is not (`BadDemoFile`)."""
        try:
            return TypeAdapter(kind).validate_python(yaml.load(self._text, Loader=yaml.CSafeLoader))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise self._refused(error.problem or "this is not YAML", line) from None
        except ValidationError as error:
            # Of a value that may be of two types, the type that came furthest tells most.
            fault = max(error.errors(), key=lambda fault: len(fault["loc"]))
            raise self.wrong(fault["msg"], *fault["loc"]) from None

    def wrong(self, reason: str, *place: str | int, below: int = 0) -> BadDemoFile:
        """The refusal for what stands at this place (keys and positions, from the top), or so many lines below."""
        return self._refused(reason, self._line(place) + below)

    def _refused(self, reason: str, line: int) -> BadDemoFile:
        return BadDemoFile(file=self._path.name, line=line, reason=reason.rstrip("."))

    def _line(self, place: tuple[str | int, ...]) -> int:
        """From 1. Parses the file again, keeping positions, which is slow: only for files that are wrong."""
        node = yaml.compose(self._text, Loader=yaml.CSafeLoader)
        line = 1
        for step in place:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = (node.value[step], node.value[step])
            else:
                found = None
            if found is not None:  # pydantic also names the member of a union it tried, which is no place
                line, node = found[0].start_mark.line + 1, found[1]
        return line
