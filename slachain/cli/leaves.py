"""Leaves that have changed, judged alone with what they rest on: by ourselves, or by somebody who has stood by."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from slachain.cli.options import loaded
from slachain.language.values import dataclass

if TYPE_CHECKING:
    from slachain.decisions.part import Standing
    from slachain.language.attachments import Attach

TO_JUDGE = ("slachain.language.loader", "slachain.decisions.parts", "slachain.cli.shelves")  # and what these import


@dataclass(frozen=True, slots=True)
class Changed:
    """How leaves stood before they changed, by their files; these files as they are now, and all that they rest on; the day; and known holidays."""

    were: Mapping[str, Standing]
    files: Mapping[str, bytes]
    as_of: date
    holidays: bytes

    def judged(self, attach: Attach) -> Mapping[str, Standing] | None:
        """How they stand now, as `decisions.parts.changed` has it."""
        from slachain.cli.shelves import unpacked_holidays
        from slachain.decisions.parts import changed
        from slachain.language.public_holidays import learned

        learned.learn(unpacked_holidays(self.holidays))
        return changed(self.were, loaded(self.files, attach), self.as_of)


def prepare() -> None:
    """Import what judging them takes."""
    for name in TO_JUDGE:
        import_module(name)
    from slachain.checks.registry import all_checks

    all_checks()


def answer(question: bytes) -> bytes:
    """What `Changed` leaves are judged to be. Raises an error where they name a file beside them: who asks has to find out whether that has changed."""
    asked: Changed = pickle.loads(question)
    return pickle.dumps(asked.judged(_nothing_beside), pickle.HIGHEST_PROTOCOL)


def _nothing_beside(file: str, path: str) -> NoReturn:
    raise NotImplementedError(f"{file} names {path}")
