"""What the search begins with: the example catalogue, published agreements, the checks' pages, and broken files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from slachain.checks.registry import all_checks, page
from slachain.render.templates import template_folder
from tests.test_broken_input import KINDS

ROOT = Path(__file__).parent.parent.parent
LARGEST = 20_000
RULES = ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=5", "FREQ=YEARLY;UNTIL=20300101T000000Z")
FIELDS = ("4h", "1h30m", "2bd", "PT4H", "99.95%", "12.5", "1200 EUR/month", "2026-12-24", "true", "09:00-17:30, 22:00-06:00", "closed")


def seeds(target: str) -> Iterator[bytes]:
    """The inputs that a target's search begins with."""
    if target == "fields":
        yield from (text.encode() for text in (*FIELDS, "Europe/London", "mon-fri,sun", "GB", "acme-gold"))
    elif target == "rota":
        yield from map(_rota, RULES)
    elif target == "clauses":
        yield from (bytes((n * step) % 256 for n in range(120)) for step in (7, 11, 31, 101))
    else:
        yield from (bytes(3) * (target == "editing") + content for content in _files() if len(content) < LARGEST)


def _files() -> Iterator[bytes]:
    for folder in (ROOT / "agreements", ROOT / "tests" / "published", template_folder() / "init"):
        yield from (path.read_bytes() for path in sorted(folder.rglob("*.yaml")))
    for check in all_checks():
        yield from (page(check).example(heading).encode() for heading in ("Breaks", "Holds"))
    yield from KINDS.values()


def _rota(rule: str) -> bytes:
    event = f"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/London:20260101T090000\r\nDURATION:PT8H\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}END:VCALENDAR\r\n".encode()
