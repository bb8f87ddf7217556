"""Names from below that the agreement's own words let slip: they are printed as they stand, so whoever sends the contract is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slachain.decisions.contract.draft import Draft
from slachain.decisions.contract.wording import plain, same
from slachain.language.source import Span
from slachain.language.values import dataclass
from slachain.study import Study


@dataclass(frozen=True, slots=True)
class Slip:
    """A name, and the place of the text that has it."""

    name: str
    at: Span


def slips(study: Study, id: str) -> tuple[Slip, ...]:
    """What lies below by name in a title, service, duty, exclusion or reason to pause; in the order of the file."""
    draft = Draft.of(study, id)
    found = {Slip(name, at) for text, at in own_words(draft) for name in draft.below if _says(text, name)}
    return tuple(sorted(found, key=lambda slip: (slip.at, slip.name)))


def own_words(draft: Draft) -> Iterator[tuple[str, Span]]:
    """Every text of the agreement that the contract prints."""
    agreement = draft.agreement
    for written in (agreement.title, agreement.service, *agreement.excludes):
        if written:
            yield written.value, written.at
    for duty in agreement.duties:
        if same(duty.who.value) not in draft.below:
            yield duty.what.value, duty.what.at
    for reason, pause in agreement.pauses.items():
        yield reason, pause.at


def _says(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", same(text)) is not None
