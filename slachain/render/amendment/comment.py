"""An amendment as a comment on a pull request, in no more than GitHub takes: what comes last is counted where there is no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from slachain.clocks.wall import write_day
from slachain.decisions.amendment import (
    CLOSED,
    LOOSENED,
    MOVED,
    OPENED,
    SAME,
    STAYS,
    TIGHTENED,
    Amendment,
    ClauseChange,
    FindingChange,
    Standing,
    StandingChange,
    TargetChange,
)
from slachain.render.amendment.clause_words import clause_words
from slachain.render.amendment.page import ticket
from slachain.render.amendment.words import (
    CHANGES,
    causes,
    counts_sentence,
    money_sentence,
    promise_name,
    shift_lines,
    standing_words,
    target_words,
    verdict_sentence,
)
from slachain.render.fitting import Part, fitted
from slachain.render.markdown import MOST_BYTES, fold, line_of, more
from slachain.render.page.nouns import BADGES, SEVERITIES
from slachain.render.quoted import code, quoted
from slachain.render.sentences import headline
from slachain.render.words import counted, fix_words

SYMBOLS = {TIGHTENED: "▲", LOOSENED: "▼"}
KEPT_FIXES, MOST_NAMES = 3, 20


def amendment_markdown(found: Amendment) -> str:
    """The amendment as GitHub Flavored Markdown."""
    parts: list[Part[Any]] = [
        standings("Gaps opened", found.turned(OPENED)),
        standings("Gaps closed", found.turned(CLOSED)),
        *folded(found),
    ]
    return fitted(top(found), parts, MOST_BYTES).rstrip() + "\n"


def top(found: Amendment) -> str:
    """The verdict, what it rests on, and what was renamed."""
    symbol = "✗" if found.opens_a_gap else "✓" if found.turned(CLOSED) or found.empty else "→"
    lines = [f"## {symbol} {verdict_sentence(found)}", ""]
    for sentence in (money_sentence(found), counts_sentence(found)):
        lines += [quoted(sentence, 2000), ""] if sentence else []
    lines += [f"{code(found.new)} against {code(found.old)}, both as of {write_day(found.as_of)}.", ""]
    lines += [f"{code(old)} looks renamed: it is compared with {code(new)}.\n" for old, new in found.renamed[:MOST_NAMES]]
    if len(found.renamed) > MOST_NAMES:
        lines.append(f"And {counted(len(found.renamed) - MOST_NAMES, 'more agreement looks', 'more agreements look')} renamed.\n")
    return "\n".join(lines) + "\n"


def folded(found: Amendment) -> Iterator[Part[Any]]:
    """Everything that is no gap."""
    news = [change for change in found.findings if change.change != MOVED]
    yield fold("Other promises of which something else is found", found.turned(STAYS), standing, more("promise"))
    for title, promise in (("Promises", True), ("Commitments", False)):
        of = [target for target in found.targets if target.promise is promise and target.change != SAME]
        yield fold(f"{title} tightened, loosened, added, withdrawn", of, target, more(title.lower().removesuffix("s")))
    table = f"{line_of(('Clause', 'Before', 'Now'))}\n{line_of('---' for _ in range(3))}\n"
    yield fold("Clauses", found.clauses, clause, more("clause"), table=table)
    yield fold("Findings", news, finding, more("finding"))


def standings(title: str, changes: Sequence[StandingChange]) -> Part[StandingChange]:
    """Promises in full, as long as there is room, the others in a line each."""
    between = "\nThe others in a line each:\n\n"
    return Part(f"### {title} ({len(changes)})\n\n", changes, standing, more("promise"), brief, between)


def standing(change: StandingChange) -> str:
    """A promise on both sides, and what moved it."""
    accepted = ", accepted by its owner" if change.accepted else ""
    lines = [f"- **{code(promise_name(change))}**, {quoted(change.title)}{accepted}"]
    lines += [f"  - {name}: {_side(side)}" for name, side in (("before", change.before), ("now", change.after))]
    for cause in causes(change):
        lines.append(f"  - {quoted(cause.head)}{':' if cause.lines else ''}")
        for words, alone, at in cause.lines:
            where = f" ({code(f'{at.file}:{at.line}')})" if at else ""
            lines.append(f"    - {quoted(words)}{where}{f'; {quoted(alone)}' if alone else ''}")
    if change.turn == OPENED and change.case:
        lines.append(f"  - the ticket: {quoted(ticket(change))}")
    lines += [f"  - {'or' if index else 'mend'}: {quoted(fix_words(fix))}" for index, fix in enumerate(change.fixes[:KEPT_FIXES])]
    return "\n".join(lines) + "\n"


def _side(side: Standing | None) -> str:
    if side is None:
        return "not promised on this day"
    return f"{BADGES[side.verdict].symbol} {quoted(standing_words(side))} ({code(f'{side.at.file}:{side.at.line}')})"


def brief(change: StandingChange) -> str:
    """A promise in a line."""
    before, now = (side.verdict if side else "not there" for side in (change.before, change.after))
    return f"- {code(promise_name(change))}: {before}, now {now}\n"


def target(change: TargetChange) -> str:
    """What becomes of a promise or commitment."""
    before, after = target_words(change)
    words = f"{quoted(before)} → {quoted(after)}" if before != after else f"{quoted(after)}, as before"
    lines = [f"- {SYMBOLS.get(change.change, '•')} {CHANGES[change.change]}: {code(promise_name(change))}: {words}"]
    lines += [f"  - {direction}: {quoted(told)}" for direction, told, _ in shift_lines(change)]
    lines += [f"  - {quoted(remark)}" for remark in (*([change.why] if change.why else []), *change.remarks)]
    return "\n".join(lines) + "\n"


def clause(change: ClauseChange) -> str:
    """A line of the table of clauses."""
    told, *sides = clause_words(change)
    places = (change.before_at, change.after_at)
    cells = (f"{quoted(side)}{f' ({code(str(at.file))}:{at.line})' if at else ''}" for side, at in zip(sides, places, strict=True))
    return f"{line_of((quoted(told), *cells))}\n"


def finding(change: FindingChange) -> str:
    """A finding that is news."""
    line = change.line
    accepted = ", accepted" if line.accepted else ""
    where = code(f"{line.at.file}:{line.at.line}")
    return f"- {change.change}: {SEVERITIES[line.severity].symbol} {line.code} {line.slug}{accepted}: {quoted(headline(line))} ({where})\n"
