"""Rows of a delimited text, a stretch of them at a time: what cannot be read is refused with its line, and the rest goes on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from slachain.language.values import dataclass, field

STRETCH = 20_000  # rows at a time
LONGEST_CELL = 131_072  # characters: beyond this a quote was left open
SHOWN = 40  # characters of a cell that a reason repeats


class NoTable(Exception):
    """The file is no table of tickets; the message is for the user. `placed`: it begins with a place in the map."""

    def __init__(self, message: str, placed: bool = False) -> None:
        super().__init__(message)
        self.placed = placed


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be used: its line, and why."""

    line: int
    why: str


@dataclass(slots=True)
class Refusals:
    """The rows that cannot be used, all of them."""

    rows: list[Refused] = field(default_factory=list)

    def add(self, line: int, why: str) -> None:
        """One more."""
        self.rows.append(Refused(line, why))


Row = tuple[int, list[str]]
"""The line on which a row begins, and its cells."""


@dataclass(slots=True)
class Table:
    """A delimited text by rows, its header read. Lines are counted from 1, the header's included."""

    lines: Iterator[bytes]
    delimiter: str
    encoding: str
    refusals: Refusals
    header: tuple[str, ...] = ()
    _wrong: list[str] = field(default_factory=list)  # with the lines that the reader took for its last row
    _line: int = 0

    @classmethod
    def of(cls, lines: Iterable[bytes], delimiter: str, encoding: str, refusals: Refusals) -> Table:
        """A table with its header. Raises `NoTable` where there is none."""
        table = cls(iter(lines), delimiter, encoding, refusals)
        table._head()
        return table

    def stretches(self) -> Iterator[list[Row]]:
        """The rows that have as many cells as the header, a stretch at a time; empty lines are none."""
        rows: list[Row] = []
        reader, width = self._reader(), len(self.header)
        before = self._line
        while True:
            self._wrong.clear()
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                self.refusals.add(before + 1, _reason(error))
                before = self._line
                continue
            line, before = before + 1, self._line
            if self._wrong:
                self.refusals.add(line, self._wrong[0])
            elif len(cells) == width:
                rows.append((line, cells))
            elif cells:
                self.refusals.add(line, f"it has {_cells(len(cells))}, and the header {len(self.header)}")
            if len(rows) >= STRETCH:
                yield rows
                rows = []
        if rows:
            yield rows

    def _reader(self) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_CELL)
        return csv.reader(self._texts(), delimiter=self.delimiter, strict=True)

    def _texts(self) -> Iterator[str]:
        encoding = self.encoding
        for raw in self.lines:
            self._line += 1
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError as error:
                self._wrong.append(f"the byte 0x{raw[error.start]:02x} is no {encoding}: name the export's encoding, such as windows-1252")
                text = raw.decode("latin-1")
            if "\0" in text:
                self._wrong.append("there is a NUL character in it")
                text = text.replace("\0", " ")
            yield text

    def _head(self) -> None:
        first = next(self.lines, b"")
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise NoTable("this file is UTF-16: save it as UTF-8")
        if first.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise NoTable("this is a spreadsheet or an archive, and no text: export the tickets as CSV")
        self.lines = _again(first.removeprefix(b"\xef\xbb\xbf"), self.lines)
        try:
            self.header = tuple(cell.strip() for cell in next((cells for cells in self._reader() if cells), []))
        except csv.Error as error:
            raise NoTable(f"its header cannot be read: {_reason(error)}") from None
        if self._wrong:
            raise NoTable(f"its header cannot be read: {self._wrong[0]}")
        if not any(self.header):
            raise NoTable("it is empty: the first line is to name the columns")


def _again(first: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from lines


def _cells(number: int) -> str:
    return f"{number} cell" + ("s" if number != 1 else "")


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "limit" in text:
        return f"a cell is longer than {LONGEST_CELL} characters: was a quote left open?"
    if "unexpected end" in text:
        return "a quote is left open until the end of the file"
    if "expected after" in text:
        return "something follows a closing quote inside a cell"
    if "new-line" in text:
        return "its lines end with CR alone: save it with ordinary line ends"
    return text


def cut(text: str) -> str:
    """A cell's text as a reason repeats it: printable, and not too long."""
    shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)


def places(header: Sequence[str], name: str) -> list[int]:
    """In which cells a column stands."""
    return [n for n, known in enumerate(header) if known == name]
