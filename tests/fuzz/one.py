"""One search: `python -m tests.fuzz.one TARGET CORPUS … [libFuzzer's options]`. An input's path alone tries that input."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["slachain"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    program, target, *options = sys.argv
    atheris.Setup([program, *options], TARGETS[target])
    atheris.Fuzz()
