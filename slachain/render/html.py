"""The gap report as one self-contained page: the verdict on top, who has to act, each gap with its pictures, then all else.

All that the templates show is made here and beside it, as frozen values; they hold markup only.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

import slachain
from slachain.decisions.report import FORMAT, FindingLine, FixLine, PromiseLine, Report
from slachain.language.model import ANY
from slachain.language.scalars import write_percentage
from slachain.language.values import dataclass, field
from slachain.render.anchors import Key, by_promise, finding_names, key_of, link_to, names
from slachain.render.chain.graph import Graph, drawable, focus, overview
from slachain.render.page import amounts
from slachain.render.page.amounts import cost, is_amount
from slachain.render.page.case import fix_row, supported, write_exposure, write_tickets
from slachain.render.page.filters import Choice, Filters, sort_keys
from slachain.render.page.matrix import Matrix, matrix
from slachain.render.page.nouns import BADGES, NOTHING, SEVERITIES, FindingGroup, FindingRow, Row, Section, Top
from slachain.render.page.sections import MOST_DRAWN, Sections
from slachain.render.page.summary import top, weight
from slachain.render.page.views import Clause, Customer, Team, clauses, customers, teams
from slachain.render.templates import fill, text_of

NO_PICTURES = "The pictures of the chain are left out: Graphviz is not there (the package pygraphviz brings it along)."


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report, ready to be set."""

    top: Top
    choices: tuple[Choice, ...]
    matrix: Matrix
    overview: Graph | None
    no_pictures: str
    customers: tuple[Customer, ...]
    teams: tuple[Team, ...]
    clauses: tuple[Clause, ...]
    broken: tuple[Row, ...]
    sections: tuple[tuple[str, str, str, tuple[Section, ...]], ...]
    holds: tuple[Row, ...]
    findings: tuple[FindingGroup, ...]
    accepted: tuple[FindingRow, ...]
    report: Report
    made_with: str
    has_amounts: bool
    has_money: bool
    most_drawn: int = MOST_DRAWN


