"""A repair as text, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from slachain.decisions.data import as_data
from slachain.decisions.repair_files import Rewritten
from slachain.decisions.repair_lines import Bought, Changed, Impasse, Need, PromiseState, Repair
from slachain.language.describe import listed
from slachain.render.quoted import seen
from slachain.render.words import counted

FORMAT = "slachain-repair/1"
MOST_TOLD = 12  # of what is wrong, and of what proves the answer


def repair_data(found: Repair, rewritten: Rewritten, written: Sequence[str]) -> dict[str, Any]:
    """The whole answer, the text to be changed, and the files that were written."""
    return {
        "format": FORMAT,
        **as_data(found),
        "diff": rewritten.diff,
        "refused": as_data(rewritten.refused),
        "written": list(written),
    }


def repair_text(found: Repair, rewritten: Rewritten, written: Sequence[str]) -> str:
    """What is wrong, what to buy, why nothing less will do, what changes in the files, and what remains."""
    parts = [list(today(found)), list(plan(found)), list(proof(found)), list(files(rewritten, written)), list(rest(found))]
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts if part)


# --- today -----------------------------------------------------------------------------------------------------------


def today(found: Repair) -> Iterator[str]:
    """What is wrong today: how much in one line, and then what."""
    whose = f" of {listed(found.only)}" if found.only else ""
    if not found.broken:
        kept = f"The one promise{whose} is kept" if found.promises == 1 else f"All {found.promises} promises{whose} are kept"
        yield f"{kept} on {found.as_of}."
        return
    are = "is" if len(found.broken) == 1 else "are"
    yield f"{len(found.broken)} of {counted(found.promises, 'promise')}{whose} {are} not kept on {found.as_of}:"
    yield from (f"  {_state(state)}" for state in found.broken[:MOST_TOLD])
    yield from _more(len(found.broken))


# --- what to buy -----------------------------------------------------------------------------------------------------


def plan(found: Repair) -> Iterator[str]:
    """The options to buy, each with what it changes and what it closes."""
    if not found.possible:
        yield from map(_impasse, found.impasses)
        return
    within = f"Within {found.budget.text}" if found.budget else ""
    if not found.options:
        if found.broken or found.risk_before:
            yield f"{within or 'Of the options that there are'}, nothing is worth buying."
        else:
            yield "Nothing has to be bought."
        return
    cost = found.cost.text if found.cost else ""
    yield f"{within + ', buy' if within else 'Buy'} {counted(len(found.options), 'option')} for {cost}:"
    names, costs = max(len(o.option) for o in found.options), max(len(o.cost.text) for o in found.options)
    for option in found.options:
        first, *others = [*map(_changed, option.changes), *_closes(option)]
        yield f"  {option.option:<{names}}  {option.cost.text:>{costs}}  {first}"
        yield from (f"  {'':{names}}  {'':{costs}}  {line}" for line in others)
    if found.risk_before and found.risk_after and found.risk_before.value != found.risk_after.value:
        yield f"Of {found.risk_before.text} expected to be paid back in a month, {found.risk_after.text} remain."


def _changed(change: Changed) -> str:
    return f"{change.field}: {change.after}" + ("" if change.before is None else f" instead of {change.before}")


def _closes(option: Bought) -> Iterator[str]:
    if option.closes:
        yield f"closes {listed(option.closes)}"
    if option.saves:
        yield f"saves {option.saves.text} expected in a month"
    if not option.closes and not option.saves:
        yield "belongs to the set: without it, a cheaper one would do less"


def _impasse(found: Impasse) -> str:
    """Why nothing is enough, as a paragraph."""
    return "\n".join(_impasse_lines(found))


def _impasse_lines(found: Impasse) -> Iterator[str]:
    names = listed(tuple(state.name for state in found.promises))
    if len(found.promises) > 1:
        yield f"{names} cannot be kept together:"
    else:
        (state,) = found.promises
        best = f"even with {listed(found.with_options)}, " if found.with_options else ""
        yield f"{names} cannot be kept, whatever is bought: {best}{state.says}"
        if state.ticket:
            yield f"  ticket: {state.ticket}"
    if len(found.needs) > 1 or found.exclusions:
        yield from (f"  {_need(need)}" for need in found.needs[:MOST_TOLD])
        yield from _more(len(found.needs))
        yield from (f"  {listed(names)} exclude one another" for names in found.exclusions)


# --- why nothing less will do ----------------------------------------------------------------------------------------


def proof(found: Repair) -> Iterator[str]:
    """The bound that proves it, and the conflicts that prove the bound."""
    if found.least is None or not found.possible:
        return
    cost = found.cost.text if found.cost else ""
    budget = found.budget.text if found.budget else ""
    says = {
        "cost": f"No set under {cost} does" + (" as much" if budget else ""),
        "broken": f"No set within {budget} leaves fewer than {len(found.remains)} of them broken",
        "at risk": f"No set within {budget} leaves less than {found.risk_after.text if found.risk_after else ''} expected to be paid back",
    }[found.least]
    yield f"{says}: proven by {counted(len(found.proof), 'conflict')}."
    yield from (f"  {_need(need)}" for need in found.proof[:MOST_TOLD])
    yield from _more(len(found.proof))


def _need(need: Need) -> str:
    some = listed(need.one_of, "or") if need.one_of else "what nobody offers"
    asked = f"enough of {listed(need.one_of)}" if need.together else some
    without = f", or to do without {listed(need.or_without, 'or')}" if need.or_without else ""
    return f"{need.about} needs {asked}{without}"


def _more(number: int) -> Iterator[str]:
    if number > MOST_TOLD:
        yield f"  and {number - MOST_TOLD} more (--format json tells them all)"


# --- the files, and what remains -------------------------------------------------------------------------------------


def files(rewritten: Rewritten, written: Sequence[str]) -> Iterator[str]:
    """What is to be changed in the files, or was."""
    if rewritten.diff:
        yield seen(rewritten.diff).removesuffix("\n")
    for refusal in rewritten.refused:
        yield f"{refusal.option} cannot be written by --apply: {refusal.why}"
    yield from (f"wrote {file}" for file in written)


def rest(found: Repair) -> Iterator[str]:
    """What is not kept even so."""
    if found.remains:
        yield f"{counted(len(found.remains), 'promise is', 'promises are')} still not kept:"
        yield from (f"  {_state(state)}" for state in found.remains[:MOST_TOLD])
        yield from _more(len(found.remains))
    elif found.possible and found.broken:
        yield f"With that every promise{f' of {listed(found.only)}' if found.only else ''} is kept."
    if found.tolerated and found.broken:
        yield f"Tolerated, late at some hours but for no more tickets than promised: {listed(found.tolerated)}"
    if found.others:
        yield f"Not asked about, and not kept: {listed(found.others)}"


def _state(state: PromiseState) -> str:
    return f"{state.name}: {state.says}"
