"""The long run: `python -m tests.simulation --catalogues 10000`. Exits 1 when something is found, and says with which seed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.simulation.batches import BATCH, Batch, batch


def batches(first: int, number: int, processes: int) -> Iterator[Batch]:
    with ProcessPoolExecutor(processes) as pool:
        waiting = [pool.submit(batch, one) for one in range(first, first + number)]
        for done in as_completed(waiting):
            yield done.result()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--catalogues", type=int, default=10_000, help="how many (default 10000)")
    parser.add_argument("--seed", type=int, default=1, help="of the first batch of 50; the next has the next (default 1)")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    number, began = -(-asked.catalogues // BATCH), time.monotonic()
    seen, drawn, findings = Counter[str](), set[str](), 0
    for done, made in enumerate(batches(asked.seed, number, asked.processes), 1):
        seen.update(made.seen)
        drawn |= made.drawn
        findings += len(made.findings)
        print("\n".join(made.findings), end="\n" if made.findings else "")
        if done % 10 == 0 or done == number:
            print(f"{done * BATCH} catalogues, {findings} findings, {time.monotonic() - began:.0f} s", flush=True)
    print(f"seeds {asked.seed} to {asked.seed + number - 1}, {len(drawn)} different catalogues")
    for what, count in sorted(seen.items()):
        print(f"{count:>12,}  {what}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
