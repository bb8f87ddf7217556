"""A bar on the error stream, for runs of more than a second that somebody is watching."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slachain.decisions.reporting import Progress

PATIENCE = 1.0  # seconds


@contextmanager
def progress() -> Iterator[Progress]:
    """What to tell of how many promises are done; shows nothing on a stream that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    began = time.monotonic()
    with ExitStack() as stack:
        bar = Bar(console=Console(stderr=True), transient=True)
        task = bar.add_task("judging promises", total=None)
        shown = False

        def tell(done: int, of: int) -> None:
            nonlocal shown
            if not shown and time.monotonic() - began > PATIENCE:
                stack.enter_context(bar)
                shown = True
            bar.update(task, completed=done, total=of)

        yield tell
