"""The language guide: every example in it can be read, and every verdict that it claims is the one that is found.

Claims stand in comments right before an example:

    <!-- verdict: AGREEMENT METRIC PRIORITY[#ALTERNATIVE] VERDICT [CAUSE] [supported=68h] [assured=70%] [down=20m..22m] -->
    <!-- horizon: AGREEMENT METRIC PRIORITY FROM UNTIL -->            local time of the promise's calendar
    <!-- finding: CODE AGREEMENT [PRIORITY] -->                       <!-- accepted: … --> for an accepted one, <!-- silent: … --> for none
    <!-- severity: CODE SEVERITY -->                                  of every finding of that code, and there is one
    <!-- safe: AGREEMENT METRIC PRIORITY STEP 1h30m -->               the latest safe hand-over of a step of the worst case
    <!-- money: AGREEMENT METRIC PRIORITY AT_MOST [EXPECTED] -->      a month; <!-- money: all AT_MOST [EXPECTED] --> for everything
    <!-- due: CALENDAR TIME OPENED DUE -->  <!-- open: CALENDAR DATE HOURS -->
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.clocks.calendars import Calendars
from slachain.clocks.clock import Clock, View
from slachain.clocks.wall import instant_at, midnight
from slachain.decisions.amount_lines import amount_line
from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.promise_lines import promise_line
from slachain.decisions.report import PromiseLine
from slachain.decisions.reporting import findings, report
from slachain.language.loader import load
from slachain.language.scalars import read_time, write_duration, write_percentage
from slachain.language.sections import SECTIONS
from slachain.study import Study
from tests.catalogue import AS_OF
from tests.style import ROOT

GUIDE = (ROOT / "docs" / "language.md").read_text()
BLOCK = re.compile(r"((?:^<!-- [^\n]* -->\n)*)^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CLAIM = re.compile(r"^<!-- (\w+): (.*) -->$", re.MULTILINE)
ROTA = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//slachain//tests//EN\r
BEGIN:VEVENT\r
UID:1\r
DTSTAMP:20260101T000000Z\r
DTSTART:20260102T170000Z\r
DTEND:20260105T090000Z\r
RRULE:FREQ=WEEKLY\r
END:VEVENT\r
END:VCALENDAR\r
"""
SPAN = 60 * 86400


@dataclass(frozen=True)
class Example:
    """One block of YAML, the line of the guide on which it begins, and what is claimed of it."""

    line: int
    text: str
    claims: tuple[tuple[str, str], ...]

    def study(self) -> Study:
        return Study.of(load({"a.yaml": self.text.encode()}, lambda file, path: ROTA), AS_OF)


def examples() -> list[Example]:
    found = BLOCK.finditer(GUIDE)
    return [Example(GUIDE.count("\n", 0, m.start(2)) + 1, m[2], tuple((c[1], c[2]) for c in CLAIM.finditer(m[1]))) for m in found]


EXAMPLES = examples()
CLAIMS = [pytest.param(e, kind, said, id=f"{e.line}-{kind}-{said}") for e in EXAMPLES for kind, said in e.claims]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: str(e.line))
def test_every_example_is_a_catalogue_without_mistakes(example: Example) -> None:
    assert example.text.split(":")[0] in SECTIONS
    assert not [line for line in findings(example.study()) if line.code.startswith("SC1")]


@pytest.mark.parametrize(("example", "kind", "said"), CLAIMS)
def test_what_the_guide_claims(example: Example, kind: str, said: str) -> None:
    JUDGES[kind](example.study(), said.split())


def test_every_claim_stands_right_before_an_example() -> None:
    assert CLAIM.findall(GUIDE) == [claim for example in EXAMPLES for claim in example.claims]
    assert GUIDE.count("```yaml") == len(EXAMPLES)
    assert {kind for kind, _ in CLAIM.findall(GUIDE)} == set(JUDGES)


