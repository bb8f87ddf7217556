"""Bytes as text: what no catalogue may hold is told, and a mark of the same width stands in its place.

So one bad byte costs the value that holds it, and every line and column after it is still right.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from slachain.language.findings import Finding
from slachain.language.source import Span

MARK = "\U0010ffff"
MOST_LINES = 20
_PRINTABLE = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
_BYTE = re.compile("[\udc80-\udcff]")  # how `surrogateescape` decodes a byte that is not UTF-8
_FORBIDDEN = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\udc80-\udcff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")

_UNREADABLE = re.compile(_FORBIDDEN.pattern.replace("\udc80-\udcff", "") + "+")  # runs, since a file may be nothing else


def decoded(content: bytes, file: str) -> tuple[str, list[Finding]]:
    """The text of a file, and a finding for its first byte that is not UTF-8 and the first forbidden character of a line."""
    if not content.translate(None, _PRINTABLE):  # most files: a glance does
        return content.decode("ascii"), []
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="surrogateescape")
    readable = _UNREADABLE.sub(lambda run: MARK * len(run[0]), text)
    return readable, [*_bytes(text, file), *_characters(text, file)]


def _bytes(text: str, file: str) -> list[Finding]:
    if not (match := _BYTE.search(text)):
        return []
    message = f"not UTF-8: the byte 0x{ord(match[0]) - 0xDC00:02x} stands for no character; save the file as UTF-8"
    return [Finding("SC101", message, _place(text, match.start(), file))]


def _characters(text: str, file: str) -> list[Finding]:
    lines = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
    first = ((line, match) for line, content in lines if (match := _FORBIDDEN.search(content)))
    return [_character(match, line, file) for line, match in islice(first, MOST_LINES)]


def _character(match: re.Match[str], line: int, file: str) -> Finding:
    at = Span(file, line, match.start() + 1, line, match.start() + 2)
    return Finding("SC101", f"the character U+{ord(match[0]):04X} may not stand in a file: take it out", at)


def _place(text: str, index: int, file: str) -> Span:
    line, column = end_of(text[:index])
    return Span(file, line, column, line, column + 1)


def end_of(text: str) -> tuple[int, int]:
    """The line and column at which a text ends; CRLF and CR end lines as LF does."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.count("\n") + 1, len(text) - text.rfind("\n")
