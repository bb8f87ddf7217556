"""Catalogues as text in which « and » stand around what a finding is to point at."""

from __future__ import annotations

from slachain.language.catalogue import Catalogue
from slachain.language.findings import Finding
from slachain.language.loader import load
from slachain.language.model import Agreement
from slachain.language.source import Source, Span

REQUIRED = {"kind": "sla", "provider": "desk", "customer": "acme", "calendar": "24x7"}


def catalogue(text: str | bytes, **more: str) -> Catalogue:
    """What stands in `a.yaml`, and in `b.yaml`, … where they are given by their letters."""
    files = {"a.yaml": text, **{f"{letter}.yaml": content for letter, content in more.items()}}
    return load({file: content.encode() if isinstance(content, str) else content for file, content in files.items()})


def clauses(**written: str) -> str:
    """An agreement `x` with these clauses, each on a line of its own, beside the required ones."""
    lines = {**REQUIRED, **written}
    return "agreements:\n  x:\n" + "".join(f"    {key}: {value}\n" for key, value in lines.items())


def agreement(text: str) -> Agreement:
    """The agreement `x` of a catalogue with nothing wrong in it."""
    found = catalogue(text)
    assert found.findings == ()
    return found.agreements["x"]


def unmarked(text: str, file: str = "a.yaml") -> tuple[str, Span]:
    """The text without its marks, and the stretch they stood around; a byte order mark takes no column."""
    bare = text.removeprefix("\ufeff")
    start, end = bare.index("«"), bare.index("»") - 1
    plain = bare.replace("«", "").replace("»", "")
    return text[: len(text) - len(bare)] + plain, Span(file, *_place(plain, start), *_place(plain, end))


def _place(text: str, index: int) -> tuple[int, int]:
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def only(text: str, code: str, *words: str, **more: str) -> Finding:
    """The one finding in a catalogue: its code, its exact place, and words that it must say."""
    plain, at = unmarked(text)
    findings = catalogue(plain, **more).findings
    assert [(f.code, f.at) for f in findings] == [(code, at)], findings
    for word in words:
        assert word in findings[0].message
    return findings[0]


def inside(span: Span, source: Source) -> bool:
    """Whether a stretch lies inside its file, the end of a line included."""
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    lines = range(1, len(source.lines) + 1)
    return (
        start <= end
        and span.line in lines
        and span.end_line in lines
        and 1 <= span.column <= len(source.lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(source.lines[span.end_line - 1]) + 1
    )


def all_inside(found: Catalogue) -> bool:
    """Whether every finding, and every note beside one, lies inside its file."""
    places = [at for f in found.findings for at in (f.at, *(note.at for note in f.because))]
    return all(at.file in found.sources and inside(at, found.sources[at.file]) for at in places)
