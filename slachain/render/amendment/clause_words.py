"""The clauses of an amendment in words: where they are looked up, what they say, and what somebody does otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from slachain.decisions.amendment import ClauseChange
from slachain.language.model import ANY

NOTHING = "–"
BRACKETED = frozenset({"relies_on", "excludes", "duties", "accept", "options", "exceptions", "holidays.add", "holidays.remove"})


def field_words(field: Sequence[str]) -> str:
    """`targets.resolution.P1.within`, `relies_on[tier2].after.P1`: as one would look for it in the file."""
    told = ""
    for index, key in enumerate(field):
        inside = index and field[index - 1] in BRACKETED and not (field[0] == "relies_on" and index > 1)
        told += f"[{key}]" if inside else key if key.startswith("[") or not told else f".{key}"
    return told


def subject_words(change: ClauseChange) -> str:
    """`novapay-gold`, `a, b and 3 more`, `calendar london`, `policy`."""
    names = change.subjects
    if change.section == "policy":
        return "policy"
    told = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    if change.section == "agreements":
        return told
    return _calendar_name(told) if "/" in told else f"{change.section.removesuffix('s')} {told}"


def _calendar_name(id: str) -> str:
    """`office`; of one that was written in place, `the calendar of desk`, `the calendar of desk resolution.P1`."""
    owner, inside, clause = id.partition("/")
    return f"the calendar of {owner}{'' if clause == 'calendar' else f' {clause}'}" if inside else id


def clause_words(change: ClauseChange) -> tuple[str, str, str]:
    """The clause, and what it says on both sides."""
    field = f": {field_words(change.field)}" if change.field else ""
    return f"{subject_words(change)}{field}", change.before or NOTHING, change.after or NOTHING


def mover_words(change: ClauseChange) -> str:
    """A change as something that somebody does: `desk hands over to tier2 for P1 within 20m instead of 30m`."""
    who, field, before, after = ", ".join(change.subjects), change.field, change.before, change.after
    told = _hand_over(who, field, before, after) or _commitment(who, field, before, after) or _calendar(change, who)
    if told:
        return told
    clause, old, new = clause_words(change)
    return f"{clause}: {new} instead of {old}" if before and after else f"{clause}: {new} is new" if after else f"{clause}: {old} is gone"


def _instead(before: str | None) -> str:
    return f" instead of {before}" if before else ""


def _hand_over(who: str, field: tuple[str, ...], before: str | None, after: str | None) -> str:
    if field[:1] != ("relies_on",):
        return ""
    if len(field) == 2:
        return f"{who} relies on {after}{_instead(before)}" if after else f"{who} relies on {before} no longer"
    if field[2] == "after":
        whom = f"{who} hands over to {field[1]}{'' if field[3] == ANY else f' for {field[3]}'}"
        return f"{whom} {f'within {after}' if after else 'by its own target'}{f' instead of {before}' if before else ''}"
    if field[2] == "share":
        return f"{who} hands {after or 'any number'} of the tickets to {field[1]} instead of {before or 'any number'}"
    return ""


def _commitment(who: str, field: tuple[str, ...], before: str | None, after: str | None) -> str:
    if field[:1] == ("pauses",):
        return f"{who} pauses while {field[1]} {after or 'no longer'}{f' instead of {before}' if before and after else ''}"
    if field == ("calendar",):
        return f"{who} works on {after}{_instead(before)}"
    if field[:1] != ("targets",):
        return ""
    what = f"{field[1]}{'' if field[2] == ANY else f' {field[2]}'}"
    if len(field) == 3:
        return f"{who}: {what} is {after}{_instead(before)}" if after else f"{who}: no {what} any more ({before})"
    ties = {"within": "within", "at_least": "of at least", "at_most": "of at most", "calendar": "on", "attainment": "for", "per": "per"}
    if field[-1] not in ties or not (before and after):
        return ""
    return f"{who}: {what} {ties[field[-1]]} {after} instead of {before}"


def _calendar(change: ClauseChange, who: str) -> str:
    if change.section != "calendars" or not change.field:
        return ""
    who, kind, before, after = _calendar_name(who), change.field[0], change.before, change.after
    if kind in ("holidays.add", "holidays.remove"):
        closed = (kind == "holidays.add") == bool(after)
        return f"{who} {'is closed' if closed else 'is open'} on {after or before}"
    if kind == "exceptions":
        return f"{who} on {change.field[1]}: {after or 'as usual'} instead of {before or 'as usual'}"
    if kind == "holidays":
        return f"{who} keeps the holidays of {after or 'nowhere'} instead of {before or 'nowhere'}"
    return f"{who} is open {after} instead of {before}" if kind == "hours" else ""
