"""The grammar of policy and teams."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from slachain.language.agreements import read_code
from slachain.language.catalogue import Policy, Team
from slachain.language.findings import Severity
from slachain.language.model import Written
from slachain.language.nodes import Node
from slachain.language.scalars import ScalarError, Time, read_duration, read_money, read_percentage, read_whole
from slachain.language.shapes import BAD, Bad, Reading, Shape, fields, map_of, nearest, one_of, scalar
from slachain.language.source import Span
from slachain.language.targets import read_priority


def read_margin(text: str) -> Fraction | Time:
    """A share of the promise or a time."""
    return read_percentage(text) if text.endswith("%") else read_duration(text, zero=True)


def team(id: str, at: Span, node: Node, calendar: Shape, reading: Reading) -> Team | None:
    """A team's capacity."""
    schema: dict[str, Shape] = {
        "calendar": calendar,
        "staff": scalar(read_whole),
        "shrinkage": scalar(read_percentage),
        "handle_time": map_of(read_priority, scalar(read_duration), "priorities and mean effort"),
        "patience": scalar(read_duration),
        "cost": scalar(read_money),
    }
    read = fields(node, schema, reading, f"the team '{id}'", at=at)
    return None if isinstance(read, Bad) else Team(id, at, **read.values)


def read_severity(text: str) -> Severity:
    """`error`, `warning` or `info`."""
    if text not in tuple(Severity):
        raise ScalarError(f"'{text}' is not error, warning or info{nearest(text, Severity)}")
    return Severity(text)


def read_changeable(text: str) -> str:
    """A finding's code whose severity may be chosen: what cannot be read stays an error."""
    if read_code(text).startswith("SC1"):
        raise ScalarError(f"{text} is always an error")
    return text


def severities(node: Node, reading: Reading) -> Written[dict[str, Written[Severity]]] | Bad:
    """Severities by code."""
    read = map_of(read_changeable, scalar(read_severity), "codes and severities")(node, reading)
    return BAD if isinstance(read, Bad) else Written(read, "", node.span)


POLICY: Mapping[str, Shape] = {
    "severities": severities,
    "margin": scalar(read_margin),
    "equal": one_of("gap", "kept"),
    "failures": one_of("independent", "unknown"),
    "arrivals": one_of("even", "any"),
}


def policy(values: Mapping[str, Any]) -> Policy:
    """The policy out of its fields, defaults for the rest."""
    words = {key: value.value for key, value in values.items() if key != "margin"}
    return Policy(values.get("margin"), **words)
