"""The report as a comment on a pull request: the verdict, the counts, what does not hold, and all else folded away.

It fits into a comment of GitHub's whatever the catalogue's size: what comes last is told in a line each, then counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from slachain.analysis.not_checked import NotChecked
from slachain.clocks.wall import write_day
from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.language.scalars import write_percentage
from slachain.language.values import replace
from slachain.render.anchors import by_promise
from slachain.render.broken import Teller, place
from slachain.render.fitting import Part, fitted
from slachain.render.page.case import supported
from slachain.render.page.nouns import BADGES, NOTHING, SEVERITIES
from slachain.render.page.sections import VERDICTS
from slachain.render.page.summary import headline, tiles, unread
from slachain.render.quoted import code, quoted
from slachain.render.sentences import headline as told_of
from slachain.render.words import clock_words, counted, name_of

T = TypeVar("T")

# GitHub refuses a comment as "too long (maximum is 65536 characters)"; what it stores was measured as four bytes for each of
# them. Counted in bytes a text keeps to either, and this leaves room for whoever puts a line of their own around it.
MOST_BYTES = 65_000
MOST_CURRENCIES = 6


def markdown(report: Report) -> str:
    """The report as GitHub Flavored Markdown, which other readers of CommonMark can show too."""
    report = report.in_full()
    teller = Teller(by_promise(report))
    broken = [promise for promise in report.promises if promise.verdict != "holds"]
    told = {id(main) for promise in broken if (main := teller.main(promise))}
    unfolded = (teller.part(broken, verdict, title, says) for verdict, _, title, says in VERDICTS)
    parts: list[Part[Any]] = [unreadable(report), *unfolded, *folded(report, told)]
    return fitted(top(report), parts, MOST_BYTES).rstrip() + "\n"


# --- the top ---------------------------------------------------------------------------------------------------------


def top(report: Report) -> str:
    """The verdict in a sentence, and a small table of the counts and the money at risk."""
    badge, alarm = headline(report), unread(report)
    lines = [f"## {badge.symbol} {badge.word}", "", *counts(report), "", f"As of {write_day(report.as_of)}.", ""]
    return "\n".join([*lines, *([f"**{alarm}**", ""] if alarm else []), ""])


def counts(report: Report) -> Iterator[str]:
    """The table: a number for each verdict, the findings, and the money of the first few currencies."""
    shown = list(tiles(replace(report, money=report.money[:MOST_CURRENCIES])))
    details = [quoted(tile.detail) for tile in shown]
    if more := len(report.money[MOST_CURRENCIES:]):
        details[-1] += f"; and {counted(more, 'more currency', 'more currencies')}"
    yield line_of(f"{tile.badge.symbol} {tile.badge.word}".strip() for tile in shown)
    yield line_of("---" for _ in shown)
    yield line_of(f"**{quoted(tile.number)}**" for tile in shown)
    yield line_of(details)


def line_of(cells: Iterator[str] | Sequence[str]) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |"


# --- what is not folded away, and what is ------------------------------------------------------------------------------


def unreadable(report: Report) -> Part[FindingLine]:
    """What keeps the files from being read as they are written, before anything else is believed."""
    found = [finding for finding in report.findings if finding.code.startswith("SC1")]
    head = "### What could not be read as written\n\n"
    return Part(head, found, lambda f: f"- {place(f.at)}: {f.code} {f.slug}: {quoted(f.message)}\n", more("error"))


def folded(report: Report, told: set[int]) -> Iterator[Part[Any]]:
    """Everything else; `told` are the findings that were told with their promises."""
    holds = [promise for promise in report.promises if promise.verdict == "holds"]
    others = [f for f in report.findings if not f.accepted and not f.code.startswith("SC1") and id(f) not in told]
    accepted = [finding for finding in report.findings if finding.accepted]
    table = f"{line_of(HOLDS)}\n{line_of('---' for _ in HOLDS)}\n"
    yield fold("What holds", holds, holding, more("promise that holds", "promises that hold"), table=table)
    yield fold("Other findings", by_agreement(others), other, more("finding"))
    yield fold("Accepted risks", accepted, acceptance, more("accepted risk"))
    yield fold("Not checked", report.not_checked, not_checked, more("promise that was not checked", "promises that were not checked"))
    yield fold("Assumptions and data used", method(report), lambda text: f"- {text}\n", more("line"), count=False)


def more(one: str, many: str | None = None) -> Callable[[int], str]:
    """`214 more gaps`."""
    return lambda number: counted(number, f"more {one}", f"more {many}" if many else None)


def fold(
    title: str, items: Sequence[T], tell: Callable[[T], str], what: Callable[[int], str], *, table: str = "", count: bool = True
) -> Part[T]:
    """A part that opens when its title is clicked."""
    number = f" ({len(items)})" if count else ""
    return Part(f"<details>\n<summary>{title}{number}</summary>\n\n{table}", items, tell, what, foot="\n</details>\n\n")


HOLDS = ("Promise", "Agreement", "Promised", "Supported", "Headroom", "In time, assured")


def holding(promise: PromiseLine) -> str:
    """A promise that holds, as a line of the table."""
    cells = (
        f"{BADGES['holds'].symbol} {code(name_of(promise))}",
        quoted(promise.title),
        quoted(f"{promise.promised.text} {clock_words(promise)}"),
        quoted(supported(promise)),
        quoted(promise.headroom.text if promise.headroom else NOTHING),
        write_percentage(promise.attainment.assured) if promise.attainment else NOTHING,
    )
    return f"{line_of(cells)}\n"


def by_agreement(found: Sequence[FindingLine]) -> list[tuple[str, FindingLine]]:
    """Findings with the agreement (or file) that they are the first to speak of, the gravest of each first."""
    groups: dict[str, list[FindingLine]] = {}
    for finding in found:
        groups.setdefault(finding.agreement or finding.at.file, []).append(finding)
    ordered = [(name, sorted(group, key=lambda f: -f.severity.weight)) for name, group in groups.items()]
    return [("" if index else name, finding) for name, group in ordered for index, finding in enumerate(group)]


def other(item: tuple[str, FindingLine]) -> str:
    """A finding in a line below its agreement's."""
    name, finding = item
    badge = SEVERITIES[finding.severity]
    heading = f"- {code(name)}\n" if name else ""
    whose = " ".join(name for name in (finding.metric, finding.priority) if name)
    told = quoted(f"{whose}: {finding.message}" if whose else finding.message)
    return f"{heading}  - {badge.symbol} {badge.word} {finding.code} {finding.slug}: {told} ({place(finding.at)})\n"


def acceptance(finding: FindingLine) -> str:
    """A finding that its owner accepts: until when, why, and what it is."""
    accepted = finding.acceptance
    until = f"until {write_day(accepted.until)}: {quoted(accepted.because)}" if accepted else ""
    return f"- {finding.code} {finding.slug}, accepted {until}; it is {quoted(told_of(finding))} ({place(finding.at)})\n"


def not_checked(skipped: NotChecked) -> str:
    """A promise that was not judged, and why."""
    return f"- {code(f'{skipped.agreement} {skipped.metric}')}: {quoted(skipped.why)}\n"


def method(report: Report) -> list[str]:
    """What the numbers rest on."""
    data = ", ".join(f"{name} {version}" for name, version in report.data_used)
    return [*map(quoted, report.assumptions), *([f"Data used: {quoted(data)}"] if data else [])]
