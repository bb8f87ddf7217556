"""How much a calendar made of calendars may be: each use of each part is laid out again when it is asked for open time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from slachain.language.model import Written

DEEPEST = 32
MOST_PARTS = 500


def too_much(members: Mapping[str, Sequence[Written[str]]], order: Iterable[str], broken: Iterable[str]) -> dict[str, str]:
    """What is wrong with those that are made of too many others; `order` has members before what is made of them.

    Of those that are made of one another the first is told, and none that is made of it.
    """
    told: dict[str, str] = {}
    unusable = set(broken)
    parts: dict[str, int] = {}
    depth: dict[str, int] = {}
    for id in order:
        inner = [member.value for member in members[id]]
        parts[id] = 1 + sum(parts.get(member, 1) for member in inner)
        depth[id] = 1 + max((depth.get(member, 1) for member in inner), default=0)
        if not unusable.isdisjoint(inner):
            unusable.add(id)
        elif depth[id] > DEEPEST or parts[id] > MOST_PARTS:
            unusable.add(id)
            deep = f"calendars made of one another more than {DEEPEST} deep"
            told[id] = deep if depth[id] > DEEPEST else f"a calendar made of more than {MOST_PARTS} others, and of what they are made of"
    return told


def made_of(some: Iterable[str], members: Mapping[str, Sequence[Written[str]]]) -> set[str]:
    """Some calendars, and all that are made of any of them."""
    users: dict[str, list[str]] = {}
    for id, used in members.items():
        for member in used:
            users.setdefault(member.value, []).append(id)
    found = set(some)
    todo = list(found)
    while todo:
        fresh = [user for user in users.get(todo.pop(), ()) if user not in found]
        found.update(fresh)
        todo += fresh
    return found
