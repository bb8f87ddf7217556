"""Chains without calendars, as steps of one hour each: as agreements for us, as contracts for Pacti, as a graph for networkx.

`python -m benchmarks.graphs pacti 20` prints what the others took, in seconds of processor time, and their answer in hours; so they
can be stopped when they take too long.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from benchmarks.timing import Cost, child, python, timed

AS_OF = date(2026, 1, 1)


def chain(depth: int) -> str:
    """So many agreements in a row, each handing over within the hour; the last finishes within it."""
    return _agreements([[f"step-{layer}"] for layer in range(depth)])


def diamonds(depth: int) -> str:
    """So many layers of two agreements, each handing over to both of the next: two ways more at every layer, 2^depth in all."""
    return _agreements([[f"step-{layer}-a", f"step-{layer}-b"] for layer in range(depth)])


def _agreements(layers: list[list[str]]) -> str:
    promise = f"  promise: {{kind: sla, provider: us, customer: them, calendar: 24x7, targets: {{resolution: {{P1: {len(layers) + 1}h}}}}"
    rows = [f"{promise}, relies_on: [{', '.join(layers[0])}]}}\n"]
    for layer, following in zip(layers, [*layers[1:], []], strict=True):
        rows += [_agreement(id, following) for id in layer]
    return f"agreements:\n{''.join(rows)}"


def _agreement(id: str, following: list[str]) -> str:
    onward = ", ".join(f"{{agreement: {name}, after: 1h}}" for name in following)
    relies = f", relies_on: [{onward}]" if onward else ""
    return f"  {id}: {{kind: ola, provider: us, customer: us, calendar: 24x7, targets: {{resolution: {{P1: 1h}}}}{relies}}}\n"


def ours(text: str) -> tuple[Cost, int]:
    """What reading and judging takes, and the hours that the promise is supported within."""
    from slachain.language.loader import load
    from slachain.study import Study

    cost, verdicts = timed(lambda: Study.of(load({"a.yaml": text.encode()}), AS_OF).verdicts)
    supported = verdicts[0].supported
    assert supported is not None
    assert supported.bound is not None
    return cost, supported.bound // 3600


def theirs(name: str, depth: int, patience: float) -> tuple[Cost, int]:
    """The same of another library, in a process of its own. Raises TookTooLong and Failed."""
    done = child(python("-m", "benchmarks.graphs", name, str(depth)), patience)
    found = json.loads(done.output)
    return Cost(found["cpu"], done.cost.wall, done.cost.memory), found["hours"]


def pacti(depth: int) -> int:
    """Compose a contract for each step and tell whether the whole refines what is promised, and what is one half hour less."""
    from pacti.contracts import PolyhedralIoContract

    def contract(first: int, last: int, hours: float) -> PolyhedralIoContract:
        times = [f"t{first}"], [f"t{last}"]
        return PolyhedralIoContract.from_strings(
            assumptions=[], guarantees=[f"t{last} - t{first} <= {hours}"], input_vars=times[0], output_vars=times[1]
        )

    whole = contract(0, 1, 1)
    for step in range(1, depth):
        whole = whole.compose(contract(step, step + 1, 1))
    exact = whole.refines(contract(0, depth, depth)) and not whole.refines(contract(0, depth, depth - 0.5))
    return depth if exact else 0


def networkx(depth: int) -> int:
    """List every way through the layers and keep the longest."""
    import networkx as nx

    return max(len(path) - 2 for path in nx.all_simple_paths(nx.DiGraph(_edges(depth)), "promise", "done"))


def _edges(depth: int) -> Iterator[tuple[str, str]]:
    layers = [["promise"], *([f"{layer}a", f"{layer}b"] for layer in range(depth)), ["done"]]
    for layer, following in pairwise(layers):
        yield from ((one, other) for one in layer for other in following)


if __name__ == "__main__":
    import importlib

    importlib.import_module(sys.argv[1] if sys.argv[1] == "networkx" else "pacti.contracts")
    took, answer = timed(lambda: {"pacti": pacti, "networkx": networkx}[sys.argv[1]](int(sys.argv[2])))
    print(json.dumps({"cpu": took.cpu, "hours": answer}))
