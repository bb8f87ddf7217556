"""What does not simply hold, gap by gap: promises of one clause that break in the same way are told once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from slachain.decisions.report import FindingLine, PromiseLine
from slachain.language.values import dataclass
from slachain.render.chain.graph import Graph
from slachain.render.page import amounts
from slachain.render.page.amounts import amount_case, is_amount
from slachain.render.page.case import facts, fix_row, ticket
from slachain.render.page.heat import heat
from slachain.render.page.nouns import FindingRow, Row, Section
from slachain.render.page.summary import possible

# The finding that tells why a promise does not hold.
CODES = {
    "missing": "SC204",
    "equal": "SC209",
    "hours": "SC203",
    "commitment": "SC201",
    "sum": "SC202",
    "attainment": "SC206",
    "availability": "SC301",
    "amount": "SC302",
    "unsupported": "SC205",
}
CAUSES = {
    "missing": "Somebody whom the ticket reaches has agreed to no time for it, so nothing limits how long it may stay there.",
    "equal": "Everybody together is allowed exactly the time that is promised. Nothing is left over: being in time needs more than that.",
    "hours": "The allowed times would fit, but the customer's clock runs on while somebody who has the ticket is closed.",
    "commitment": "A single step is by itself allowed more time than the whole promise gives.",
    "sum": "No single step is too slow, but one after another they are allowed more time than is promised.",
    "attainment": "The time is kept, but those relied on keep theirs for too few tickets to assure the promised percentage.",
    "unsupported": "The agreement names nobody who has committed to do this. It may be kept or not: nothing written says that it will be.",
}
TOLERATED = "The time is not always kept, but late tickets stay within the percentage that the promise leaves open."
MOST_DRAWN = 40  # sections with pictures, those that weigh most: a page of hundreds of gaps has to go into a mail
VERDICTS = (
    ("gap", "gaps", "Gaps", "These promises cannot be kept as written."),
    ("unsupported", "unsupported", "Unsupported", "Nobody has committed to what these promise."),
    ("tolerated", "tolerated", "Tolerated", "Some tickets are late, but no more than the promised percentage leaves."),
)


@dataclass(frozen=True, slots=True)
class Sections:
    """Makes them from rows, the findings about each, the providers by agreement, and what draws a promise's part of the chain."""

    found: Callable[[Row], Sequence[FindingLine]]
    finding_rows: Callable[[Sequence[FindingLine]], tuple[FindingRow, ...]]
    parties: Mapping[str, str]
    draw: Callable[[PromiseLine], Graph | None]

    def of(self, rows: Sequence[Row]) -> tuple[tuple[str, str, str, tuple[Section, ...]], ...]:
        """Anchor, title, what it says and its sections, by verdict; verdicts without any are left out."""
        groups: dict[tuple[object, ...], list[Row]] = {}
        for row in rows:
            groups.setdefault(alike(row.promise), []).append(row)
        drawn = {key for key, _ in list(groups.items())[:MOST_DRAWN]}
        told = []
        for kind, anchor, title, says in VERDICTS:
            of_kind = [(key, group) for key, group in groups.items() if group[0].badge.kind == kind]
            if of_kind:
                told.append((anchor, title, says, tuple(self.section(group, drawn=key in drawn) for key, group in of_kind)))
        return tuple(told)

    def section(self, rows: Sequence[Row], *, drawn: bool) -> Section:
        """What is told of promises that break in the same way, by the first of them."""
        row, promise, case = rows[0], rows[0].promise, rows[0].promise.worst_case
        found = self.found(row)
        code = "SC207" if promise.verdict == "tolerated" else CODES.get(promise.cause or "", "")
        main = next((finding for finding in found if finding.code == code), None)
        of_amount = is_amount(promise)
        cause = amounts.why(promise) if of_amount and promise.cause != "unsupported" else CAUSES.get(promise.cause or "", "")
        return Section(
            rows=tuple(rows),
            drawn=drawn,
            code=f"{main.code} {main.slug}" if main else "",
            message=main.message if main else f"{promise.promised.text} promised {promise.clock}, {possible(row)}",
            cause=f"{TOLERATED} {cause}" if promise.verdict == "tolerated" else cause,
            facts=tuple(amounts.facts(row) if of_amount else facts(row)),
            ticket=ticket(promise, case, self.parties, drawn=drawn) if case else None,
            week=heat(promise.week) if promise.week and drawn else None,
            graph=self.draw(promise) if drawn else None,
            amount=amount_case(promise, main) if of_amount else None,
            fixes=tuple(fix_row(promise, fix) for fix in promise.fixes),
            help=main.help if main else "",
            more=self.finding_rows([finding for finding in found if finding is not main]),
        )


def alike(promise: PromiseLine) -> tuple[object, ...]:
    """What is the same for promises of one clause that break in the same way: everything but whose they are."""
    case = promise.worst_case
    steps = tuple((s.agreement == promise.agreement or s.agreement, s.at, s.start, s.to) for s in case.steps) if case else ()
    parts = tuple((part.agreement, part.supplies) for part in promise.supplies)
    clause = (promise.at, promise.provider, promise.metric, promise.priority, promise.alternative, promise.calendar, promise.promised)
    outcome = (promise.verdict, promise.cause, promise.supported, promise.attainment, promise.exposure, promise.week)
    return (*clause, *outcome, case and (case.opened, case.due, case.done), steps, parts)
