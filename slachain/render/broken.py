"""A promise that does not simply hold, in Markdown: both numbers, the worst ticket, because of whom, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from slachain.decisions.money_lines import in_all
from slachain.decisions.report import FindingLine, PromiseLine, TicketsLine
from slachain.language.scalars import write_percentage
from slachain.language.source import Span
from slachain.language.values import dataclass, replace
from slachain.render.anchors import Key, key_of
from slachain.render.fitting import Part
from slachain.render.page import amounts
from slachain.render.page.amounts import UNKNOWN, is_amount
from slachain.render.page.case import fix_row, supported, write_exposure, write_tickets, written
from slachain.render.page.nouns import BADGES, FixRow
from slachain.render.page.sections import CAUSES, CODES, TOLERATED, alike
from slachain.render.quoted import block, code, quoted
from slachain.render.words import clock_words, counted, name_of

MOST_NOTES, MOST_FIXES, MOST_NAMES = 8, 4, 5  # of one gap
MOST_OF_A_CAUSE = 1000  # characters

Group = tuple[PromiseLine, ...]
Note = tuple[str, Span]


def groups(promises: Sequence[PromiseLine]) -> list[Group]:
    """Promises of one clause that break in the same way are told once, by the first of them."""
    found: dict[tuple[object, ...], list[PromiseLine]] = {}
    for promise in promises:
        found.setdefault(alike(promise), []).append(promise)
    return [tuple(group) for group in found.values()]


def place(at: Span) -> str:
    """Where something is written."""
    return code(str(at))


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of promises that do not simply hold, with what was found of each."""

    found: dict[Key, list[FindingLine]]

    def part(self, promises: Sequence[PromiseLine], verdict: str, title: str, says: str) -> Part[Group]:
        """All of one verdict: gaps at length, as long as there is room; the others in a line each."""
        mine = [promise for promise in promises if promise.verdict == verdict]
        head, found = f"### {title} ({len(mine)})\n\n{says}\n", groups(mine)
        if verdict != "gap":
            return Part(f"{head}\n", found, self.line, lambda number: f"{number} more {verdict}", counts=len)
        between = "\nThe others in a line each:\n\n"
        return Part(head, found, self.gap, lambda number: counted(number, "more gap"), self.line, between, counts=len)

    def main(self, promise: PromiseLine) -> FindingLine | None:
        """The finding that says why a promise does not hold."""
        wanted = "SC207" if promise.verdict == "tolerated" else CODES.get(promise.cause or "")
        return next((finding for finding in self.found.get(key_of(promise), []) if finding.code == wanted), None)

    def message(self, promise: PromiseLine) -> str:
        """Both numbers, in a sentence."""
        if main := self.main(promise):
            return main.message
        possible = f"{supported(promise)} {'supplied' if is_amount(promise) else 'possible'}"
        return f"{promise.promised.text} promised {clock_words(promise)}, {possible}"

    def line(self, group: Group) -> str:
        """A promise in a line."""
        promise, main = group[0], self.main(group[0])
        others = f" and {counted(len(group) - 1, 'more agreement')}" if len(group) > 1 else ""
        told = f"- {BADGES[promise.verdict].symbol} {code(name_of(promise))}{others}: {quoted(self.message(promise))}"
        risk = f"; {quoted(money)}" if (money := at_risk(group)) else ""
        advice = f"; in general: {quoted(main.help)}" if main and main.help and promise.verdict == "unsupported" else ""
        return f"{told} ({place(promise.at)}){risk}{accepted(main)}{advice}\n"

    def gap(self, group: Group) -> str:
        """A gap at length."""
        promise, main = group[0], self.main(group[0])
        name = f"{promise.title}: {promise.metric} {amounts.priority(promise)}"
        parties = f"promised by {promise.provider} to {promise.customer}, {amounts.clock(promise)}"
        lines = [
            "",
            f"#### {BADGES[promise.verdict].symbol} {quoted(name)}",
            "",
            f"{code(name_of(promise))}, {quoted(parties)} ({place(promise.at)}){others(group)}",
            "",
            f"**{quoted(self.message(promise))}.** {quoted(why(promise), MOST_OF_A_CAUSE)}",
            "",
            *self.points(group),
            *mending(promise, main),
        ]
        return "\n".join(lines) + "\n"

    def points(self, group: Group) -> Iterator[str]:
        """The numbers of a gap, a line each."""
        promise, main = group[0], self.main(group[0])
        if told := ticket(promise):
            yield f"- **Worst ticket:** {quoted(told)}"
        if notes := [*because(promise, main)]:
            left_out = f"; and {len(notes) - MOST_NOTES} more" if len(notes) > MOST_NOTES else ""
            yield f"- **Because of:** {'; '.join(f'{quoted(says)} ({place(at)})' for says, at in notes[:MOST_NOTES])}{left_out}"
        if told := in_time(group):
            yield f"- **In time:** {told}"
        if promise.downtime:
            yield f"- **Down in a {quoted(promise.period or '')}:** {quoted(f'{promise.downtime[0]} promised, {promise.downtime[1]} supplied')}"
        if told := at_risk(group):
            yield f"- **Money at risk:** {quoted(told)}"
        if told := accepted(main).removeprefix("; "):
            yield f"- **Accepted** {told.removeprefix('accepted ')}"


