"""The same report for three readers: sales by customer, those who have to change something by team, reviewers by clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slachain.decisions.money_at_risk import MoneyLine
from slachain.decisions.money_lines import in_all
from slachain.decisions.report import AgreementLine, FixLine, PromiseLine, Report
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.render.page.nouns import FindingRow, Row, Section
from slachain.render.words import changed_lines, counted

MOST_LINKS = 12
VERDICTS = (
    ("gap", "gap", "gaps"),
    ("unsupported", "unsupported", "unsupported"),
    ("tolerated", "tolerated", "tolerated"),
    ("holds", "holds", "hold"),
)


@dataclass(frozen=True, slots=True)
class Links:
    """Where to read on: the first few, and how many more there are."""

    shown: tuple[tuple[str, str], ...]  # link and name
    more: int

    @classmethod
    def of(cls, links: Iterable[tuple[str, str]]) -> Links:
        """Each once, in order."""
        found = tuple(dict.fromkeys(links))
        return cls(found[:MOST_LINKS], len(found[MOST_LINKS:]))


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that does not hold, and what could be promised instead (empty where nothing was found)."""

    row: Row
    instead: str


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer's promises."""

    name: str
    counts: str
    money: str
    broken: tuple[Broken, ...]
    tokens: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a team or vendor could change, and the promises that it would mend."""

    words: str
    at: Span | None
    lines: tuple[tuple[str, str], ...]
    mends: Links


@dataclass(frozen=True, slots=True)
class Team:
    """One provider behind the promises: where tickets stay longest with it, and what it could change."""

    name: str
    kinds: str
    agreements: str
    longest: Links
    changes: tuple[Change, ...]
    tokens: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A line of an agreement that has a part in a gap or a finding."""

    at: Span
    agreement: str
    written: str
    gaps: Links
    findings: Links
    tokens: str


# --- sales -----------------------------------------------------------------------------------------------------------


def customers(report: Report, rows: Sequence[Row]) -> tuple[Customer, ...]:
    """Every customer, those with gaps first."""
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row.promise.customer, []).append(row)
    risks: dict[str, list[MoneyLine]] = {}
    for agreement in report.agreements:
        if agreement.money:
            risks.setdefault(agreement.customer, []).append(agreement.money)
    found = [customer(name, of, risks.get(name, [])) for name, of in sorted(by_name.items())]
    return tuple(sorted(found, key=lambda one: not one.broken))


def customer(name: str, rows: Sequence[Row], risks: Sequence[MoneyLine]) -> Customer:
    """One customer."""
    numbers = [(sum(row.promise.verdict == verdict for row in rows), one, many) for verdict, one, many in VERDICTS]
    counts = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in numbers if number)
    money = " + ".join(total.at_most.text for total in in_all(risks) if total.at_most.value)
    broken = tuple(Broken(row, instead(row.promise)) for row in rows if row.promise.verdict in ("gap", "unsupported"))
    return Customer(name, counts, money, broken, ";".join(row.tokens for row in rows))


def instead(promise: PromiseLine) -> str:
    """What could be promised as things are."""
    return next((fix.after for fix in promise.fixes if fix.change == "promise"), "")


# --- teams and vendors -----------------------------------------------------------------------------------------------


def teams(report: Report, sections: Sequence[Section], changes: Sequence[tuple[Row, FixLine, str]]) -> tuple[Team, ...]:
    """Every provider that has a part in what does not hold; `changes` are fixes of others than the promise, in words."""
    providers = {agreement.id: agreement for agreement in report.agreements}
    longest: dict[str, list[Row]] = {}
    for section in sections:
        for step in section.ticket.steps if section.ticket else ():
            if step.longest and step.who in providers:
                longest.setdefault(providers[step.who].provider, []).extend(section.rows)
    by_team: dict[str, dict[str, tuple[FixLine, list[Row]]]] = {}
    for row, fix, words in changes:
        if fix.agreement in providers:
            by_team.setdefault(providers[fix.agreement].provider, {}).setdefault(words, (fix, []))[1].append(row)
    names = sorted({*longest, *by_team})
    return tuple(team(name, providers.values(), longest.get(name, []), by_team.get(name, {})) for name in names)


def team(name: str, agreements: Iterable[AgreementLine], longest: Sequence[Row], changes: dict[str, tuple[FixLine, list[Row]]]) -> Team:
    """One provider."""
    own = [agreement for agreement in agreements if agreement.provider == name and not agreement.promises]
    kinds = "vendor" if own and all(agreement.kind == "uc" for agreement in own) else "team"
    told = tuple(Change(words, fix.at, changed_lines(fix), links(mends)) for words, (fix, mends) in changes.items())
    rows = [*longest, *(row for _, mends in changes.values() for row in mends)]
    return Team(
        name, kinds, ", ".join(agreement.id for agreement in own), links(longest), told, ";".join(dict.fromkeys(r.tokens for r in rows))
    )


def links(rows: Iterable[Row]) -> Links:
    """Links to promises."""
    return Links.of((row.link, row.name) for row in rows)


# --- reviewers -------------------------------------------------------------------------------------------------------


def clauses(sections: Sequence[Section], findings: Sequence[FindingRow]) -> tuple[Clause, ...]:
    """Every line that has a part in what does not hold, in the order of the files."""
    parts: dict[tuple[str, int], list[tuple[Span, str, str, Row]]] = {}
    for section in sections:
        for row in section.rows:
            for at, agreement, written in written_in(row.promise):
                parts.setdefault((at.file, at.line), []).append((at, agreement, written, row))
    codes: dict[tuple[str, int], list[FindingRow]] = {}
    for finding in findings:
        codes.setdefault((finding.finding.at.file, finding.finding.at.line), []).append(finding)
    return tuple(clause(parts[place], codes.get(place, [])) for place in sorted(parts))


def written_in(promise: PromiseLine) -> Iterable[tuple[Span, str, str]]:
    """The lines that a gap comes from: the promise's own, each step's, each part's."""
    yield promise.at, promise.agreement, promise.written
    for step in promise.worst_case.steps if promise.worst_case else ():
        yield step.at, step.agreement, step.written
    for part in promise.supplies:
        yield part.at, part.agreement, part.written


def clause(parts: Sequence[tuple[Span, str, str, Row]], findings: Sequence[FindingRow]) -> Clause:
    """One line; of a plan that several agreements extend, it says how many."""
    at, agreement, written, _ = parts[0]
    names = {name for _, name, _, _ in parts}
    return Clause(
        at=at,
        agreement=agreement if len(names) == 1 else f"{counted(len(names), 'agreement')}",
        written=written,
        gaps=links(row for *_, row in parts),
        findings=Links.of((f"#{found.anchor}", found.finding.code) for found in findings),
        tokens=";".join(dict.fromkeys(row.tokens for *_, row in parts)),
    )
