"""Where an agreement to be compared is written: under its id in the catalogue, or in a file of its own.

A file is read together with the catalogue, for its side alone: it may use the catalogue's calendars, metrics and plans, and
where it defines a name that the catalogue has too, the file's is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from slachain.cli.files import gather, shown
from slachain.language.values import replace

if TYPE_CHECKING:
    from slachain.decisions.comparison import Side
    from slachain.language.catalogue import Catalogue
    from slachain.language.findings import Finding
    from slachain.language.model import Agreement

DEFAULT = "agreements/"
FILE = re.compile(r"(?P<path>.+\.ya?ml)(?::(?P<id>[^/\\:]+))?", re.IGNORECASE | re.DOTALL)
MOST_TOLD = 10


def sides(first: str, second: str, paths: tuple[str, ...], as_of: date) -> tuple[Side, Side]:
    """Both agreements with the studies in which their names mean something. Raises a usage error."""
    from slachain.decisions.comparison import Side
    from slachain.study import Study

    studies: dict[str | None, Study] = {}
    found = []
    for argument in (first, second):
        file, id = _place(argument)
        if file not in studies:
            studies[file] = Study.of(_catalogue(file, paths), as_of)
        agreement = _agreement(studies[file].catalogue, argument, file, id)
        found.append(Side(studies[file], agreement, agreement.id))
    a, b = found
    if a.agreement.id == b.agreement.id and a.agreement.at.file != b.agreement.at.file:
        a, b = (replace(side, label=f"{side.agreement.id} ({side.agreement.at.file})") for side in found)
    return a, b


def _place(argument: str) -> tuple[str | None, str | None]:
    """The file and the id that an argument names; what ends in .yaml or .yml or has a slash in it is a file."""
    if match := FILE.fullmatch(argument):
        return match["path"], match["id"]
    return (argument, None) if "/" in argument or "\\" in argument else (None, argument)


def _catalogue(file: str | None, paths: tuple[str, ...]) -> Catalogue:
    """The catalogue, with a file before it: what is defined first is what a name means."""
    from slachain.language.loader import load

    if file is not None:
        _readable(file)
    around = paths or ((DEFAULT,) if file is None or Path(DEFAULT).exists() else ())
    gathered = gather((*around, *([file] if file is not None else [])))
    files = gathered.files
    if file is not None and shown(Path(file)) in files:
        own = shown(Path(file))
        files = {own: files[own], **files}
    return load(files, gathered.attach, tuple(gathered.findings))


def _readable(file: str) -> None:
    """A folder is no file, and nothing is there by that name are told in words of this command."""
    try:
        path = Path(file)
        if path.is_dir():
            raise click.UsageError(f"{file} is a folder: name a file, or name it with -c and an agreement by its id")
        if not path.exists():
            raise click.UsageError(f"there is no {file}")
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{file!r} is no path: {error}") from None


def _agreement(catalogue: Catalogue, argument: str, file: str | None, id: str | None) -> Agreement:
    """The agreement that an argument names, read whole."""
    own = None if file is None else shown(Path(file))
    _whole_files(catalogue, own)
    named = {agreement.id: agreement for agreement in catalogue.agreements.values() if own in (None, agreement.at.file)}
    id = id or _only(list(named), argument)
    if id not in named:
        if id in catalogue.broken:
            _refuse(id, catalogue.findings, lambda finding: finding.agreement == id)
        raise click.UsageError(_unknown(id, named, own))
    _whole(catalogue, named[id])
    return named[id]


def _only(ids: list[str], argument: str) -> str:
    """The one agreement of a file."""
    if len(ids) == 1:
        return ids[0]
    if not ids:
        raise click.UsageError(f"{argument} holds no agreement")
    more = f" and {len(ids) - MOST_TOLD} more" if len(ids) > MOST_TOLD else ""
    raise click.UsageError(f"{argument} holds {', '.join(ids[:MOST_TOLD])}{more}: write {argument}:{ids[0]} for one of them")


def _unknown(id: str, known: Iterable[str], own: str | None) -> str:
    from slachain.language.shapes import nearest

    hint = nearest(id, known)
    if own:
        return f"there is no agreement {id} in {own}{hint}"
    return (
        f"there is no agreement {id} in the catalogue{hint or ' (a plan is compared by an agreement that extends it, a file by its path)'}"
    )


def _whole_files(catalogue: Catalogue, own: str | None) -> None:
    """A file that ends in the middle may lack a clause of which nobody hears; in one that is handed over nothing may be wrong."""
    unreadable = [finding for finding in catalogue.findings if finding.code == "SC101" or finding.at.file == own]
    if unreadable:
        _refuse(unreadable[0].at.file, unreadable)


def _whole(catalogue: Catalogue, agreement: Agreement) -> None:
    """Every clause of an agreement was read, and every calendar that it names."""
    from slachain.decisions.comparing_words import calendars_of

    if agreement.broken or not catalogue.broken.isdisjoint({agreement.id, *calendars_of(agreement)}):
        _refuse(agreement.id, catalogue.findings, lambda finding: finding.agreement == agreement.id)


def _refuse(what: str, findings: Sequence[Finding], about: Callable[[Finding], bool] = lambda finding: True) -> NoReturn:
    """A usage error with what reading found: what it is about, or everything where what is wrong lies elsewhere."""
    told = [finding for finding in findings if about(finding)] or list(findings)
    more = [f"  and {len(told) - MOST_TOLD} more: 'slachain check' lists them"] if len(told) > MOST_TOLD else []
    lines = [f"  {finding.at}: {finding.code}: {finding.message}" for finding in told[:MOST_TOLD]]
    raise click.UsageError("\n".join([f"{what} could not be read as written, so nothing is compared:", *lines, *more]))