# --- the numbers -----------------------------------------------------------------------------------------------------


def others(group: Group) -> str:
    """Whose promises break in the same way."""
    names = [code(name_of(promise)) for promise in group[1 : MOST_NAMES + 1]]
    more = len(group) - 1 - len(names)
    return f". The same for {', '.join(names)}" + (f" and {more} more" if more else "") if names else ""


def why(promise: PromiseLine) -> str:
    """The cause, in a sentence."""
    of_amount = is_amount(promise) and promise.cause != "unsupported"
    cause = amounts.why(promise) if of_amount else CAUSES.get(promise.cause or "", "")
    return f"{TOLERATED} {cause}" if promise.verdict == "tolerated" else cause


def ticket(promise: PromiseLine) -> str:
    """The worst ticket: when it is opened and done, and what is out of the ordinary meanwhile."""
    case = promise.worst_case
    if case is None:
        return ""
    done = f"done {written(case.done, promise.zone)}: {supported(promise)} on the customer's clock" if case.done else "never done"
    return "; ".join([f"opened {written(case.opened, promise.zone)}, {done}", *case.remarks])


def because(promise: PromiseLine, main: FindingLine | None) -> Iterator[Note]:
    """Who brings it about: what the finding names, else the steps and the commitments."""
    if main and main.because:
        yield from ((note.message, note.at) for note in main.because)
        return
    yield from ((step.says, step.at) for step in (promise.worst_case.steps if promise.worst_case else ()))
    yield from ((f"{part.agreement} commits to {part.commits} a {part.period}", part.at) for part in promise.supplies)


def in_time(group: Group) -> str:
    """How many tickets are in time, as promised and as assured, and how many may be late."""
    share, exposure, told = group[0].attainment, group[0].exposure, []
    if share:
        told.append(f"{write_percentage(share.promised, 6)} promised, {write_percentage(share.assured)} assured")
    if exposure:
        told.append(f"opened at {write_exposure(exposure)} of all moments, a ticket may be late")
    if tickets := write_tickets(replace(group[0], tickets=expected(group))):
        told.append(f"{tickets} tickets a month may be late")
    return "; ".join(told)


def expected(group: Group) -> TicketsLine | None:
    """The tickets of all its promises together."""
    known = [promise.tickets for promise in group if promise.tickets]
    return TicketsLine(sum((t.month for t in known), Fraction(0)), sum((t.late for t in known), Fraction(0))) if known else None


def at_risk(group: Group) -> str:
    """The money at risk of all its promises together; nothing where none is."""
    money = [line for line in in_all(promise.money for promise in group if promise.money) if line.at_most.value]
    likely = " + ".join(line.expected.text for line in money if line.expected) or UNKNOWN
    return f"{' + '.join(line.at_most.text for line in money)} a month at most, expected: {likely}" if money else ""


def accepted(main: FindingLine | None) -> str:
    """Until when its owner accepts it, and why."""
    found = main.acceptance if main else None
    return f"; accepted until {found.until}: {quoted(found.because)}" if found else ""


# --- what would mend it ----------------------------------------------------------------------------------------------


def mending(promise: PromiseLine, main: FindingLine | None) -> Iterator[str]:
    """Every change that is enough, with the lines to write where they are known."""
    rows = [fix_row(promise, fix) for fix in promise.fixes]
    mendable = promise.worst_case is not None or (is_amount(promise) and promise.cause not in ("missing", "unsupported"))
    if rows:
        yield f"- **What would mend it**{', any one of these' if len(rows) > 1 else ''}:"
    elif mendable:
        yield "- **What would mend it:** no single change is enough, more than one thing has to change"
    for row in rows[:MOST_FIXES]:
        yield from fix_lines(row)
    if more := len(rows[MOST_FIXES:]):
        yield f"  - … and {counted(more, 'other way', 'other ways')}: see the HTML report"
    if main and main.help and not rows:
        yield f"- **In general:** {quoted(main.help)}"


def fix_lines(row: FixRow) -> Iterator[str]:
    """One change, and the lines as they are to be written."""
    where = f"{code(row.agreement)}: {code(row.field)}" + (f", {place(row.at)}" if row.at else "")
    yield f"  - {quoted(row.words)} ({where})"
    shown = block(row.yaml, "yaml") if row.yaml else []
    if shown is None:
        yield "    The lines to write are too many to be shown here: see the HTML report."
    yield from (f"    {line}".rstrip() if not line.strip() else f"    {line}" for line in shown or [])
