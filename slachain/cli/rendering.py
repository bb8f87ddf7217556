"""Which rendering a format stands for, and where it goes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from slachain.cli.files import write
from slachain.decisions.report import Report
from slachain.language.source import Source


def emit(report: Report, sources: Mapping[str, Source], form: str, output: str | None, verbose: bool, infos: bool) -> None:
    """Print a report, or write it to a file."""
    if form == "text" and output is None:
        from slachain.render.terminal import console, show

        show(report, sources, console(sys.stdout), verbose, infos)
        return
    text = rendered(report, sources, form, verbose, infos)
    if output is None:
        sys.stdout.write(text)
    else:
        write(Path(output), text)


def rendered(report: Report, sources: Mapping[str, Source], form: str, verbose: bool, infos: bool) -> str:
    """A report in one of the formats."""
    if form == "json":
        from slachain.render.json import json_text

        return json_text(report)
    if form == "html":
        from slachain.render.html import html

        return html(report)
    from slachain.render.terminal import plain

    return plain(report, sources, verbose, infos)
