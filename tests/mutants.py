"""Mutation testing of clocks and analysis: `python -m tests.mutants FLOOR --sample 300 --seed 1`.

The mutants are those of cosmic-ray (its operators, one place changed at a time). Each is tried in a process of its own that is
forked with the libraries already read, since a fresh start for every mutant would take days. Mutants of annotations and
decorators are left out: nothing looks at them when the program runs.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import importlib.util
import os
import random
import re
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parent.parent
READ_BEFORE = ("numpy", "hypothesis", "hypothesis.strategies", "pytest", "holidays", "icalendar", "recurring_ical_events", "networkx")
LANGUAGE = (
    "tests.conftest",
    "slachain.language.loader",
    "tests.catalogues",
    "tests.catalogues_amounts",
    "tests.oracle",
    "tests.oracle_amounts",
)
HEADING = re.compile(r"^(\S+):\d+ (\S+) \((\d+)\)$", re.MULTILINE)  # of a survivor that is told
PATIENCE = 60  # seconds of processor time: a mutant that takes longer does not come to an end, and counts as killed
CHAINS = "tests/analysis/test_worked_chains.py"
AVAILABILITY = "tests/analysis/test_worked_availability.py"
ORACLE = "tests/analysis/test_against_oracle.py"
ORACLE_OF_AMOUNTS = "tests/analysis/test_amounts_against_oracle.py"
SITUATIONS = "tests/analysis/test_situations.py"
ALIKE = "tests/decisions/test_alike.py"
SIMULATION = "tests/simulation"
WALL = "tests/clocks/test_as_the_wall_shows.py"
WORKED = "tests/clocks/test_worked_calendars.py"
LAWS = "tests/clocks/test_laws.py"
ONCE = "tests/clocks/test_expanded_once.py"
STOPWATCH = "tests/clocks/test_stopwatch.py"
ROTAS = "tests/language/test_calendars.py"
LOGS = "tests/analysis/tickets"
SHARED = "tests/checks/test_shared.py"
OF_TIMES = (CHAINS, SITUATIONS, SIMULATION, ORACLE)
OF_AMOUNTS = (AVAILABILITY, ORACLE_OF_AMOUNTS, SIMULATION, "tests/render/test_amounts.py")
TESTS = {  # of each module, the quickest and nearest first
    "clocks/calendars.py": (WORKED, WALL, ROTAS, STOPWATCH, AVAILABILITY, CHAINS, ONCE),
    "clocks/clock.py": (WORKED, LAWS, WALL, STOPWATCH, CHAINS),
    "clocks/covering.py": ("tests/clocks/test_covering.py", "tests/decisions/test_mend.py", "tests/decisions/test_repair_of_many.py"),
    "clocks/curves.py": (LAWS, WALL, WORKED, CHAINS, SIMULATION),
    "clocks/departures.py": (WALL, "tests/render/test_timeline.py", "tests/decisions/test_compare.py"),
    "clocks/hours.py": (WORKED, WALL, LAWS, STOPWATCH, CHAINS, ONCE),
    "clocks/intervals.py": (LAWS, WALL, WORKED, STOPWATCH, CHAINS),
    "clocks/local_times.py": (STOPWATCH, LOGS),
    "clocks/periods.py": (WALL, AVAILABILITY, ORACLE_OF_AMOUNTS, LOGS),
    "clocks/rotas.py": ("tests/clocks/test_rotas.py", ROTAS),
    "clocks/stopwatch.py": (STOPWATCH, LOGS),
    "clocks/wall.py": (WALL, WORKED, STOPWATCH, "tests/clocks/test_weeks.py", "tests/render/test_timeline.py", CHAINS, ONCE),
    "clocks/weeks.py": ("tests/clocks/test_weeks.py", "tests/decisions/test_week.py"),
    "analysis/amounts.py": OF_AMOUNTS,
    "analysis/arrivals.py": ("tests/analysis/test_arrivals.py", "tests/analysis/test_capacity.py", "tests/checks"),
    "analysis/attainment.py": OF_TIMES,
    "analysis/availability.py": OF_AMOUNTS,
    "analysis/capacity.py": ("tests/analysis/test_capacity.py", "tests/decisions/test_capacity_plan.py", "tests/checks"),
    "analysis/cases.py": (CHAINS, SIMULATION, "tests/render/test_timeline.py", ORACLE),
    "analysis/chains.py": OF_TIMES,
    "analysis/erlang.py": ("tests/analysis/test_erlang.py", "tests/analysis/test_capacity.py"),
    "analysis/graph.py": ("tests/analysis/test_graph.py", "tests/checks", "tests/render/test_graph.py", "tests/cli/test_again.py"),
    "analysis/judge.py": (CHAINS, SITUATIONS, ALIKE, "tests/checks", SIMULATION, ORACLE),
    "analysis/likeness.py": ("tests/analysis/test_likeness.py", SITUATIONS, ALIKE),
    "analysis/money.py": ("tests/analysis/test_money.py", "tests/render/test_money.py", "tests/checks"),
    "analysis/notice.py": ("tests/analysis/test_notice.py",),
    "analysis/order.py": (SHARED, CHAINS, AVAILABILITY, "tests/analysis/test_graph.py"),
    "analysis/order_statistics.py": ("tests/analysis/test_order_statistics.py",),
    "analysis/promised.py": (CHAINS, AVAILABILITY, ALIKE, SITUATIONS),
    "analysis/promises.py": (CHAINS, AVAILABILITY, SHARED, SITUATIONS, "tests/checks", "tests/decisions/test_quote.py"),
    "analysis/readings.py": OF_TIMES,
    "analysis/routes.py": (*OF_TIMES, "tests/checks"),
    "analysis/situation.py": (SITUATIONS, CHAINS, ALIKE, SIMULATION, ORACLE),
    "analysis/terms.py": ("tests/checks/test_terms.py", "tests/checks", "tests/cli/test_review.py"),
    "analysis/verdicts.py": (CHAINS, SITUATIONS, "tests/decisions/test_quote.py", "tests/checks", ORACLE),
    "analysis/views.py": (CHAINS, SITUATIONS, SIMULATION, ORACLE),
}


@dataclass(frozen=True)
class Mutant:
    """One place of one module, changed by one operator."""

    path: str
    operator: str
    occurrence: int
    line: int

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def tests(self) -> tuple[str, ...]:
        return tuple(path for path in TESTS[self.path.removeprefix("slachain/")] if (ROOT / path).exists())

    def source(self) -> str:
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator

        made = mutate_code((ROOT / self.path).read_text(), get_operator(self.operator)(), self.occurrence)
        assert isinstance(made, str)
        return made

    def __str__(self) -> str:
        before = (ROOT / self.path).read_text().splitlines()
        lines = [line for line in difflib.ndiff(before, self.source().splitlines()) if line[:2] in ("- ", "+ ")]
        return "\n".join([f"{self.path}:{self.line} {self.operator} ({self.occurrence})", *lines])


def mutants(path: Path) -> Iterator[Mutant]:
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    source = path.read_text()
    unseen, nodes = set(places_that_do_not_run(source)), list(ast_nodes(get_ast(source)))
    for name in sorted(operator_names()):
        if get_operator(name).arguments():
            continue
        operator = get_operator(name)()
        places = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        for occurrence, start in enumerate(places):
            if not any(begin <= start < end for begin, end in unseen):
                yield Mutant(str(path.relative_to(ROOT)), name, occurrence, start[0])


def places_that_do_not_run(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Annotations and decorators: from and to, as line and column."""
    for node in ast.walk(ast.parse(source)):
        found = [getattr(node, "annotation", None), getattr(node, "returns", None), *getattr(node, "decorator_list", [])]
        for one in found:
            if isinstance(one, ast.expr):
                assert one.end_lineno is not None
                assert one.end_col_offset is not None
                yield (one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)


