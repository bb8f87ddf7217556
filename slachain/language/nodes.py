"""YAML as a tree of texts with positions.

The events of PyYAML's C parser are put together by a loop of our own: nothing is guessed (`NO`, `12:30` and `1.10`
stay text), a duplicate key is a finding, depth and aliases are bounded while they are read, and what stands before
a syntax error is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from slachain.language.findings import Finding, Note
from slachain.language.source import Span

DEEPEST = 64
MOST_ALIASED = 100_000
QUOTES = ("'", '"', "|", ">")
REPORTED = "\0"  # begins a text that stands for something already reported
DEFINITION_DEPTH = 3  # file, section, definition: what a syntax error cuts short is dropped from here on


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; `quoted` tells `"no"` from `no`."""

    text: str
    quoted: bool
    span: Span

    @property
    def empty(self) -> bool:
        """True for a key without a value."""
        return not self.quoted and self.text in ("", "~", "null")

    @property
    def reported(self) -> bool:
        """True where what stood here has a finding already, and is not to get a second one."""
        return self.text.startswith(REPORTED)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order written, each key once."""

    entries: tuple[Entry, ...]
    span: Span

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, or None."""
        return next((e for e in self.entries if e.key.text == key), None)

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        found = self.entry(key)
        return found.value if found else None


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    start: Span
    mapping: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    merged: list[Mapping] = field(default_factory=list)
    key: Scalar | None = None


