"""An amendment as text: the verdict first, then gaps, promises, clauses and findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from slachain.clocks.wall import write_instant
from slachain.decisions.amendment import (
    CHANGED,
    CLOSED,
    GONE,
    MIXED,
    MOVED,
    NEW,
    OPENED,
    SAME,
    STAYS,
    Amendment,
    ClauseChange,
    FindingChange,
    StandingChange,
    TargetChange,
)
from slachain.language.findings import Severity
from slachain.language.source import Span
from slachain.render.amendment.clause_words import clause_words
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
from slachain.render.quoted import seen
from slachain.render.sentences import headline
from slachain.render.words import counted, fix_words

Line = tuple[str, str]
"""A line and its style on a terminal."""
HEAD, BAD, GOOD, QUIET, PLAIN = "bold", "red", "green", "dim", ""
STYLES = {"tightened": GOOD, "loosened": BAD, "mixed": "yellow"}
KEPT_FIXES = 3
INDENT = " " * 18


def amendment_text(found: Amendment, verbose: bool = False) -> str:
    """The same without colour."""
    return "".join(f"{_whole(line)}\n" for line, _ in lines(found, verbose))


def amendment_show(found: Amendment, stream: TextIO, verbose: bool = False) -> None:
    """Print it for people: coloured on a terminal, plain when piped or when `NO_COLOR` is set."""
    from slachain.render.terminal import console

    out = console(stream)
    for line, style in lines(found, verbose):
        out.print(_whole(line), style=style or None)


def _whole(line: str) -> str:
    """A line that stays one, with marks in place of what cannot be seen."""
    return " ".join(seen(line).splitlines())


def lines(found: Amendment, verbose: bool) -> Iterator[Line]:
    """Every line with its style."""
    yield verdict_sentence(found), HEAD
    for sentence in (money_sentence(found), counts_sentence(found)):
        if sentence:
            yield sentence, PLAIN
    yield f"{found.new} against {found.old}, both on {found.as_of}", QUIET
    yield from _renamed(found)
    yield from _standings("Gaps opened", found.turned(OPENED), BAD)
    yield from _standings("Gaps closed", found.turned(CLOSED), GOOD)
    yield from _standings("Other promises of which something else is found", found.turned(STAYS), PLAIN)
    yield from _targets("Promises", [target for target in found.targets if target.promise], verbose)
    yield from _targets("Commitments", [target for target in found.targets if not target.promise], verbose)
    yield from _clauses(found.clauses)
    yield from _findings(found, verbose)


def _renamed(found: Amendment) -> Iterator[Line]:
    for old, new in found.renamed:
        yield f"{old} looks renamed: it is compared with {new}", PLAIN


# --- standings -------------------------------------------------------------------------------------------------------


def _standings(title: str, changes: tuple[StandingChange, ...], style: str) -> Iterator[Line]:
    if not changes:
        return
    yield "", PLAIN
    yield f"{title} ({len(changes)})", HEAD
    for change in changes:
        yield from _standing(change, style)


def _standing(change: StandingChange, style: str) -> Iterator[Line]:
    accepted = ", accepted by its owner" if change.accepted else ""
    yield f"  {promise_name(change)}{accepted}", style
    yield f"    before  {standing_words(change.before)}{_at(change.before.at if change.before else None)}", PLAIN
    yield f"    now     {standing_words(change.after)}{_at(change.after.at if change.after else None)}", PLAIN
    yield from _movers(change)
    if change.case and change.turn == OPENED:
        opened, done = write_instant(change.case.opened.tick, change.zone), change.case.done
        yield f"    ticket: opened {opened}, {f'done {write_instant(done.tick, change.zone)}' if done else 'never done'}", PLAIN
    for index, fix in enumerate(change.fixes[:KEPT_FIXES]):
        yield f"    {'or:    ' if index else 'mend:  '} {fix_words(fix)}  ({fix.agreement}: {fix.field})", PLAIN


def _movers(change: StandingChange) -> Iterator[Line]:
    for cause in causes(change):
        yield f"    {cause.head}", PLAIN
        for words, alone, at in cause.lines:
            yield f"      {words}{_at(at)}", PLAIN
            if alone:
                yield f"        {alone}", PLAIN


def _at(at: Span | None) -> str:
    return f"  ({at.file}:{at.line})" if at else ""


# --- targets ---------------------------------------------------------------------------------------------------------


def _targets(title: str, changes: list[TargetChange], verbose: bool) -> Iterator[Line]:
    told = [change for change in changes if verbose or change.change != SAME]
    if not changes:
        return
    yield "", PLAIN
    same = len(changes) - len(told)
    rest = f", and {counted(same, 'one', 'more')} written otherwise, the same at every instant" if same else ""
    yield f"{title} ({len(told)}{rest})", HEAD
    for change in told:
        yield from _target(change, verbose)


def _target(change: TargetChange, verbose: bool) -> Iterator[Line]:
    before, after = target_words(change)
    words = f"{before} -> {after}" if before != after else f"{after}, as before"
    yield f"  {CHANGES.get(change.change, 'the same'):<14}  {promise_name(change)}: {words}", STYLES.get(change.change, PLAIN)
    for direction, told, meanwhile in shift_lines(change):
        yield f"{INDENT}{f'{direction} ' if change.change == MIXED else ''}{told}", PLAIN
        yield from ((f"{INDENT}  {remark}", QUIET) for remark in meanwhile if verbose or before != after)
    yield from ((f"{INDENT}{remark}", PLAIN) for remark in ([change.why] if change.why else []))
    yield from ((f"{INDENT}note: {remark}", PLAIN) for remark in change.remarks)


# --- clauses, findings -----------------------------------------------------------------------------------------------


def _clauses(changes: tuple[ClauseChange, ...]) -> Iterator[Line]:
    if not changes:
        return
    yield "", PLAIN
    yield f"Clauses ({len(changes)})", HEAD
    for change in changes:
        clause, before, after = clause_words(change)
        yield f"  {clause}: {before} -> {after}  ({_places(change)})", PLAIN


def _places(change: ClauseChange) -> str:
    """Where it stands on both sides; once where that is the same line."""
    told = [f"{at.file}:{at.line}" for at in (change.before_at, change.after_at) if at]
    return " -> ".join(dict.fromkeys(told)) or "by default"


def _findings(found: Amendment, verbose: bool) -> Iterator[Line]:
    wanted = [change for change in found.findings if change.change != MOVED or verbose]
    moved = len(found.findings) - len(wanted)
    if not found.findings:
        return
    yield "", PLAIN
    counts = [f"{len(found.told(kind))} {kind}" for kind in (NEW, GONE, CHANGED) if found.told(kind)]
    elsewhere = f"{counted(moved, 'only stands', 'only stand')} on another line" if moved else ""
    yield f"Findings ({', '.join([*counts, *([elsewhere] if elsewhere else [])])})", HEAD
    for change in wanted:
        yield from _finding(change)


def _finding(change: FindingChange) -> Iterator[Line]:
    finding = change.line
    style = BAD if change.change == NEW and finding.severity is Severity.ERROR else GOOD if change.change == GONE else PLAIN
    accepted = ", accepted" if finding.accepted else ""
    yield f"  {change.change:<8}{finding.code} {finding.slug} ({finding.severity}{accepted}): {headline(finding)}{_at(finding.at)}", style
    if change.change == CHANGED and change.before and headline(change.before) != headline(finding):
        yield f"          before: {headline(change.before)}", QUIET
