"""Calendars and instants as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from slachain.clocks.calendars import Calendars
from slachain.language.loader import load
from tests.catalogues import to_yaml


def read(**bodies: Any) -> Calendars:
    """The calendars with these bodies, in which nothing is wrong."""
    found = load({"a.yaml": to_yaml({"calendars": bodies}).encode()})
    assert not found.findings
    return Calendars(found.calendars)


def seconds(text: str) -> int:
    """UTC seconds of a time told in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