@dataclass(slots=True)
class _Composer:
    file: str
    findings: list[Finding] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    open_anchors: set[str] = field(default_factory=set)
    sizes: dict[int, int] = field(default_factory=dict)
    aliased: int = 0
    documents: int = 0
    root: Node | None = None

    def problem(self, message: str, at: Span, *because: Note) -> None:
        self.findings.append(Finding("SC101", message, at, because=because))

    def span(self, event: yaml.Event) -> Span:
        a, b = event.start_mark, event.end_mark
        return Span(self.file, a.line + 1, a.column + 1, b.line + 1, b.column + 1)

    def take(self, event: yaml.Event) -> bool:
        """Work one event in; False when the rest of the file is not to be read."""
        if isinstance(event, yaml.DocumentStartEvent):
            return self.start_document(event)
        if isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close(self.span(event))
        return True

    def start_document(self, event: yaml.Event) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.problem("a second document begins here: a file holds one; move it to a file of its own", self.span(event))
        return self.documents == 1

    def tagged(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(f"the tag {tag} is not part of this language: write the value alone", self.span(event))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.tagged(event)
        node = Scalar(event.value, event.style in QUOTES, self.span(event))
        if event.anchor:
            self.anchors[event.anchor] = node
        self.add(node)

    def alias(self, event: yaml.AliasEvent) -> None:
        name, at = event.anchor, self.span(event)
        node: Node = Scalar(REPORTED, True, at)
        if name in self.open_anchors:
            self.problem(f"*{name} stands inside &{name} itself: an anchor cannot contain itself", at)
        elif name not in self.anchors:
            self.problem(f"*{name} has no anchor &{name} before it", at)
        else:
            self.aliased += self.sizes.get(id(self.anchors[name]), 1)
            if self.aliased <= MOST_ALIASED:
                node = self.anchors[name]
            elif self.aliased - self.sizes.get(id(self.anchors[name]), 1) <= MOST_ALIASED:
                self.problem(f"aliases stand for more than {MOST_ALIASED:,} values in this file: write them out", at)
        self.add(node)

    def open(self, event: yaml.CollectionStartEvent) -> bool:
        self.tagged(event)
        at = self.span(event)
        if len(self.stack) >= DEEPEST:
            self.problem(f"nested deeper than {DEEPEST} levels: the rest of the file is not read", at)
            return False
        if event.anchor:
            self.open_anchors.add(event.anchor)
        self.stack.append(_Frame(at, isinstance(event, yaml.MappingStartEvent), event.anchor))
        return True

    def close(self, end: Span) -> None:
        frame = self.stack.pop()
        node = _closed(frame, end)
        children = node.items if isinstance(node, Sequence) else tuple(e.value for e in node.entries)
        self.sizes[id(node)] = 1 + sum(self.sizes.get(id(c), 1) for c in children)
        if frame.anchor:
            self.open_anchors.discard(frame.anchor)
            self.anchors[frame.anchor] = node
        self.add(node)

    def add(self, node: Node) -> None:
        """Put a finished node into the list or mapping that is open."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if not frame.mapping:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = self.as_key(node)
        else:
            key, frame.key = frame.key, None
            self.enter(frame, key, node)

    def as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.problem("a key is a text, not a list or a mapping", node.span)
        return Scalar(f"{REPORTED}{node.span}", True, node.span)  # holds its value's place; no reader knows such a key

    def enter(self, frame: _Frame, key: Scalar, value: Node) -> None:
        if key.text == "<<" and not key.quoted:
            self.merge(frame, value)
        elif key.reported:
            return
        elif key.text in frame.entries:
            first = frame.entries[key.text].key.span
            self.problem(f"duplicate key '{key.text}': only the first is read", key.span, Note("first written here", first))
        else:
            frame.entries[key.text] = Entry(key, value)

    def merge(self, frame: _Frame, value: Node) -> None:
        sources = value.items if isinstance(value, Sequence) else (value,)
        for source in sources:
            if isinstance(source, Mapping):
                frame.merged.append(source)
            else:
                self.problem("<< merges mappings, and this is none", source.span)

    def salvage(self) -> None:
        """Close what a syntax error left open, without the definition that it cut short."""
        while self.stack:
            frame = self.stack[-1]
            if len(self.stack) >= DEFINITION_DEPTH:
                self.stack.pop()
                continue
            frame.key = None
            self.close(frame.start)
            if self.stack and self.stack[-1].key is not None:
                self.stack[-1].key = None


def _closed(frame: _Frame, end: Span) -> Sequence | Mapping:
    if not frame.mapping:
        last = frame.items[-1].span if frame.items and end.line != frame.start.line else end
        return Sequence(tuple(frame.items), frame.start.to(last))
    entries = dict(frame.entries)
    for source in frame.merged:
        for entry in source.entries:
            entries.setdefault(entry.key.text, entry)
    own = list(frame.entries.values())
    last = own[-1].value.span if own and end.line != frame.start.line else end
    return Mapping(tuple(entries.values()), frame.start.to(last if last.file == end.file else end))


def compose(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """The tree of one file and what is wrong with it as YAML (SC101); None where nothing can be read."""
    composer = _Composer(file)
    try:
        for event in _events(text):
            if not composer.take(event):
                composer.salvage()
                break
    except yaml.MarkedYAMLError as error:
        composer.problem(_sentence(error, text), _mark(error, file))
        composer.salvage()
    except yaml.reader.ReaderError as error:
        composer.problem(_unprintable(error, text), _at_index(text, error.position, file))
        composer.salvage()
    if composer.root is None and not composer.findings:
        composer.problem("the file is empty: it is to hold a mapping of agreements, plans, calendars or metrics", _at_index("", 0, file))
    return composer.root, composer.findings


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)


def _mark(error: yaml.MarkedYAMLError, file: str) -> Span:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Span(file, 1, 1, 1, 2)
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _sentence(error: yaml.MarkedYAMLError, text: str) -> str:
    said = " ".join(part for part in (error.context, error.problem) if part)
    at = error.problem_mark
    hint = ""
    if at is not None and text[at.index : at.index + 1] == "\t":
        hint = ": a tab, where YAML indents with spaces"
    elif at is not None and text[at.index : at.index + 1] in ("@", "`", "%"):
        hint = ": put quotes around it"
    return f"not YAML: {said}{hint}; what follows in this file is not read"


def _unprintable(error: yaml.reader.ReaderError, text: str) -> str:
    return f"not YAML: the character U+{ord(text[error.position]) if error.position < len(text) else 0:04X} may not stand in a file"


def _at_index(text: str, index: int, file: str) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(file, line, column, line, column + 1)
