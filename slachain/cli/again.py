"""A check that begins from what the one before left: where few files changed, little is judged anew.

What was left says of which files it is true, by their digests. Where it cannot tell all that a change moves, everything is judged.
Where nothing changed nothing is judged, and what judging needs is not even imported.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from slachain.cli import cache
from slachain.cli.files import Gathered
from slachain.cli.leaves import Changed
from slachain.cli.options import loaded
from slachain.cli.shelves import Left, digest_of, grounds, pack, pack_holidays, packed, shelves_of, unpacked
from slachain.cli.standby import Standby
from slachain.decisions.part import Part, Parts, Standing
from slachain.decisions.report import FindingLine, Report
from slachain.language.attachments import AttachmentError
from slachain.language.characters import decoded
from slachain.language.source import Source
from slachain.language.values import dataclass, field

if TYPE_CHECKING:
    from slachain.decisions.reporting import Progress
    from slachain.language.catalogue import Catalogue

FEW = 4  # where one file of so many changed, judging them alone saves nothing


def checked(
    gathered: Gathered, place: Path | None, as_of: date, tell: Progress, cores: int, somebody: Standby
) -> tuple[Report, Mapping[str, Source]]:
    """The report of these files as a terminal tells it, and the sources of what it speaks of; the same bytes with a cache and without.

    What the last check left lies in a `place`, if it can be had. Where few files changed, `somebody` who has stood by is asked to judge them.
    """
    if place is None or gathered.findings:
        return _judged(loaded(gathered.files, gathered.attach, tuple(gathered.findings)), as_of, tell, cores)
    return _Checking(gathered, place, as_of, cores, somebody).checked(tell)


def _judged(catalogue: Catalogue, as_of: date, tell: Progress, cores: int) -> tuple[Report, Mapping[str, Source]]:
    from slachain.cli.cores import beside
    from slachain.decisions.reporting import report
    from slachain.study import Study

    return report(Study.of(catalogue, as_of), progress=tell, beside=beside(cores), for_terminal=True), catalogue.sources


@dataclass(frozen=True, slots=True)
class _Checking:
    """A check that can leave something: its files, where that is kept, the day, on how many cores, and whom to ask; and what was read beside the files, by its digest."""

    gathered: Gathered
    place: Path
    as_of: date
    cores: int
    somebody: Standby
    attached: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def checked(self, tell: Progress) -> tuple[Report, Mapping[str, Source]]:
        files = self.gathered.files
        shelves = shelves_of(files)
        digests = tuple([digest_of(shelf, files) for shelf in shelves])
        whole = self._since(shelves, digests)
        if whole is None:
            return self._anew(shelves, digests, tell)
        told = whole.report(self.as_of)
        return told, self._sources(told.findings)

    def _since(self, shelves: list[list[str]], digests: tuple[bytes, ...]) -> Part | None:
        """The whole of the report from what was left; None where that does not tell it."""
        kept = cache.recall(self.place)
        if kept is None or not isinstance(left := kept.value, Left) or len(left.digests) != len(digests):
            return None
        if not self._attached_is_as_it_was(left):
            return None
        if left.digests == digests:
            return left.whole
        try:
            return self._changed(kept, left, shelves, digests)
        except cache.Damaged:
            return None

    def _changed(self, kept: cache.Kept, left: Left, shelves: list[list[str]], digests: tuple[bytes, ...]) -> Part | None:
        """The whole where some shelves changed, left for the next time; None where that moves more than what lies on them."""
        files = self.gathered.files
        taken = {n: unpacked(kept.piece(n)) for n, (old, new) in enumerate(zip(left.digests, digests, strict=True)) if old != new}
        if any(list(shelf) != shelves[number] for number, shelf in taken.items()):
            return None
        were = {file: was for shelf in taken.values() for file, was in shelf.items() if was[0] != cache.digest(files[file])}
        parts = self._judged_alone(kept, left, {file: standing for file, (_, standing) in were.items()})
        if parts is None:
            return None
        now = {file: (cache.digest(files[file]), standing) for file, standing in parts.standing.items()}
        amended = {number: pack({file: now.get(file, was) for file, was in shelf.items()}) for number, shelf in taken.items()}
        cache.amend(kept, Left(digests, self.attached, parts.whole, left.common, left.rest), amended)
        return parts.whole

    def _judged_alone(self, kept: cache.Kept, left: Left, were: Mapping[str, Standing | None]) -> Parts | None:
        """The whole with these files as they are now, and their standing; None where they are many, not all of them leaves, or more changed."""
        before = Parts(left.whole, {file: standing for file, standing in were.items() if standing})
        if len(before.standing) < len(were) or len(were) * FEW > len(self.gathered.files) or not before.alone:
            return None
        under = left.common.union(were)
        for standing in before.standing.values():
            under |= left.rest if standing.basis.rests_on is None else standing.basis.rests_on
        files = {file: content for file, content in self.gathered.files.items() if file in under}
        now = self._asked(Changed(before.standing, files, self.as_of, kept.piece(len(left.digests))))
        return None if now is None else before.amended(now)

    def _asked(self, changed: Changed) -> Mapping[str, Standing] | None:
        """What is found by whoever has stood by, while we import what tells it; else by ourselves, as where a file beside these may have changed."""
        if not self.attached and self.somebody.ask(pickle.dumps(changed, pickle.HIGHEST_PROTOCOL)):
            import_module("slachain.render.terminal")
            answer = self.somebody.answer()
            if answer is not None:
                found: Mapping[str, Standing] | None = pickle.loads(answer)
                return found
        return changed.judged(self._attach)

    def _anew(self, shelves: list[list[str]], digests: tuple[bytes, ...], tell: Progress) -> tuple[Report, Mapping[str, Source]]:
        """Everything judged, and left for the next time."""
        from slachain.cli.cores import second
        from slachain.decisions.parts import bases, brought
        from slachain.decisions.reporting import report
        from slachain.language.public_holidays import learned
        from slachain.study import Study

        catalogue = self._loaded(self.gathered.files)
        study = Study.of(catalogue, self.as_of)
        with second(self.cores, lambda: grounds(shelves, self.gathered.files, bases(study))) as somebody:
            found = report(study, progress=tell, beside=somebody.beside, for_terminal=True)
            parts = brought(study, found)
            if parts is not None:
                whole, of_files = parts
                pieces, rest = packed(shelves, somebody.afterwards(), of_files)
                cache.keep(self.place, Left(digests, self.attached, whole, catalogue.common, rest), (*pieces, pack_holidays(learned)))
        return found, catalogue.sources

    def _loaded(self, files: Mapping[str, bytes]) -> Catalogue:
        return loaded(files, self._attach)

    def _attach(self, file: str, path: str) -> bytes:
        """What a file names, the same whenever it is asked for: a report of two states of one file would be true of neither."""
        content = self.gathered.attach(file, path)
        found = cache.digest(content)
        if self.attached.setdefault((file, path), found) != found:
            raise AttachmentError(f"'{path}' changed while it was read: check again")
        return content

    def _attached_is_as_it_was(self, left: Left) -> bool:
        try:
            for (file, path), digest in left.attached.items():
                if cache.digest(self._attach(file, path)) != digest:
                    return False
        except (AttachmentError, KeyError):
            return False
        return True

    def _sources(self, findings: tuple[FindingLine, ...]) -> dict[str, Source]:
        """The texts of the files that findings point into."""
        named = {at.file for finding in findings for at in (finding.at, *(note.at for note in finding.because))}
        files = self.gathered.files
        return {file: Source(file, decoded(files[file], file)[0]) for file in sorted(named) if file in files}
