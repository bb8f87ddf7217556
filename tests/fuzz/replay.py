"""Try an input again, without the fuzzer: `python -m tests.fuzz.replay tests/fuzz/found/text-…`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.fuzz.targets import TARGETS


def replay(path: Path) -> None:
    """Feed a kept input to the target that its name begins with. Raises what the target raises."""
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


if __name__ == "__main__":
    for name in sys.argv[1:]:
        replay(Path(name))
        print(f"{name}: holds")
