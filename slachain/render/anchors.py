"""What names a promise or a finding in the page: anchors that stay the same from report to report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.language.source import Span

Key = tuple[str, str, str, int | None]


def key_of(promise: PromiseLine) -> Key:
    """What names a promise."""
    return promise.agreement, promise.metric, promise.priority, promise.alternative


def names(report: Report) -> dict[Key, str]:
    """`acme-gold.resolution.P1`, with `.0` for an alternative. Dots in ids may make two alike: then a later one gets a `~2`."""
    keys = [key_of(promise) for promise in report.promises]
    return dict(zip(keys, apart(".".join(str(part) for part in key if part is not None) for key in keys), strict=True))


def finding_names(found: Iterable[FindingLine]) -> list[str]:
    """`SC203.acme-gold.resolution.P1`, for a finding about no agreement with its file; a later one alike gets a `~2`."""
    return apart(
        ".".join(part for part in (f.code, f.agreement or re.sub(r"\s", "_", f.at.file), f.metric, f.priority) if part) for f in found
    )


def apart(wanted: Iterable[str]) -> list[str]:
    """The same names in order, each once: those met again are numbered."""
    times: dict[str, int] = {}
    found = []
    for name in wanted:
        times[name] = times.get(name, 0) + 1
        found.append(name if times[name] == 1 else f"{name}~{times[name]}")
    return found


def link_to(anchor: str) -> str:
    """A fragment that leads there."""
    return "#" + quote(anchor, safe="*~")


def by_promise(report: Report) -> dict[Key, list[FindingLine]]:
    """The findings on whether a promise is kept, by promise; of alternatives, the one that is written nearest."""
    rivals: dict[tuple[str | None, ...], list[PromiseLine]] = {}
    for promise in report.promises:
        rivals.setdefault((promise.agreement, promise.metric, promise.priority), []).append(promise)
    found: dict[Key, list[FindingLine]] = {}
    for finding in report.findings:
        concerned = rivals.get((finding.agreement, finding.metric, finding.priority), [])
        if concerned and finding.code[:3] in ("SC2", "SC3"):
            nearest = min(concerned, key=lambda promise: _apart(promise.at, finding.at))
            found.setdefault(key_of(nearest), []).append(finding)
    return found


def _apart(one: Span, other: Span) -> tuple[bool, int, int]:
    return one.file != other.file, abs(one.line - other.line), abs(one.column - other.column)
