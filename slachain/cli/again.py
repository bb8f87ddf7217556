"""A check that begins from what the one before left: where few files changed, little is judged anew.

What was left says of which files it is true, by their digests. Where it cannot tell all that a change moves, everything is judged.
Where nothing changed nothing is judged, and what judging needs is not even imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from slachain.cli import cache
from slachain.cli.files import Gathered, gather
from slachain.cli.options import loaded
from slachain.decisions.part import Parts
from slachain.decisions.report import FindingLine, Report
from slachain.language.attachments import AttachmentError
from slachain.language.characters import decoded
from slachain.language.source import Source
from slachain.language.values import dataclass, field

if TYPE_CHECKING:
    from slachain.decisions.reporting import Progress
    from slachain.language.catalogue import Catalogue

Digests = Mapping[str, bytes]
FEW = 4  # where one file of so many changed, judging them alone saves nothing


@dataclass(frozen=True, slots=True)
class Left:
    """What a check leaves: the digests of its files and of those that these name, and its report by parts."""

    files: Digests
    attached: Mapping[tuple[str, str], bytes]
    parts: Parts


def checked(paths: tuple[str, ...], as_of: date, tell: Progress) -> tuple[Report, Mapping[str, Source]]:
    """The report of these paths as a terminal tells it, and the sources of what it speaks of; the same bytes with a cache and without."""
    gathered = gather(paths)
    place = None if gathered.findings else cache.place(paths, as_of)
    if place is None:
        return _judged(loaded(gathered.files, gathered.attach, tuple(gathered.findings)), as_of, tell)
    return _Checking(gathered, place, as_of).checked(tell)


def _judged(catalogue: Catalogue, as_of: date, tell: Progress) -> tuple[Report, Mapping[str, Source]]:
    from slachain.decisions.reporting import report
    from slachain.study import Study

    return report(Study.of(catalogue, as_of), progress=tell), catalogue.sources


@dataclass(frozen=True, slots=True)
class _Checking:
    """A check that can leave something: its files, where that is kept, the day; and what was read beside the files, by its digest."""

    gathered: Gathered
    place: Path
    as_of: date
    attached: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def checked(self, tell: Progress) -> tuple[Report, Mapping[str, Source]]:
        digests = {file: cache.digest(content) for file, content in self.gathered.files.items()}
        left = cache.recall(self.place)
        known = left if isinstance(left, Left) and self._attached_is_as_it_was(left) else None
        changed = [file for file, digest in digests.items() if known is None or known.files.get(file) != digest]
        parts = self._from(known, changed) if known is not None and known.files.keys() == digests.keys() else None
        if parts is None:
            return self._anew(digests, tell)
        if changed:
            cache.keep(self.place, Left(digests, self.attached, parts))
        told = parts.whole.report(self.as_of)
        return told, self._sources(told.findings)

    def _anew(self, digests: Digests, tell: Progress) -> tuple[Report, Mapping[str, Source]]:
        """Everything judged, and left for the next time."""
        from slachain.decisions.parts import parts_of
        from slachain.decisions.reporting import report
        from slachain.study import Study

        catalogue = self._loaded(self.gathered.files)
        study = Study.of(catalogue, self.as_of)
        found = report(study, progress=tell)
        parts = parts_of(study, found)
        if parts is not None:
            cache.keep(self.place, Left(digests, self.attached, parts))
        return found, catalogue.sources

    def _from(self, left: Left, changed: list[str]) -> Parts | None:
        """What was left, with the parts of what changed; None where that does not tell everything."""
        if not changed:
            return left.parts
        if len(changed) * FEW > len(left.files):
            return None
        from slachain.decisions import parts

        under = self._under(left.parts, changed)
        if under is None:
            return None
        files = {file: content for file, content in self.gathered.files.items() if file in under}
        return parts.changed(left.parts, changed, self._loaded(files), self.as_of)

    def _under(self, parts: Parts, changed: list[str]) -> frozenset[str] | None:
        """These leaves and all that they rest on; None where not all of them are leaves."""
        under = parts.common.union(changed)
        for file in changed:
            standing = parts.standing(file)
            if standing is None:
                return None
            under |= self.gathered.files.keys() - parts.leaves() if standing.rests_on is None else standing.rests_on
        return under

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
