"""A new agreement as commented YAML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from string import Template

from slachain.decisions.blank import Blank, Carried, priorities_of
from slachain.language.model import ANY
from slachain.language.shapes import is_identifier
from slachain.render.templates import text_of

COLUMN = 43  # where comments begin
USUAL = ("P1", "P2", "P3")
TARGETS = """\
      response:
        P1: {within: 30m, attainment: 95%}
        P2: {within: 2h, attainment: 95%}
        P3: {within: 8h, attainment: 95%}
      resolution:
        P1: {within: 4h, attainment: 95%}
        P2: {within: 8h, attainment: 95%}
        P3: {within: 48h, attainment: 95%}
      # The share of the time in which the service works, counted by calendar month, quarter or year.
      #availability: {at_least: 99.5%, per: month}
      # The customer hears news at least so often while a ticket is open.
      #update: {within: 8h, attainment: 90%}"""
EXCLUDES = "#excludes: [force majeure, planned maintenance]"


def blank_text(blank: Blank) -> str:
    """The template of its kind, filled in; comments stand in one column where there is room."""
    priorities = priorities_of(blank.carried) if blank.carried else USUAL
    title = f"{blank.customer}, {blank.service}" if blank.kind == "sla" else f"{blank.provider}, {blank.service}"
    values = {
        "id": blank.id,
        "title": scalar(title),
        "title_inside": scalar(title)[1:-1] if scalar(title)[:1] == '"' else title,
        "provider": blank.provider,
        "customer": blank.customer,
        "service": scalar(blank.service),
        "calendar": blank.calendar,
        "priorities": f"[{', '.join(priorities)}]",
        "targets": targets(blank.carried) if blank.carried else TARGETS,
        "excludes": f"excludes: [{', '.join(map(scalar, blank.excludes))}]" if blank.excludes else EXCLUDES,
        "relies_on": f"[{', '.join(blank.relies_on or (blank.team,))}]" if blank.kind == "sla" else hands_on(blank),
        "pauses": f"[{', '.join(blank.pauses)}]" if blank.carried else "[awaiting-customer]",
        "late": late(blank.carried),
        "team": blank.team,
        "below": "",
    }
    if blank.kind == "sla" and not blank.relies_on:
        values["below"] = Template(text_of("new/below.yaml")).substitute(values).rstrip()
    text = Template(text_of(f"new/{blank.kind}.yaml")).substitute(values)
    return "\n".join(map(aligned, text.rstrip().split("\n"))).rstrip() + "\n"


def hands_on(blank: Blank) -> str:
    """What a commitment relies on: written out, or an optional clause that names nobody yet."""
    if not blank.relies_on:
        return "    # Who it hands tickets to, by id: relies_on: [{agreement: ID, after: 1h, share: 20%}]"
    return f"    # Who it hands tickets to, at the latest when its own time is up; `after` is an earlier moment.\n    relies_on: [{', '.join(blank.relies_on)}]"


def targets(found: Sequence[Carried]) -> str:
    """By metric and priority."""
    lines = []
    for metric, group in groupby(found, key=lambda one: one.metric):
        of = list(group)
        if [one.priority for one in of] == [ANY]:
            lines.append(f"      {metric}: {target(of[0])}")
        else:
            lines += [f"      {metric}:", *(f"        {name(one.priority)}: {target(one)}" for one in of)]
    return "\n".join(lines)


def name(priority: str) -> str:
    """A priority as a key."""
    return f'"{ANY}"' if priority == ANY else priority


def target(one: Carried) -> str:
    """`{within: 4h, attainment: 95%}`."""
    return f"{{{one.bound}: {one.within}{f', attainment: {one.share}' if one.share else ''}}}"


def late(found: Sequence[Carried]) -> str:
    """Over which time a credit begins: the first resolution there is."""
    return next((one.within for one in found if one.metric == "resolution"), "48h")


def scalar(text: str) -> str:
    """A text as YAML, in quotes where it may need them."""
    return text if is_identifier(text) else json.dumps(text, ensure_ascii=False)


def aligned(line: str) -> str:
    """A line whose comment, if it follows a value, begins in one column."""
    value, sign, comment = line.partition("  # ")
    return f"{value.rstrip():<{COLUMN - 1}}  # {comment.strip()}" if sign and value.strip() else line
