"""Ticket logs on disk, and what their columns mean: a map's file, or the options of the simple case."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from slachain.language.catalogue import Catalogue
from slachain.language.exports import ISO, NOWHERE, Export, Scope
from slachain.language.findings import Finding
from slachain.language.model import Written
from slachain.language.scalars import ScalarError
from slachain.language.source import Span

LONGEST_LINE = 1 << 20  # bytes: what is longer comes in pieces, and is no table
ENDS = {"responded": "response", "resolved": "resolution"}


class Unreadable(Exception):
    """The file cannot be had; the message is for the user."""


@contextmanager
def lines_of(path: Path) -> Iterator[Iterator[bytes]]:
    """The lines of a file, packed with gzip or not, read as they are asked for. Raises `Unreadable`, then or later."""
    if not path.exists():
        raise Unreadable("there is no such file")
    if not path.is_file():
        raise Unreadable("it is no regular file")
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
            plain.seek(0)
            with gzip.open(plain) if packed else plain as file:
                yield _lines(file)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"it cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}") from None


def _lines(file: Any) -> Iterator[bytes]:
    reading: IO[bytes] = file
    while line := reading.readline(LONGEST_LINE):
        yield line


def map_of_file(path: Path, catalogue: Catalogue) -> tuple[Export | None, tuple[Finding, ...]]:
    """The map of a file, and what is wrong with it. Raises a usage error for one that cannot be had."""
    from slachain.cli.files import shown
    from slachain.language.export_grammar import ExportGrammar

    if not path.is_file():
        raise click.UsageError(f"there is no file {shown(path)}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f"{shown(path)} cannot be read: {(error.strerror or '').lower()}") from None
    grammar = ExportGrammar(catalogue.agreements, catalogue.metrics)
    return grammar.read(content, shown(path)), grammar.findings


def map_of_options(given: Mapping[str, Any], catalogue: Catalogue) -> Export:
    """The map that options tell. Raises a usage error where they do not tell enough."""
    from slachain.language.calendars import read_timezone
    from slachain.language.export_scalars import read_delimiter, read_encoding
    from slachain.language.time_texts import read_format

    metrics = {metric: _column(given, option) for option, metric in ENDS.items() if option in given}
    if "opened" not in given or not metrics:
        raise click.UsageError("name the columns with --opened and --resolved or --responded (or all of them in a --map FILE)")
    if ("agreement" in given) == ("for_" in given):
        raise click.UsageError("whose tickets are these? --agreement COLUMN, or --for AGREEMENT")
    opened, id = _column(given, "opened"), given.get("for_")
    if id is not None and id not in catalogue.agreements:
        from slachain.language.shapes import nearest

        raise click.UsageError(f"there is no agreement {id}{nearest(id, catalogue.agreements)}")
    try:
        return Export(
            ticket=_column(given, "ticket") if "ticket" in given else None,
            agreement=_column(given, "agreement") if "agreement" in given else None,
            priority=_column(given, "priority") if "priority" in given else None,
            opened=opened,
            metrics=metrics,
            scopes=(Scope(id, (), opened, metrics),) if id is not None else (),
            times=tuple(read_format(text) for text in given.get("times", ())) or (ISO,),
            zone=read_timezone(given["zone"]) if "zone" in given else None,
            delimiter=read_delimiter(given.get("delimiter", ",")),
            encoding=read_encoding(given.get("encoding", "utf-8")),
        )
    except ScalarError as error:
        raise click.UsageError(str(error)) from None


def _column(given: Mapping[str, Any], option: str) -> Written[str]:
    """A column's name, and the option that it stands in."""
    where = NOWHERE if option not in given else Span(f"--{option}", 0, 0, 0, 0)
    return Written(given[option], given[option], where)
