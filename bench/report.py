"""What a proof or a benchmark ends with: one line of JSON."""

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Report:
    passed: bool
    figures: dict[str, float | int | str | dict[str, float]] = field(default_factory=dict)

    def line(self, name: str) -> str:
        return json.dumps({"name": name, "passed": self.passed, "figures": self.figures}, ensure_ascii=False)
