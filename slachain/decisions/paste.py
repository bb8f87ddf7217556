"""Fixes as the lines of the files in which they are to be written."""

from __future__ import annotations

from slachain.decisions.mend import Fix
from slachain.decisions.report import FixLine
from slachain.language.editing import CannotEdit, Change
from slachain.language.values import replace
from slachain.study import Study


def change_of(fix: Fix) -> Change | None:
    """A fix as a change in the text; None where the text has no words for it."""
    return Change(fix.agreement, fix.path, fix.after) if fix.path else None


def fix_line(study: Study, fix: Fix) -> FixLine:
    """A fix with the lines concerned, ready to be pasted over; without them where it cannot be written alone."""
    told = fix.in_words()
    change = change_of(fix)
    try:
        place = study.manuscript(change.agreement).place(change) if change else None
    except CannotEdit:
        place = None
    return replace(told, at=place.at, was=place.was, yaml=place.now) if place else told
