"""Settling values that need other values first, each once, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def reached(start: K, needs: Callable[[K], Iterable[K]]) -> list[K]:
    """Everything that something needs, at any distance, each once, in the order in which needs first lead there."""
    found: dict[K, None] = {}
    stack = list(needs(start))[::-1]
    while stack:
        key = stack.pop()
        if key not in found:
            found[key] = None
            stack.extend(list(needs(key))[::-1])
    return list(found)


def spread(start: Iterable[K], needs: Callable[[K], Iterable[K]]) -> frozenset[K]:
    """Some things and everything that they need, at any distance, each looked at once."""
    found = set(start)
    todo = list(found)
    while todo:
        fresh = {need for need in needs(todo.pop()) if need not in found}
        found |= fresh
        todo += fresh
    return frozenset(found)


def settle(goal: K, needs: Callable[[K], Iterable[K]], compute: Callable[[K], V], memo: dict[K, V]) -> V:
    """`compute(goal)` after everything it needs, filling `memo`; the needs must not run in a circle."""
    stack = [goal]
    while stack:
        key = stack[-1]
        if key in memo:
            stack.pop()
            continue
        missing = [need for need in needs(key) if need not in memo]
        if missing:
            stack.extend(reversed(missing))
        else:
            memo[key] = compute(key)
            stack.pop()
    return memo[goal]
