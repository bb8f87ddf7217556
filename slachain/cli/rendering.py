"""Which rendering a format stands for, and where it goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import click

from slachain.cli.files import write
from slachain.cli.formats import DRAWN
from slachain.decisions.report import Report
from slachain.language.source import Source
from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the terminal shows beyond the report: excerpts, a line for each promise, and the infos."""

    sources: Mapping[str, Source]
    verbose: bool
    infos: bool


def emit(report: Report, terminal: Terminal, form: str, output: str | None) -> None:
    """Print a report, or write it to a file. Raises a usage error for a spreadsheet on a terminal."""
    if form == "text" and output is None:
        from slachain.render.paper import Paper
        from slachain.render.terminal import console, show

        out = console(sys.stdout) if coloured() else Paper(sys.stdout)
        show(report, terminal.sources, out, terminal.verbose, terminal.infos)
        sys.stdout.flush()  # whoever stopped reading is told of here
        return
    if form == "json":
        from slachain.render.json import json_pieces

        put(json_pieces(report), output)
        return
    put(rendered(report, terminal, form), output)


def coloured() -> bool:
    """Whether what is printed may have colours: on a terminal, or where the environment asks for them as `rich` understands it."""
    return sys.stdout.isatty() or any(name in os.environ for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def put(content: str | bytes | Iterator[str], output: str | None) -> None:
    """Write to a file, or print; pieces as they come. Raises a usage error for what is no text on a terminal."""
    if output is not None:
        write(Path(output), content)
    elif isinstance(content, str):
        sys.stdout.write(content)
    elif not isinstance(content, bytes):
        sys.stdout.writelines(content)
    elif sys.stdout.isatty():
        raise click.UsageError("a spreadsheet is no text: name a file with --output")
    else:
        sys.stdout.buffer.write(content)


def rendered(report: Report, terminal: Terminal, form: str) -> str | bytes:
    """A report in one of the formats."""
    if form == "text":
        from slachain.render.terminal import plain

        return plain(report, terminal.sources, terminal.verbose, terminal.infos)
    return rendering(form)(report)


def rendering(form: str) -> Callable[[Report], str | bytes]:
    """The function that draws a report in a format other than the terminal's."""
    module, name = DRAWN[form]
    drawn: Callable[[Report], str | bytes] = getattr(import_module(f"slachain.render.{module}"), name)
    return drawn
