"""Which test touches which lines of clocks and analysis, and how long it takes: kept from run to run while nothing changes."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.mutants.places import ROOT

KEPT = ROOT / "build" / "mutants-touched.json"
WATCHED = tuple(str(ROOT / "slachain" / floor) + os.sep for floor in ("clocks", "analysis"))


@dataclass(frozen=True)
class Touched:
    """One test: its processor time in seconds (while it is watched), and the lines it runs by path."""

    seconds: float
    lines: dict[str, list[int]]
    digest: str  # of these modules, and of the file that the test is in


def watched(run: Callable[[], object], file: Path) -> Touched:
    """What a test touches, run to its end."""
    found: dict[str, set[int]] = {}
    elsewhere: set[CodeType] = set()

    def called(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        if frame.f_code in elsewhere:
            return None
        path = frame.f_code.co_filename
        if not path.startswith(WATCHED):
            elsewhere.add(frame.f_code)
            return None
        add = found.setdefault(path, set()).add
        add(frame.f_lineno)

        def within(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
            add(frame.f_lineno)
            return within

        return within

    before = time.process_time()
    threading.settrace(called)
    sys.settrace(called)
    try:
        run()
    finally:
        sys.settrace(None)
    lines = {str(Path(path).relative_to(ROOT)): sorted(numbers) for path, numbers in found.items()}
    return Touched(time.process_time() - before, lines, digest_of(file, lines))


def digest_of(file: Path, touched: Iterable[str]) -> str:
    """Of what a test touches, roughly: the modules themselves, and the file that the test is in."""
    return sha256(b"".join(digest(str(path)) for path in (file, *sorted(touched)))).hexdigest()[:16]


@cache
def digest(path: str) -> bytes:
    """Of one file."""
    return sha256((ROOT / path).read_bytes()).digest()


def kept() -> dict[str, Touched]:
    """What earlier runs have found."""
    return {name: Touched(**one) for name, one in json.loads(KEPT.read_text()).items()} if KEPT.exists() else {}


def keep(found: dict[str, Touched]) -> None:
    """For later runs."""
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({name: asdict(one) for name, one in found.items()}))
