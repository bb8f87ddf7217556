"""Where things stand in the files: spans, and the excerpts that show them."""

from __future__ import annotations

from functools import cached_property

from slachain.language.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file. Lines and columns count characters from 1; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of another."""
        return Span(self.file, self.line, self.column, other.end_line, other.end_column)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of a file and the carets that mark a value in it."""

    line: int
    text: str
    carets: str


WIDEST = 160


@dataclass(frozen=True)
class Source:
    """The text of one file, kept for its excerpts."""

    file: str
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines; CRLF and CR end them as LF does."""
        return tuple(self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def line(self, span: Span) -> str:
        """The first line of a span, without the space around it; empty where the file has no such line."""
        return _printable(self.lines[span.line - 1]).strip() if 1 <= span.line <= len(self.lines) else ""

    def excerpt(self, span: Span) -> Excerpt | None:
        """The first line of a span with carets under the value; None where the file has no such line."""
        if not 1 <= span.line <= len(self.lines):
            return None
        text = _printable(self.lines[span.line - 1].rstrip())
        start = max(span.column - 1, 0)
        end = span.end_column - 1 if span.end_line == span.line else len(text)
        width = max(min(end, max(len(text), start + 1)) - start, 1)
        left = max(0, start - WIDEST // 2) if start + width > WIDEST else 0
        return Excerpt(
            span.line,
            text[left : left + WIDEST],
            " " * (start - left) + "^" * min(width, max(WIDEST - start + left, 1)),
        )


def _printable(line: str) -> str:
    """A line whose tabs and control characters take one column each, so that carets stand where they should."""
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else (" " if c == "\t" else "\N{REPLACEMENT CHARACTER}") for c in line)
