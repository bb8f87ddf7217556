"""The law of editing: whatever the layout, the files say the same as before but for one value, and nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from slachain.language.amendments import with_after, with_calendar, with_share, written_time
from slachain.language.catalogue import Catalogue
from slachain.language.editing import CannotEdit, Change, Edited, Place, edited
from slachain.language.loader import load
from slachain.language.model import ANY, Agreement, AmountTarget, Member, Target, TimePromise, TimeTarget, Written
from slachain.language.scalars import Money, read_percentage, read_time
from slachain.language.source import Source, Span
from slachain.language.values import is_noun, names_of, replace
from tests import catalogues, catalogues_amounts
from tests.layouts import laid_out

PLACE = re.compile(r"\d+|\w+")
COMMENT = re.compile(r"# nöte \d+ .: \{not: yaml\}|# the end")
REFUSALS = ("comments stand inside what would be replaced", "is repeated elsewhere")


def plain(value: Any, catalogue: Catalogue) -> Any:
    """A value of the model without its places, and a calendar written in place as what it is."""
    if isinstance(value, Written):
        known = catalogue.calendars.get(value.value) if isinstance(value.value, str) and "@" in value.value else None
        return plain(known.body, catalogue) if known else plain(value.value, catalogue)
    if is_noun(value):
        return {name: plain(getattr(value, name), catalogue) for name in names_of(value) if not isinstance(getattr(value, name), Span)}
    if isinstance(value, Mapping):
        return {key: plain(inner, catalogue) for key, inner in value.items()}
    return [plain(item, catalogue) for item in value] if isinstance(value, tuple) else value


def said(catalogue: Catalogue, **instead: Agreement) -> Any:
    """All that a catalogue says, wherever it is written; with some agreements put in place of their namesakes."""
    named = {id: calendar.body for id, calendar in catalogue.calendars.items() if not calendar.inline}
    agreements = {**catalogue.agreements, **instead}
    whole = (catalogue.policy, named, catalogue.metrics, catalogue.teams, agreements)
    return [plain(part, catalogue) for part in whole], [(f.code, f.message) for f in catalogue.findings], catalogue.broken


def possible(catalogue: Catalogue) -> list[tuple[Change, Agreement]]:
    """Changes that somebody may want, each with the agreement that it is to lead to."""
    return [pair for agreement in catalogue.agreements.values() for pair in _of(agreement, catalogue)]


def _of(agreement: Agreement, catalogue: Catalogue) -> Iterator[tuple[Change, Agreement]]:
    other = next(iter(sorted(id for id, calendar in catalogue.calendars.items() if not calendar.inline)))
    yield Change(agreement.id, ("calendar",), other), with_calendar(agreement, other)
    for metric, by_priority in agreement.targets.items():
        for priority in {*by_priority, "P1", "P9"} if ANY in by_priority else {*by_priority}:
            target = by_priority.get(priority) or by_priority[ANY]
            for path, value, changed in _targets(target, other):
                after = replace(agreement, targets={**agreement.targets, metric: {**by_priority, priority: changed}})
                yield Change(agreement.id, ("targets", metric, priority, *path), value), after
    for index, item in enumerate(agreement.relies_on):
        yield Change(agreement.id, ("relies_on", index, "share"), "7.5%"), with_share(agreement, index, Fraction(3, 40))
        for member in item.members():
            for priority in ("P1", ANY):
                yield _hand_over(agreement, member, priority)


def _targets(target: Target, calendar: str) -> Iterator[tuple[tuple[str | int, ...], str, Target]]:
    if isinstance(target, AmountTarget):
        bound, at = _amount(target), target.at
        yield (target.direction,), bound.text, replace(target, bound=bound)
        yield ("per",), "quarter", replace(target, per=Written("quarter", "quarter", at))
        return
    for index, one in enumerate(target.alternatives):
        where: tuple[str | int, ...] = (index,) if target.listed else ()
        for key, value, changed in _time(one, calendar):
            others = (*target.alternatives[:index], changed, *target.alternatives[index + 1 :])
            yield (*where, key), value, TimePromise(others, target.listed)


def _amount(target: AmountTarget) -> Written[Fraction] | Written[Money]:
    at = target.bound.at
    if isinstance(target.bound.value, Money):
        return Written(Money(Fraction(777), "EUR"), "777 EUR", at)
    return Written(Fraction(777, 1000), "77.7%", at) if "%" in target.bound.text else Written(Fraction(777), "777", at)


def _time(target: TimeTarget, calendar: str) -> Iterator[tuple[str, str, TimeTarget]]:
    yield "within", "1h7m", replace(target, within=written_time(read_time("1h7m"), target.at))
    yield "attainment", "77.7%", replace(target, attainment=Written(read_percentage("77.7%"), "77.7%", target.at))
    yield "calendar", calendar, replace(target, calendar=Written(calendar, calendar, target.at))


def _hand_over(agreement: Agreement, member: Member, priority: str) -> tuple[Change, Agreement]:
    keys = tuple(int(key) if key.isdigit() else key for key in PLACE.findall(member.place))
    return Change(agreement.id, (*keys, "after", priority), "17m"), with_after(agreement, member, priority, read_time("17m"))


def lines_of(content: bytes) -> list[str]:
    return list(Source("", content.decode().removeprefix("\ufeff")).lines)


def nothing_else_is_touched(before: Mapping[str, bytes], after: Mapping[str, bytes], place: Place) -> None:
    file, at = place.at.file, place.at
    assert {name: content for name, content in after.items() if name != file} == {n: c for n, c in before.items() if n != file}
    lines = lines_of(before[file])
    assert "\n".join(lines[at.line - 1 : at.end_line]) == place.was
    assert lines_of(after[file]) == [*lines[: at.line - 1], *place.now.split("\n"), *lines[at.end_line :]]
    old, new = before[file].decode(), after[file].decode()
    assert COMMENT.findall(old) == COMMENT.findall(new)
    assert ("\r\n" in old) == ("\r\n" in new) or old.count("\n") == 0
    if "\r\n" in old:
        assert new.count("\n") == new.count("\r\n")
    assert old.startswith("\ufeff") == new.startswith("\ufeff")
    assert old.endswith("\n") == new.endswith("\n")


def attempted(files: Mapping[str, bytes], change: Change, catalogue: Catalogue) -> Edited | str:
    """The files with a change in them, or why it cannot be made."""
    try:
        return edited(files, [change], catalogue.metrics)
    except CannotEdit as refusal:
        return str(refusal)


@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()), st.integers(0, 2**32))
def test_only_the_value_changes(raw: dict[str, Any], seed: int) -> None:
    files = laid_out(raw, seed)
    before = load(files)
    assert before.findings == ()
    for change, meant in Random(seed).sample(choices := possible(before), k=min(2, len(choices))):
        done = attempted(files, change, before)
        if isinstance(done, str):
            event(done.partition(": ")[2][:30])
            assert any(words in done for words in REFUSALS), done
            continue
        (place,) = done.places
        nothing_else_is_touched(files, done.files, place)
        assert said(load(done.files)) == said(before, **{change.agreement: meant}), (change, place.was, place.now)
