"""A ticket history as text to read, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from slachain.analysis.tickets.csv_rows import Refused
from slachain.analysis.tickets.history import KEPT, NOT_KEPT, UNDECIDED
from slachain.decisions.baseline_lines import FORMAT, Baseline, HistoryLine
from slachain.decisions.data import as_data
from slachain.decisions.report import FindingLine
from slachain.language.findings import Severity
from slachain.language.scalars import write_percentage
from slachain.language.source import Source
from slachain.render.baseline_words import (
    ends_words,
    headline,
    interval_words,
    left_out_words,
    name,
    promised_words,
    short,
    support_words,
    tickets_words,
)
from slachain.render.words import counted

WIDTH = 100
MOST_REFUSED = 10
SIGNS = {KEPT: "✓", NOT_KEPT: "✗", UNDECIDED: "?"}
MONTHS_TOLD = 12
LEGEND = (
    "kept       the share of the tickets; ✓ as promised  ✗ less  ? too few tickets to tell",
    "sure       where that share lies, with 95% confidence",
    "supported  the time that history shows, with 95% confidence, to be enough for the promised share",
)


def baseline_data(found: Baseline) -> dict[str, Any]:
    """`slachain-baseline/1`."""
    counts = {str(s): sum(f.severity == s and not f.accepted for f in found.findings) for s in reversed(Severity)}
    return {
        "format": FORMAT,
        "as_of": found.as_of.isoformat(),
        "log": {"name": found.log, "tickets": found.tickets, "ends": as_data(found.ends), "refused": len(found.refused)},
        "says": headline(found),
        "summary": {
            **{verdict.replace("-", "_"): found.count(verdict) for verdict in (KEPT, NOT_KEPT, UNDECIDED)},
            "could_be_stricter": sum(line.stricter for line in found.lines),
            "findings": {**counts, "accepted": sum(f.accepted for f in found.findings)},
        },
        "targets": as_data(found.lines),
        "findings": as_data(found.findings),
        "refused": as_data(found.refused),
        "left_out": as_data(found.left_out),
        "not_measured": as_data(found.not_measured),
        "notes": list(found.notes),
        "data_used": dict(found.data_used),
    }


def rejects_text(refused: Iterable[Refused]) -> str:
    """The rows that could not be used, as a table of their own."""
    rows = (f'{row.line},"{row.why.replace(chr(34), chr(34) * 2)}"\n' for row in refused)
    return "line,why\n" + "".join(rows)


def baseline_text(found: Baseline, sources: Mapping[str, Source], verbose: bool = False) -> str:
    """The verdict, a table of each agreement, the findings, and what was not used."""
    return "\n".join(_lines(found, sources, verbose)) + "\n"


def _lines(found: Baseline, sources: Mapping[str, Source], verbose: bool) -> Iterator[str]:
    yield headline(found)
    yield tickets_words(found) + ends_words(found)
    for _, of in groupby(found.lines, key=lambda line: line.agreement):
        rows = list(of)
        yield ""
        yield f"{rows[0].agreement}: {rows[0].title} ({rows[0].kind}, {rows[0].provider} for {rows[0].customer})"
        yield from _table(rows)
        for line in rows:
            if verbose or line.verdict == NOT_KEPT:
                yield from _months(line)
    if any(line.tickets for line in found.lines):
        yield ""
        yield from LEGEND
    for finding in found.findings:
        if not finding.accepted:
            yield ""
            yield from _finding(finding, sources)
    yield from (f"accepted: {f.at}: {f.code} {f.slug}: {f.message}" for f in found.findings if f.accepted)
    yield from _foot(found, verbose)


def _table(rows: Sequence[HistoryLine]) -> Iterator[str]:
    head = ["target", "promised", "tickets", "kept", "", "sure", "median", "90%", "95%", "99%", "supported"]
    body = [_cells(line) for line in rows]
    widths = [max(len(cells[n]) for cells in [head, *body]) for n in range(len(head))]
    left = {0, 1, 4, 10}
    for cells in [head, *body]:
        told = (c.ljust(w) if n in left else c.rjust(w) for n, (c, w) in enumerate(zip(cells, widths, strict=True)))
        yield ("  " + "  ".join(told)).rstrip()


def _cells(line: HistoryLine) -> list[str]:
    if line.share is None:
        return [name(line), promised_words(line), "0", *[""] * 8]
    quantiles = [short(q.within) for q in line.quantiles]
    share = write_percentage(line.share.value)
    told = support_words(line.supported) if line.supported else ""
    return [name(line), promised_words(line), str(line.tickets), share, SIGNS[line.verdict], interval_words(line.share), *quantiles, told]


def _months(line: HistoryLine) -> Iterator[str]:
    """The share kept by month."""
    shown = line.months[-MONTHS_TOLD:]
    told = ", ".join(f"{m.month} {write_percentage(m.share.value, 0)} of {m.tickets}" for m in shown)
    more = f"the last {MONTHS_TOLD} of {len(line.months)} months: " if len(line.months) > MONTHS_TOLD else ""
    yield from wrap(f"{name(line)} by month: {more}{told}", WIDTH, initial_indent="    ", subsequent_indent="      ")


def _finding(finding: FindingLine, sources: Mapping[str, Source]) -> Iterator[str]:
    subject = " ".join(part for part in (finding.agreement, finding.metric, finding.priority) if part)
    yield f"{finding.at}: {finding.code} {finding.slug}: {subject}: {finding.message}"
    if finding.severity is not Severity.INFO:
        source = sources.get(finding.at.file)
        excerpt = source.excerpt(finding.at) if source else None
        if excerpt:
            yield f"  {excerpt.line:>4} | {excerpt.text}"
            yield f"       | {excerpt.carets}"
    if finding.help:
        yield f"  help:   {finding.help}"


def _foot(found: Baseline, verbose: bool) -> Iterator[str]:
    if found.refused:
        yield ""
        yield f"{counted(len(found.refused), 'row')} could not be used:"
        yield from (f"  line {row.line}: {row.why}" for row in found.refused[:MOST_REFUSED])
        if len(found.refused) > MOST_REFUSED:
            yield f"  and {len(found.refused) - MOST_REFUSED} more: --rejects FILE writes all of them"
    if found.left_out:
        yield ""
        yield "Not measured:"
        yield from (f"  {left_out_words(part)}" for part in found.left_out)
    if found.not_measured and verbose:
        yield ""
        yield "Targets without tickets:"
        yield from (f"  {left_out_words(part)}" for part in found.not_measured)
    elif found.not_measured:
        yield f"Without tickets: {counted(len(found.not_measured), 'other target')} (--verbose lists them)"
    for note in found.notes:
        yield from wrap(note, WIDTH, initial_indent="note: ", subsequent_indent="      ")
    counts = [(sum(f.severity == s and not f.accepted for f in found.findings), s) for s in reversed(Severity)]
    yield ""
    yield ", ".join(counted(n, str(s), "info" if s == Severity.INFO else None) for n, s in counts)
