"""Text from a catalogue inside Markdown: never markup, a mention, a reference or a link, on GitHub as for any CommonMark reader.

GitHub looks for mentions, references, emoji and formulas after Markdown has been read, so no backslash keeps them away; it
leaves code alone. So a word in which it might find one is set as code, and all others are escaped.
"""

from __future__ import annotations

import re

from slachain.render.sentences import legible

NOTHING = "–"
MOST = 300  # characters of a text that are told; the report in other formats has them all
MOST_LINES, MOST_OF_A_BLOCK = 30, 1500

_ACTIVE = re.compile(
    r"""@                                                           # mentions, addresses
      | [#!]\d | \b(?:gh|ghsa|cve)-\w                               # issues, merge requests, advisories
      | :// | \bwww\. | \b(?:mailto|xmpp):                          # links
      | \b(?=[0-9a-f]*\d)(?:(?=\d*[a-f])[0-9a-f]{7,}|\d{10,})\b     # commits
      | \$                                                          # formulas
      | :(?:[\w+-]*[a-z][\w+-]*|[+-]1|100|1234):                    # emoji
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKUP = re.compile(r"[\\`*_\[\]<>~#]")
_AT_START = re.compile(r"[+=-]|\d+(?=[.)](?: |$))")  # where a line begins, a list or a heading would
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # the rest of a line around, against what is read in the file
_TICKS = re.compile("`+")


def quoted(value: str, most: int = MOST) -> str:
    """A text in one line, as it is to be read: not empty, and nothing but text and code."""
    words = cut(value, most).split()
    told = " ".join("&#124;".join(_word(part) for part in word.split("|")) for word in words)
    if start := _AT_START.match(told):
        end = start.end() if start[0].isdigit() else 0
        return f"{told[:end]}\\{told[end:]}"
    return told or NOTHING


def _word(word: str) -> str:
    return _span(word) if _ACTIVE.search(word) else _MARKUP.sub(r"\\\g<0>", word.replace("&", "&amp;"))


def code(value: str, most: int = MOST) -> str:
    """A name as code, in one line. A bar is told beside it: within, it would end a table's cell."""
    told = " ".join(cut(value, most).split())
    return "&#124;".join(_span(part) for part in told.split("|")) or NOTHING


def _span(text: str) -> str:
    """A code span with more backticks around it than are inside; what is blank needs none."""
    if not text.strip():
        return text
    ticks = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    space = " " if "`" in (text[0], text[-1]) or text[0] == text[-1] == " " else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def block(value: str, language: str) -> list[str] | None:
    """The lines of a fenced block of code; None for one that is too long to be shown whole."""
    text = seen(value).strip("\n")
    lines = text.split("\n")
    if not text or len(lines) > MOST_LINES or len(text) > MOST_OF_A_BLOCK:
        return None
    ticks = "`" * max(3, max(map(len, _TICKS.findall(text)), default=0) + 1)
    return [f"{ticks}{language}", *lines, ticks]


def cut(value: str, most: int) -> str:
    """A text of no more than so many characters."""
    shown = seen(value[: most + 1])
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def seen(value: str) -> str:
    """A text with marks in place of what cannot be seen."""
    return _TURNING.sub("\N{REPLACEMENT CHARACTER}", legible(value))
