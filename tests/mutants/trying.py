"""Trying mutants: the tests are collected once, and a process is forked for each mutant that runs those that touch the changed line."""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import resource
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.places import Mutant
from tests.mutants.planting import Caches, Live, caches, live_functions, plant, plant_anew
from tests.mutants.touch import Touched, digest_of, keep, kept, watched

KILLED, SURVIVES, NO_MISTAKE, UNTOUCHED = "killed", "survives", "no mistake", "untouched"
ROOM = 3 << 30  # bytes of memory that a mutant may ask for besides
Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass
class Trying:
    """A plugin of pytest that, where else the tests would be run, tries mutants."""

    chosen: Sequence[Mutant]
    seconds: float  # of tests for one mutant, at most
    processes: int
    told: Callable[[Mutant, str], None]
    items: dict[str, pytest.Item] = field(default_factory=dict)
    touched: dict[str, Touched] = field(default_factory=dict)
    kills: Counter[tuple[str, str]] = field(default_factory=Counter)  # by module and test

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Look at what each test touches, then try one mutant after the other."""
        self.items = {item.nodeid: item for item in session.items}
        for name in {mutant.module for mutant in self.chosen}:
            importlib.import_module(name)
        live, remembering = live_functions(), caches()
        gc.collect()
        gc.freeze()  # what is frozen is not copied for the collector's sake, and not found by it either
        self.look()
        for mutant, killer in in_processes(
            self.chosen, lambda mutant: tried(mutant, self.tests_of(mutant), live, remembering), self.processes
        ):
            if killer in self.items:
                self.kills[mutant.path, killer] += 1
            self.told(mutant, killer if killer in (SURVIVES, NO_MISTAKE, UNTOUCHED) else KILLED)
        return True

    def look(self) -> None:
        """What each test touches, as far as it is not known."""
        before = kept()
        same = {name for name, one in before.items() if name in self.items and digest_of(self.items[name].path, one.lines) == one.digest}
        self.touched = {name: before[name] for name in same}
        unknown = [name for name in self.items if name not in self.touched]
        looked = in_processes(unknown, lambda name: watched(lambda: passes(self.items[name]), self.items[name].path), self.processes)
        for number, (name, found) in enumerate(looked, 1):
            if found:
                self.touched[name] = found
            if not number % 50 or number == len(unknown):
                keep(before | self.touched)

    def tests_of(self, mutant: Mutant) -> list[tuple[pytest.Item, float]]:
        """The tests that run the changed line, those first that have killed most in their time."""

        def worth(name: str) -> float:
            return (self.kills[mutant.path, name] + 0.5) / (self.touched[name].seconds + 0.02)

        found: list[tuple[pytest.Item, float]] = []
        left = self.seconds
        for name in sorted((name for name, one in self.touched.items() if touches(one, mutant)), key=worth, reverse=True):
            seconds = self.touched[name].seconds
            if not found or seconds <= left:
                found.append((self.items[name], seconds))
                left -= seconds
        return found


def touches(one: Touched, mutant: Mutant) -> bool:
    """Whether a test runs the line, or, where that is run at import, any of the module."""
    lines = one.lines.get(mutant.path, [])
    return mutant.line in lines if mutant.within else bool(lines)


def tried(mutant: Mutant, tests: list[tuple[pytest.Item, float]], live: Live, remembering: Caches) -> str:
    """The name of the test that kills it, or what else is to be said of it."""
    code = mutant.code()
    if code is None:
        return NO_MISTAKE
    if not tests:
        return UNTOUCHED
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    if mutant.within:
        plant(mutant, code, live)
        for cache in remembering:
            cache.cache_clear()
        return next((name for name in failing(tests)), SURVIVES)
    patience(10 + 10 * sum(seconds for _, seconds in tests))
    plant_anew(mutant, code)
    arguments = ["-x", "-q", "-n", "0", "--assert=plain", "--tb=no", *(item.nodeid for item, _ in tests)]
    return "import" if pytest.main(arguments) else SURVIVES


def failing(tests: list[tuple[pytest.Item, float]]) -> Iterator[str]:
    """The tests that fail, one after the other; a test that does not come to an end takes the process with it."""
    for number, (item, seconds) in enumerate(tests):
        patience(2 + 10 * seconds)
        following = tests[number + 1][0] if number + 1 < len(tests) else None
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            yield item.nodeid


def passes(item: pytest.Item) -> bool:
    """Whether a test passes."""
    return not any(report.failed for report in runtestprotocol(item, log=False))


def patience(seconds: float) -> None:
    """So much processor time is left to this process, from now on."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def in_processes(jobs: Sequence[Job], do: Callable[[Job], Result], processes: int) -> Iterator[tuple[Job, Result | None]]:
    """Each job done in a process of its own with a folder of its own, and what came of it; None where the process was ended."""
    running: dict[int, tuple[Job, tempfile.TemporaryDirectory[str]]] = {}
    waiting = list(jobs)[::-1]
    while waiting or running:
        while waiting and len(running) < processes:
            job, folder = waiting.pop(), tempfile.TemporaryDirectory(prefix="mutant-", ignore_cleanup_errors=True)
            pid = os.fork()
            if not pid:
                in_this_process(job, do, Path(folder.name))
            running[pid] = job, folder
        pid, _ = os.wait()
        job, folder = running.pop(pid)
        said, failed = Path(folder.name) / "said", Path(folder.name) / "failed"
        if failed.exists():
            raise RuntimeError(f"{job}\n{failed.read_text()}")
        result = pickle.loads(said.read_bytes()) if said.exists() else None
        folder.cleanup()
        yield job, result


def in_this_process(job: Job, do: Callable[[Job], Result], folder: Path) -> NoReturn:
    """Do it, say in the folder what came of it, and end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    tempfile.tempdir = str(folder)
    try:
        result = pickle.dumps(do(job))
        signal.setitimer(signal.ITIMER_PROF, 0)
        (folder / "said").write_bytes(result)
    except Exception:
        (folder / "failed").write_text(traceback.format_exc())
    finally:
        os._exit(0)
