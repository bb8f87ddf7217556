"""The report as JSON, the data that every other rendering shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from slachain.decisions.data import as_data, outline
from slachain.decisions.report import Report
from slachain.render.json_lines import Texts

LINES = ("agreements", "promises")  # of which there are many


def json_text(report: Report) -> str:
    """`slachain-report/1`, indented, with a final newline."""
    return "".join(json_pieces(report))


def json_pieces(report: Report) -> Iterator[str]:
    """The same piece by piece, each promise when its turn comes: of a hundred thousand agreements it is larger than memory."""
    before = "{\n"
    for name, value in outline(report).items():
        yield f'{before}  "{name}": '
        if name in LINES:
            yield from _list(value)
        else:
            yield json.dumps(as_data(value), indent=2, ensure_ascii=False).replace("\n", "\n  ")
        before = ",\n"
    yield "\n}\n"


def _list(lines: Sequence[Any]) -> Iterator[str]:
    texts, before = Texts(), "[\n    "
    for line in lines:
        yield before
        yield texts.of(line, "    ")
        before = ",\n    "
    yield "\n  ]" if len(lines) else "[]"


def dump(data: Any) -> str:
    """Any data of ours as JSON text."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