def html(report: Report) -> str:
    """The report as one HTML page without a request; the same report gives the same text."""
    report = report.in_full()
    script = text_of("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return fill("report.html.j2", page=Composer(report).page(), script=script, script_hash=f"sha256-{digest}")


@dataclass(slots=True)
class Composer:
    """Makes the page of a report."""

    report: Report
    anchors: dict[Key, str] = field(init=False)
    found: dict[Key, list[FindingLine]] = field(init=False)
    filters: Filters = field(init=False)
    finding_anchors: dict[int, str] = field(init=False)
    parties: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.anchors, self.found = names(self.report), by_promise(self.report)
        self.filters = Filters(self.report)
        named = finding_names(self.report.findings)
        self.finding_anchors = {id(finding): name for finding, name in zip(self.report.findings, named, strict=True)}
        self.parties = {agreement.id: agreement.provider for agreement in self.report.agreements}

    def page(self) -> Page:
        """Everything there is to show."""
        report = self.report
        rows = [self.row(promise) for promise in report.promises]
        rows.sort(key=lambda row: (list(BADGES).index(row.badge.kind), *(-part for part in weight(row))))
        broken = tuple(row for row in rows if row.badge.kind != "holds")
        cases = Sections(self.findings_of, self.finding_rows, self.parties, self.focus).of(broken)
        sections = [section for *_, of in cases for section in of]
        others = self.others(broken)
        return Page(
            top=top(report, rows),
            matrix=matrix(rows),
            overview=overview(report, self.links(), promises={key: link_to(anchor) for key, anchor in self.anchors.items()}),
            no_pictures="" if drawable() else NO_PICTURES,
            customers=customers(report, rows),
            teams=teams(report, sections, self.changes(broken)),
            clauses=clauses(sections, [row for group in others for row in group.rows]),
            broken=broken,
            sections=cases,
            holds=tuple(row for row in rows if row.badge.kind == "holds"),
            findings=others,
            accepted=self.finding_rows([finding for finding in report.findings if finding.accepted]),
            choices=self.filters.choices(),
            report=report,
            made_with=f"slachain {slachain.__version__} ({FORMAT})",
            has_amounts=any(is_amount(promise) for promise in report.promises),
            has_money=any(promise.money for promise in report.promises),
        )

    # --- promises ---------------------------------------------------------------------------------------------------

    def row(self, promise: PromiseLine) -> Row:
        """One promise's numbers in words."""
        share, anchor = promise.attainment, self.anchors[key_of(promise)]
        left = promise.headroom.amount if promise.headroom else None
        priority = amounts.priority(promise)
        return Row(
            promise=promise,
            name=f"{promise.title}: {promise.metric}" + (f", {priority}" if priority else ""),
            badge=BADGES[promise.verdict],
            anchor=anchor,
            link=link_to(anchor),
            supported=supported(promise),
            headroom=promise.headroom.text if promise.headroom else NOTHING,
            asked=write_percentage(share.promised, 6) if share else NOTHING,
            assured=write_percentage(share.assured) if share else NOTHING,
            exposure=write_exposure(promise.exposure) if promise.exposure is not None else NOTHING,
            headroom_kind="lacking" if promise.headroom is not None and (left is None or left <= 0) else "",
            priority=priority,
            clock=amounts.clock(promise),
            cost=cost(promise),
            down=promise.downtime,
            tickets=write_tickets(promise),
            words=self.words(promise, anchor, priority),
            tokens=self.filters.of_promise(promise, self.found.get(key_of(promise), [])),
            keys=sort_keys(promise),
        )

    def words(self, promise: PromiseLine, anchor: str, priority: str) -> str:
        """What a promise can be searched by: its names, and those of everybody behind it."""
        behind = self.filters.behind(promise.agreement, promise.metric)
        codes = (f"{found.code} {found.slug}" for found in self.found.get(key_of(promise), []))
        return " ".join((anchor, promise.title, promise.customer, promise.metric, priority, promise.verdict, *behind, *codes))

    def findings_of(self, row: Row) -> Sequence[FindingLine]:
        """What was found of a promise."""
        return self.found.get(key_of(row.promise), [])

    def focus(self, promise: PromiseLine) -> Graph | None:
        """The part of the chain that a promise goes through."""
        return focus(self.report, promise, self.links()) if drawable() else None

    def links(self) -> dict[str, str]:
        """Where each agreement's first promise is told, as links."""
        found: dict[str, str] = {}
        for key, anchor in self.anchors.items():
            found.setdefault(key[0], link_to(anchor))
        return found

    def changes(self, rows: Sequence[Row]) -> list[tuple[Row, FixLine, str]]:
        """What others than who promises could change, with the promise that each would mend."""
        fixes = [(row, fix) for row in rows for fix in row.promise.fixes if fix.change != "promise"]
        return [(row, fix, fix_row(row.promise, fix).words) for row, fix in fixes]

    # --- findings ---------------------------------------------------------------------------------------------------

    def others(self, broken: Sequence[Row]) -> tuple[FindingGroup, ...]:
        """The findings that no section tells, by agreement."""
        told = {id(finding) for row in broken for finding in self.findings_of(row)}
        groups: dict[str, list[FindingLine]] = {}
        for finding in self.report.findings:
            if not finding.accepted and id(finding) not in told:
                groups.setdefault(finding.agreement or finding.at.file, []).append(finding)
        return tuple(FindingGroup(name, self.finding_rows(groups[name])) for name in sorted(groups))

    def finding_rows(self, found: Sequence[FindingLine]) -> tuple[FindingRow, ...]:
        """Findings with their links, the gravest first."""
        return tuple(self.finding_row(finding) for finding in sorted(found, key=lambda finding: -finding.severity.weight))

    def finding_row(self, finding: FindingLine) -> FindingRow:
        """One finding, linked to the first of the promises it may concern."""
        named = (finding.agreement or "", finding.metric or "", finding.priority or "")
        anchor = next((self.anchors[key] for key in ((*named, None), (*named, 0)) if key in self.anchors), "")
        return FindingRow(
            finding=finding,
            badge=SEVERITIES[finding.severity],
            anchor=self.finding_anchors[id(finding)],
            promise=" ".join(part for part in named if part and part != ANY),
            link=link_to(anchor) if anchor else "",
            tokens=self.filters.of_finding(finding),
        )
