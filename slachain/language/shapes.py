"""What a value may look like: shapes that read a node, say what is wrong with it, and where.

A shape is a function from a node to a value, or to `BAD` after it has reported why. `Reading` collects what is
wrong; nothing raises for a user's mistake, and one bad value never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, TypeVar

from slachain.language.findings import Finding, Note
from slachain.language.model import Written
from slachain.language.nodes import Entry, Node, Scalar, Sequence
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.scalars import ScalarError
from slachain.language.source import Span
from slachain.language.values import dataclass, field

T = TypeVar("T")


class Bad:
    """The value of what could not be read."""

    def __bool__(self) -> bool:
        return False


BAD: Final = Bad()
Shape = Callable[[Node, "Reading"], Any]
LONGEST_ID = 200
LONGEST_MESSAGE = 600
MOST_TOLD = 5_000  # mistakes, in all files
MOST_COMPARED = 100_000  # words with words, in search of what was meant: about a second
IDENTIFIER = re.compile(r"\w[\w.\-]*")


@dataclass(frozen=True, slots=True)
class Kept:
    """A single value that was read, and the function that read it: pure, as every reader of texts is."""

    read: Callable[[str], Any]
    written: Written[Any]


@dataclass(slots=True)
class Reading:
    """What has been found wrong so far, and whose definition is being read."""

    found: dict[tuple[str, Span, str], Finding] = field(default_factory=dict)
    owner: str | None = None
    compared: int = 0
    untold: Finding | None = None
    problems: int = 0  # reported, repetitions included: what is inherited is broken for each heir, and told once
    watched: list[Kept] | None = None  # what single values are read as, while somebody wants to know

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything reported, each once, up to so many that nobody would read more."""
        more = (self.untold,) if self.untold else ()
        return (*self.found.values(), *more)

    def malformed(self, message: str, at: Span, *because: Note, help: str = "") -> Bad:
        """Report SC102."""
        return self.report("SC102", message, at, *because, help=help)

    def report(self, code: str, message: str, at: Span, *because: Note, help: str = "") -> Bad:
        """Report a finding, once, and hand back `BAD` for the value."""
        self.problems += 1
        if len(message) > LONGEST_MESSAGE and code != "SC105":
            message = f"{message[:200]} … {message[-250:]}"
        known_as = "" if code == "SC104" else message  # a name in a plan is unknown once, whatever may be near it for each heir
        if len(self.found) >= MOST_TOLD and (code, at, known_as) not in self.found:
            more = f"more than {MOST_TOLD:,} mistakes are written: from here on they are not told; mend the others first"
            self.untold = self.untold or Finding(code, more, at)
        else:
            self.found.setdefault((code, at, known_as), Finding(code, message, at, self.owner, because=because, help=help))
        return BAD

    def told(self, node: Node) -> bool:
        """Whether a node has its finding already: a problem of whoever reads it, and not to be told again."""
        reported = isinstance(node, Scalar) and node.reported
        self.problems += reported
        return reported

    def refused(self, node: Scalar, error: ScalarError) -> Bad:
        """Report what a scalar's reader says of it."""
        return self.malformed(f"{error}{self.nearest(node.text, error.known)}", node.span)

    def nearest(self, word: str, known: Collection[str], but: str = "") -> str:
        """What `nearest` says, until it has been asked so often that nobody would read it."""
        self.compared += len(known)
        return nearest(word, (name for name in known if name != but)) if self.compared <= MOST_COMPARED else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)`, or nothing where nothing known is near."""
    if len(word) > LONGEST_ID:
        return ""
    from difflib import get_close_matches

    words = sorted(known)
    same = [name for name in words if name.casefold() == word.casefold()]
    close = same or get_close_matches(word, words, n=1, cutoff=0.6)
    return _did_you_mean(close[0]) if close else ""


def _did_you_mean(name: str) -> str:
    return f" (did you mean '{name}'?)"


def kind_of(node: Node) -> str:
    """A node's kind in the users' words."""
    if isinstance(node, Scalar):
        return "nothing" if node.empty else "a single value"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def scalar(read: Callable[[str], T]) -> Shape:
    """A single value read by a function that raises `ScalarError`."""

    def shape(node: Node, reading: Reading) -> Written[T] | Bad:
        if reading.told(node):
            return BAD
        if not isinstance(node, Scalar) or node.empty:
            return reading.malformed(f"a single value belongs here, not {kind_of(node)}", node.span)
        try:
            written = Written(read(node.text), node.text, node.span)
        except ScalarError as error:
            return reading.refused(node, error)
        if reading.watched is not None:
            reading.watched.append(Kept(read, written))
        return written

    return shape


def read_text(text: str) -> str:
    """Any text that is not empty, in one line of printable characters."""
    cleaned = " ".join(text.split())
    if not cleaned:
        raise ScalarError("a text belongs here, and this is empty")
    if not cleaned.isprintable():
        raise ScalarError("this text has invisible characters in it: write it without them")
    return cleaned


def is_identifier(text: str) -> bool:
    """Whether a text may be an id."""
    return len(text) <= LONGEST_ID and IDENTIFIER.fullmatch(text) is not None


def read_identifier(text: str) -> str:
    """An id: letters, digits, `-`, `_` and `.`, beginning with a letter, a digit or `_`."""
    if not is_identifier(text):
        raise ScalarError(f"{text[:60]!r} is no id: letters, digits, '-', '_' and '.', beginning with a letter, a digit or '_'")
    return text


def one_of(*words: str) -> Shape:
    """One of a few words."""

    def read(text: str) -> str:
        if text not in words:
            listed = ", ".join(words[:-1]) + f" or {words[-1]}"
            raise ScalarError(f"'{text}' is not {listed}", words)
        return text

    return scalar(read)


def list_of(shape: Shape, what: str) -> Shape:
    """A list; items that cannot be read are reported and left out."""

    def read(node: Node, reading: Reading) -> tuple[Any, ...] | Bad:
        if reading.told(node):
            return BAD
        if not isinstance(node, Sequence):
            return reading.malformed(f"a list of {what} belongs here, not {kind_of(node)}", node.span)
        values = [shape(item, reading) for item in node.items]
        return tuple(v for v in values if v is not BAD)

    return read


def map_of(key: Callable[[str], str], shape: Shape, what: str) -> Shape:
    """A mapping from names to values; entries that cannot be read are reported and left out."""

    def read(node: Node, reading: Reading) -> dict[str, Any] | Bad:
        if reading.told(node):
            return BAD
        if not isinstance(node, MappingNode):
            return reading.malformed(f"a mapping of {what} belongs here, not {kind_of(node)}", node.span)
        values = {e.key.text: shape(e.value, reading) for e in node.entries if named(e, key, reading)}
        return {k: v for k, v in values.items() if v is not BAD}

    return read


def named(entry: Entry, key: Callable[[str], str], reading: Reading) -> bool:
    """Whether an entry's key is one, with a finding if not."""
    return is_name(entry.key, key, reading)


def is_name(name: Scalar, read: Callable[[str], str], reading: Reading) -> bool:
    """Whether a name is one, with a finding if not."""
    if name.reported:
        return False
    try:
        read(name.text)
    except ScalarError as error:
        reading.refused(name, error)
        return False
    return True


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a mapping that could be read, and the names of those that could not."""

    values: Mapping[str, Any]
    broken: frozenset[str]

    def get(self, key: str, default: Any = None) -> Any:
        """A field's value, or the default where it is missing or broken."""
        return self.values.get(key, default)


def fields(
    node: Node, schema: Mapping[str, Shape], reading: Reading, what: str, required: Iterable[str] = (), at: Span | None = None
) -> Fields | Bad:
    """A mapping with known keys: unknown and missing ones are findings, the rest is read."""
    if reading.told(node):
        return BAD
    if not isinstance(node, MappingNode):
        return reading.malformed(f"{what} is a mapping, not {kind_of(node)}", node.span)
    values: dict[str, Any] = {}
    broken: set[str] = set()
    meant: set[str] = set()
    for entry in node.entries:
        before = reading.problems
        if entry.key.reported:
            continue
        if entry.key.text not in schema:
            known = reading.nearest(entry.key.text, schema)
            reading.malformed(f"{what} has no '{entry.key.text}'" + (known or f": it has {', '.join(schema)}"), entry.key.span)
            broken.add(entry.key.text)
            meant.add(known)
            continue
        value = schema[entry.key.text](entry.value, reading)
        if value is not BAD:
            values[entry.key.text] = value
        if value is BAD or reading.problems > before:
            broken.add(entry.key.text)
    written = {entry.key.text for entry in node.entries}
    for key in required:
        if key not in written:
            broken.add(key)
            if _did_you_mean(key) not in meant:
                reading.malformed(f"{what} needs '{key}'", at or node.span)
    return Fields(values, frozenset(broken))
