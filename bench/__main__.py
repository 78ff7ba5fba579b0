"""python -m bench proof NAME | bench NAME | proofs | benches, each with the options of that proof or benchmark."""

import importlib
import pkgutil
import sys
from keyword import iskeyword
from types import ModuleType

import bench.figures
import bench.proofs
from bench.report import Report

_KINDS = {"proof": bench.proofs, "bench": bench.figures}


def _names(package: ModuleType) -> list[str]:
    return sorted(
        module.name.rstrip("_").replace("_", "-")
        for module in pkgutil.iter_modules(package.__path__)
        if not module.name.startswith("_")
    )


def _run(package: ModuleType, name: str, options: list[str]) -> bool:
    file = name.replace("-", "_") + "_" * iskeyword(name)
    module = importlib.import_module(f"{package.__name__}.{file}")
    report: Report = module.run(options)
    print(report.line(name), flush=True)
    return report.passed


def main(words: list[str]) -> int:
    match words:
        case ["proofs" | "benches" as all_of_them]:
            package = _KINDS[all_of_them.removesuffix("s").removesuffix("e")]
            passed = [_run(package, name, []) for name in _names(package)]
            return 0 if all(passed) else 1
        case ["proof" | "bench" as kind, name, *options] if name in _names(_KINDS[kind]):
            return 0 if _run(_KINDS[kind], name, options) else 1
        case _:
            known = "; ".join(f"{kind}: {', '.join(_names(package))}" for kind, package in _KINDS.items())
            print(f"usage: make proof NAME=… | make bench NAME=… ({known})", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