def test_every_section_of_the_contents_is_there() -> None:
    heads = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.*)$", GUIDE, re.MULTILINE)}
    assert not [link for link in re.findall(r"\]\(#(.*?)\)", GUIDE) if link not in heads]


def _row(study: Study, agreement: str, metric: str, priority: str) -> Verdict | AmountVerdict:
    name, _, nth = priority.partition("#")
    key = (agreement, metric, name, int(nth) - 1 if nth else -1)
    rows: list[Verdict | AmountVerdict] = [*study.verdicts, *study.amount_verdicts]
    return next(row for row in rows if row.promise.key == key)


def _line(study: Study, said: list[str]) -> PromiseLine:
    found = _row(study, *said[:3])
    return promise_line(study, found, fixes=False) if isinstance(found, Verdict) else amount_line(study, found)


def _verdict(study: Study, said: list[str]) -> None:
    line = _line(study, said)
    told = {
        "supported": line.supported.text.replace(" ", "") if line.supported else "",
        "assured": write_percentage(line.attainment.assured) if line.attainment else "",
        "down": line.downtime[1].replace(" to ", "..") if line.downtime else "",
    }
    words = [word for word in said[3:] if "=" not in word]
    assert words == [word for word in (line.verdict, line.cause) if word]
    numbers = dict(word.split("=") for word in said[3:] if "=" in word)
    assert numbers == {name: told[name] for name in numbers}


def _horizon(study: Study, said: list[str]) -> None:
    found = _row(study, *said[:3])
    zone = study.calendars.zone(found.promise.calendar)
    assert [found.horizon.start, found.horizon.end] == [instant_at(datetime.fromisoformat(word), zone) for word in said[3:]]


def _finding(accepted: bool) -> Callable[[Study, list[str]], None]:
    def judge(study: Study, said: list[str]) -> None:
        lines = [line for line in findings(study) if [line.code, line.agreement, line.priority or ""][: len(said)] == said]
        assert lines
        assert all(line.accepted is accepted for line in lines)

    return judge


def _silent(study: Study, said: list[str]) -> None:
    assert not [line for line in findings(study) if [line.code, line.agreement, line.priority or ""][: len(said)] == said]


def _severity(study: Study, said: list[str]) -> None:
    code, severity = said
    assert {line.severity for line in findings(study) if line.code == code} == {severity}


def _safe(study: Study, said: list[str]) -> None:
    case = _line(study, said).worst_case
    assert case is not None
    assert [[step.agreement, step.latest_safe.text] for step in case.steps if step.latest_safe] == [said[3:]]


def _money(study: Study, said: list[str]) -> None:
    lines: tuple[MoneyLine | None, ...] = report(study).money if said[0] == "all" else (_line(study, said).money,)
    told = [amount.text.replace(" ", "") for line in lines if line for amount in (line.at_most, line.expected) if amount]
    assert told == (said[1:] if said[0] == "all" else said[3:])


def _due(study: Study, said: list[str]) -> None:
    id, time, *moments = said
    opened, due = (instant_at(datetime.fromisoformat(word), study.calendars.zone(id)) for word in moments)
    clock = Clock.of(Calendars(study.catalogue.calendars), id, View(opened - SPAN, opened + SPAN))
    assert clock.due(read_time(time))(2 * opened) == 2 * due


def _open(study: Study, said: list[str]) -> None:
    id, day, hours = said
    zone, begins = study.calendars.zone(id), date.fromisoformat(day)
    opened = study.calendars.open(id, midnight(begins, zone), midnight(begins + timedelta(days=1), zone))
    assert write_duration(opened.length) == hours


JUDGES: dict[str, Callable[[Study, list[str]], None]] = {
    "verdict": _verdict,
    "horizon": _horizon,
    "finding": _finding(accepted=False),
    "accepted": _finding(accepted=True),
    "silent": _silent,
    "severity": _severity,
    "safe": _safe,
    "money": _money,
    "due": _due,
    "open": _open,
}
