"""The report on a terminal: each finding with its excerpt and the other side, the ticket, the fixes; then the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, TextIO, TypeAlias

from slachain.decisions.lines import Names, places
from slachain.decisions.report import FindingLine, FixLine, Named, NoteLine, PromiseLine, Report
from slachain.language.findings import Severity
from slachain.language.scalars import write_percentage
from slachain.language.source import Source, Span
from slachain.language.values import dataclass, field
from slachain.render.paper import Marked, Paper
from slachain.render.words import clock_words, counted, fix_words, name_of, verdict_line

if TYPE_CHECKING:
    from rich.console import Console as Screen

    Console: TypeAlias = Screen | Paper

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
VERDICT_COLOURS = {"holds": "green", "tolerated": "yellow", "gap": "red", "unsupported": "red"}
CAUSE_CODES = frozenset({"SC201", "SC202", "SC203", "SC204", "SC206", "SC207", "SC209", "SC301", "SC302"})
MOST_WHOLE = 500  # findings told with excerpts, the other side and what mends them
MOST_NOTES = 100  # places that a finding speaks of, told with it


def console(stream: TextIO) -> Screen:
    """A console that colours for people only: plain when piped or when `NO_COLOR` is set."""
    from rich.console import Console

    return Console(file=stream, highlight=False, soft_wrap=True, emoji=False, markup=False)


def plain(report: Report, sources: Mapping[str, Source], verbose: bool = False, infos: bool = False) -> str:
    """The same without colour, as text."""
    buffer = StringIO()
    show(report, sources, Paper(buffer), verbose, infos)
    return buffer.getvalue()


def show(report: Report, sources: Mapping[str, Source], out: Console, verbose: bool = False, infos: bool = False) -> None:
    """Print a report; `verbose` has a line for each promise, and `infos` for each info, which are counted otherwise."""
    out.print(verdict_line(report), style="bold")
    out.print()
    told = [finding for finding in report.findings if finding.acceptance is None and (infos or finding.severity is not Severity.INFO)]
    teller = _Teller(sources, out, Concerned.of(report, told[:MOST_WHOLE]))
    for finding in told[:MOST_WHOLE]:
        teller.tell(finding)
    teller.headlines(told[MOST_WHOLE:])
    if verbose:
        _promises(report, out)
    _accepted(report, out)
    if not infos:
        _infos(report, out)
    for skipped in report.not_checked:
        out.print(f"not checked: {skipped.agreement} {skipped.metric}: {skipped.why}")
    for money in report.money:
        expected = f", {money.expected.text} to be expected" if money.expected else ""
        out.print(f"Money at risk in a month: {money.at_most.text} at most{expected}")
    out.print(_count_line(report))


@dataclass(frozen=True, slots=True)
class Concerned:
    """The promises that findings speak of; lines are made of these alone."""

    report: Report
    places: Mapping[Names, Sequence[int]]
    lines: dict[int, PromiseLine] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, findings: Sequence[FindingLine]) -> Concerned:
        """Those of a report that some of its findings say the verdict of."""
        named = {(f.agreement, f.metric, f.priority) for f in findings if f.code in CAUSE_CODES}
        return cls(report, places(report.promises, named))

    def by(self, finding: FindingLine) -> PromiseLine | None:
        """The first promise whose verdict a finding says; of alternatives the one that it stands at."""
        if finding.code not in CAUSE_CODES:
            return None
        places = self.places.get((finding.agreement, finding.metric, finding.priority), ())
        return next((promise for promise in map(self.line, places) if _stands_at(promise, finding.at)), None)

    def line(self, place: int) -> PromiseLine:
        """One promise, made once."""
        if place not in self.lines:
            self.lines[place] = self.report.promises[place]
        return self.lines[place]


def _stands_at(promise: PromiseLine, at: Span) -> bool:
    return at == promise.at if promise.alternative is not None else at.file == promise.at.file


@dataclass(slots=True)
class _Teller:
    """Prints findings one after another; what was told of a chain or a promise once is not told again."""

    sources: Mapping[str, Source]
    out: Console
    concerned: Concerned
    told: dict[tuple[NoteLine, ...], FindingLine] = field(default_factory=dict)
    promises: set[tuple[Named, int | None] | None] = field(default_factory=set)
    fixes: set[FixLine] = field(default_factory=set)

    def tell(self, finding: FindingLine) -> None:
        """One finding; with the promise's remarks and fixes where it is the first to speak of it."""
        colour = COLOURS[finding.severity]
        code = (f"{finding.code} {finding.slug}", colour)
        self.out.print(_text(f"{finding.at}: ", code, f": {_subject(finding)}", (finding.message, "bold")))
        if finding.severity is Severity.INFO:
            return
        self.excerpt(finding.at, colour)
        promise = self.concerned.by(finding)
        key = (promise.named, promise.alternative) if promise else None
        fresh = promise if key not in self.promises else None
        self.promises.add(key)
        fixes = fresh.fixes if fresh else ()
        self.other_side(finding, fresh)
        self.mend(finding, fixes)
        self.out.print()

    def headlines(self, findings: Sequence[FindingLine]) -> None:
        """The first lines alone, of more findings than anybody reads."""
        if findings:
            self.out.print(f"{len(findings):,} more, each in a line:")
            self.out.print("\n".join(f"{f.at}: {f.code} {f.slug}: {_subject(f)}{f.message}" for f in findings))
            self.out.print()

    def other_side(self, finding: FindingLine, promise: PromiseLine | None) -> None:
        """The steps and the ticket, once for all promises that share them."""
        before = self.told.get(finding.because) if finding.because and finding.when else None
        if before is not None and before.when == finding.when:
            self.out.print(f"  the same steps and the same ticket as at {before.at}")
            return
        if before is not None:
            self.out.print(f"  the same steps as at {before.at}")
        else:
            self.because(finding.because)
        self.told.setdefault(finding.because, finding)
        if finding.when:
            self.out.print(f"  ticket: {finding.when}")
        for remark in promise.worst_case.remarks if promise and promise.worst_case else ():
            self.out.print(f"          {remark}")

    def because(self, notes: Sequence[NoteLine]) -> None:
        """The places that a finding speaks of; of more than anybody reads the first."""
        for note in notes[:MOST_NOTES]:
            self.out.print(_text("  ", (f"{note.at}: ", "dim"), note.message))
            self.excerpt(note.at, "cyan")
        if len(notes) > MOST_NOTES:
            self.out.print(f"  and {len(notes) - MOST_NOTES:,} more (--format json lists them)")

    def mend(self, finding: FindingLine, fixes: tuple[FixLine, ...]) -> None:
        """The fixes, each told once; advice where there is none."""
        lead = "mend:  "
        for fix in fixes:
            if fix not in self.fixes:
                self.fixes.add(fix)
                self.out.print(_text(f"  {lead} ", (fix_words(fix), "green"), (f"  ({fix.agreement}: {fix.field})", "dim")))
                lead = "or:    "
        if finding.help and not fixes:
            self.out.print(f"  help:   {finding.help}")

    def excerpt(self, span: Span, style: str) -> None:
        """The line of a value, with carets under it."""
        source = self.sources.get(span.file)
        excerpt = source.excerpt(span) if source else None
        if excerpt:
            self.out.print(_text((f"  {excerpt.line:>4} | ", "dim"), excerpt.text))
            self.out.print(_text(("       | ", "dim"), (excerpt.carets, style)))


