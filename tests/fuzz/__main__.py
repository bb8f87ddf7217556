"""Search with every target, as many at a time as there are processors: `python -m tests.fuzz --seconds 3600`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.seeds import LARGEST, ROOT, seeds
from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parent / "found"
MEMORY, LONGEST = 500, 20  # MB that a search may hold, seconds that an input may take
STINT = 60  # seconds: what the fuzzer itself remembers grows with every input, so it begins anew, with the corpus it has


def search(target: str, seconds: int, seed: int) -> int:
    """Search for so long; 0 where nothing was found. What breaks a rule is kept in `found/`, and what it said is printed."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, content in enumerate(seeds(target)):
            Path(corpus, f"{number:04}").write_bytes(content)
        for number in range(-(-seconds // STINT)):
            done = stint(target, corpus, min(STINT, seconds - number * STINT), seed + number)
            if done.returncode:
                break
    kept = sorted(FOUND.glob(f"{target}-*"))
    print(f"{target}: {'nothing found' if done.returncode == 0 else 'FOUND'} in {seconds}s, seed {seed}", flush=True)
    if done.returncode:
        print(done.stdout[-3000:])
        print(*(f"try it again: python -m tests.fuzz.replay {path.relative_to(ROOT)}" for path in kept), sep="\n", flush=True)
    return done.returncode


def stint(target: str, corpus: str, seconds: int, seed: int) -> subprocess.CompletedProcess[str]:
    """A part of a search; what it finds worth keeping stays in the corpus."""
    options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-rss_limit_mb={MEMORY}", f"-timeout={LONGEST}", f"-max_len={LARGEST}"]
    command = [sys.executable, "-m", "tests.fuzz.one", target, corpus, *options, f"-artifact_prefix={FOUND}/{target}-", "-verbosity=0"]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace", check=False)


def main() -> int:
    """Divide the time among the targets."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=3600, help="for all targets together")
    parser.add_argument("--target", action="append", choices=TARGETS, help="only this one; repeatable")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    targets = given.target or list(TARGETS)
    rounds = -(-len(targets) // given.processes)
    each = max(given.seconds // rounds, 1)
    with ThreadPoolExecutor(given.processes) as several:
        return int(any(several.map(lambda target: search(target, each, given.seed), targets)))


if __name__ == "__main__":
    sys.exit(main())
