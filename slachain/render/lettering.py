"""How wide a text is at most, whatever font the reader's machine has, and what of it fits into so many px.

The widths are those of DejaVu Sans, the widest of the fonts that browsers take for `system-ui`, rounded up.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from unicodedata import category, east_asian_width, normalize

PLAIN, BOLD = "", "b"
QUIET = "q"  # smaller, in a soft colour
SIZES = {PLAIN: 13, BOLD: 13, QUIET: 12}  # px, as in graph.css
LIGHTER = 94  # per cent of a bold text's width
ELLIPSIS = "…"

# Hundredths of the font's size, of a bold letter.
BY_WIDTH = {
    37: "ijlIJ'",
    40: " .,/\\:;|·",
    52: 'frt-_()[]!"`*',
    60: "csz?–",
    74: "0123456789abdeghknopquvxyLFESTYPCZ£€${}",
    86: "ABDGHKNOQRUVX",
    90: "#+<=>^~×≈✗✓→&",
    93: "w",
    107: "mM@…—%",
    111: "W",
}
WIDTHS = {letter: width for width, letters in BY_WIDTH.items() for letter in letters}
BY_CATEGORY = {"Mn": 0, "Me": 0, "Cf": 0, "Ll": 85}
OTHER, IDEOGRAPH, PICTOGRAPH, SPRAWLING = 100, 107, 140, 400
LONGEST_LIGATURES = range(0xFDF0, 0xFDFE)  # whole phrases in one Arabic letter
CUNEIFORM = range(0x12000, 0x12550)
MOST_MARKS = 2  # accents over one letter: more would climb out of the line


def width(text: str, kind: str = PLAIN) -> int:
    """How many px a text takes at most."""
    return _px(sum(map(_letter, text)), kind)


def fitted(text: str, px: int, kind: str = PLAIN) -> str:
    """A text in one line, cut with … where it is wider than so many px."""
    text = one_line(text)
    if width(text, kind) <= px:
        return text
    reach = (n for n, sofar in enumerate(accumulate(map(_letter, text)), 1) if _px(sofar + WIDTHS[ELLIPSIS], kind) <= px)
    return _whole_letters(text[: max(reach, default=0)]) + ELLIPSIS


def wrapped(text: str, px: int, kind: str = PLAIN, most: int = 2) -> tuple[str, ...]:
    """A text in at most so many lines of so many px and of about the same length; the last is cut where it has to be."""
    text = one_line(text)
    lines = _broken(text, px, kind, most)
    if lines[-1].endswith(ELLIPSIS):
        return lines
    narrower = (_broken(text, less, kind, len(lines)) for less in range(px // len(lines), px, 8))
    return next((found for found in narrower if not found[-1].endswith(ELLIPSIS)), lines)


def _broken(text: str, px: int, kind: str, most: int) -> tuple[str, ...]:
    """Lines as full as can be, broken between words."""
    lines: list[str] = []
    while len(lines) < most - 1 and width(text, kind) > px:
        reach = [at for at, letter in enumerate(text) if letter == " " and width(text[:at], kind) <= px]
        if not reach:
            break
        lines.append(text[: reach[-1]])
        text = text[reach[-1] + 1 :]
    return (*lines, fitted(text, px, kind))


def one_line(text: str) -> str:
    """A text without line breaks, control characters, changes of direction, and accents piled upon one another."""
    kept: list[str] = []
    marks = 0
    for letter in " ".join(text.split()):
        kind = category(letter)
        marks = marks + 1 if kind == "Mn" else 0
        if kind not in ("Cc", "Cs") and letter not in _DIRECTIONS and marks <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINER = "\u200d"


def _whole_letters(text: str) -> str:
    return text.rstrip().rstrip(_JOINER)


def _px(hundredths: int, kind: str) -> int:
    weight = 100 if kind == BOLD else LIGHTER
    return -(-hundredths * SIZES[kind] * weight // 10_000)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    if (known := WIDTHS.get(normalize("NFD", letter)[0])) is not None:
        return known
    if ord(letter) in LONGEST_LIGATURES or ord(letter) in CUNEIFORM:
        return SPRAWLING
    if (of_kind := BY_CATEGORY.get(category(letter))) is not None:
        return of_kind
    if category(letter) == "So":
        return PICTOGRAPH
    return IDEOGRAPH if east_asian_width(letter) in "WF" else OTHER