def _text(*parts: str | tuple[str, str]) -> Marked:
    return Marked(parts)


def _subject(finding: FindingLine) -> str:
    """Whose promise is spoken of: the value may stand in a plan that many extend."""
    named = [name for name in (finding.agreement, finding.metric, finding.priority) if name]
    return " ".join(named) + ": " if finding.metric else ""


def _promises(report: Report, out: Console) -> None:
    names = [name_of(promise) for promise in report.promises]
    width = max((len(name) for name in names), default=0)
    for promise, name in zip(report.promises, names, strict=True):
        verdict = (f"{promise.verdict:<11}", VERDICT_COLOURS[promise.verdict])
        out.print(_text(verdict, f" {name:<{width}}  {_numbers(promise)}"))
    if report.promises:
        out.print()


def _numbers(promise: PromiseLine) -> str:
    """What is promised and supported; and what a breach can cost, where that is anything."""
    costs = promise.money is not None and promise.money.at_most.value > 0
    return _limits(promise) + (f"; {promise.money.at_most.text} at risk" if promise.money and costs else "")


def _limits(promise: PromiseLine) -> str:
    told = f"{promise.promised.text} {clock_words(promise)}"
    if promise.supported is None:
        return told
    if promise.attainment is None:
        down = f" ({promise.downtime[1]} down, {promise.downtime[0]} promised)" if promise.downtime else ""
        return f"{told}: {promise.supported.text} supplied{down}"
    share = f"{write_percentage(promise.attainment.promised)} promised, {write_percentage(promise.attainment.assured)} assured"
    possible = "never done" if promise.supported.amount is None else f"{promise.supported.text} possible"
    return f"{told}: {possible}; {share}"


def _accepted(report: Report, out: Console) -> None:
    for finding in report.findings:
        if finding.accepted:
            out.print(f"accepted: {finding.at}: {finding.code} {finding.slug}: {finding.message}")


def _infos(report: Report, out: Console) -> None:
    """Infos by code, counted."""
    found = Counter([(f.code, f.slug) for f in report.findings if f.severity is Severity.INFO and f.acceptance is None])
    if found:
        told = ", ".join(f"{count} {code} {slug}" for (code, slug), count in sorted(found.items()))
        out.print(f"info: {told} (--verbose lists them)", style="dim")


def _count_line(report: Report) -> str:
    standing = Counter([f.severity for f in report.findings if f.acceptance is None])
    told = ", ".join(counted(standing[s], str(s), "info" if s == Severity.INFO else None) for s in reversed(Severity))
    accepted = len(report.findings) - standing.total()
    return told + (f", {accepted} accepted" if accepted else "")