@dataclass
class Replacing(MetaPathFinder, Loader):
    """Finds one module as a mutant of it."""

    name: str
    code: CodeType

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


def killed_by_its_tests(mutant: Mutant) -> int:
    """In a process of its own: 0 when every test passes all the same."""
    import pytest

    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    sys.meta_path.insert(0, Replacing(mutant.module, compile(mutant.source(), mutant.path, "exec")))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return int(pytest.main(["-x", "-q", "-n", "0", "--assert=plain", *mutant.tests]))


def attempt(chosen: list[Mutant], processes: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it was killed."""
    running: dict[int, Mutant] = {}
    waiting = chosen[::-1]
    while waiting or running:
        while waiting and len(running) < processes:
            mutant = waiting.pop()
            pid = os.fork()
            if not pid:
                try:
                    code = killed_by_its_tests(mutant)
                except BaseException:
                    code = 1
                os._exit(min(code, 255))
            running[pid] = mutant
        pid, status = os.wait()
        yield running.pop(pid), status != 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("floor", choices=("clocks", "analysis"))
    parser.add_argument("--sample", type=int, default=10**6, help="how many, drawn at random (default all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, help="only those that stand in what an earlier run printed")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    os.environ["HYPOTHESIS_PROFILE"] = "brief"
    for name in (*READ_BEFORE, *LANGUAGE):
        importlib.import_module(name)
    found = [mutant for path in sorted((ROOT / "slachain" / asked.floor).glob("*.py")) for mutant in mutants(path)]
    chosen = random.Random(asked.seed).sample(found, min(asked.sample, len(found)))
    if asked.again:
        named = set(HEADING.findall(asked.again.read_text()))
        chosen = [one for one in found if (one.path, one.operator, str(one.occurrence)) in named]
    survivors = []
    for number, (mutant, killed) in enumerate(attempt(chosen, asked.processes), 1):
        if not killed:
            survivors.append(mutant)
            print(mutant, flush=True)
        if number % 5 == 0:
            print(f"{number} of {len(chosen)} tried, {len(survivors)} survive", flush=True)
    print(f"{asked.floor}: {len(found)} mutants, {len(chosen)} tried (seed {asked.seed}), {len(survivors)} survive")
    return 0


if __name__ == "__main__":
    sys.exit(main())
