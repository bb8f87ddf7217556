"""From a file's text to its tree of nodes.

The events of PyYAML's C parser are put together by a loop of our own: nothing is guessed (`NO`, `12:30` and `1.10`
stay text), a duplicate key is a finding, depth and aliases are bounded while they are read, and a definition that is
not YAML costs no other.
"""

from __future__ import annotations

import re

import yaml

from slachain.language.characters import MARK, end_of
from slachain.language.complaints import complaint
from slachain.language.findings import Finding, Note
from slachain.language.mending import Mended, mend
from slachain.language.nodes import REPORTED, Entry, Mapping, Node, Scalar, Sequence
from slachain.language.source import Span
from slachain.language.values import dataclass, field, replace

DEEPEST = 64
MOST_ALIASED = 100_000
MOST_VALUES = 250_000  # keys included, in one file
QUOTES = ("'", '"', "|", ">")
MOST_MENDED = 20  # errors in one file, and characters parsed again for them
MOST_PARSED = 20_000_000
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)+")
DEFINITION_DEPTH = 3  # file, section, definition: what a syntax error cuts short is dropped from here on


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is still open."""

    start: Span
    mapping: bool
    anchor: str | None
    end: Span  # of what was put in last: an alias where it stands, not where its anchor does
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    again: list[Entry] = field(default_factory=list)
    merged: list[Mapping] = field(default_factory=list)
    key: Scalar | None = None


@dataclass(slots=True)
class _Composer:
    file: str
    cut: frozenset[int] = frozenset()  # lines whose key has lost its value
    findings: list[Finding] = field(default_factory=list)
    text: str = ""
    last: tuple[int, int] = (1, 1)  # the end of the text, which the parser may put a line too far
    error: Finding | None = None
    damage: int = 1
    torn: Span | None = None  # the last text in quotes that runs over several lines
    stack: list[_Frame] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    open_anchors: set[str] = field(default_factory=set)
    sizes: dict[int, tuple[Node, int]] = field(default_factory=dict)  # by identity, of what aliases stand for; what is kept keeps its own
    aliased: int = 0
    documents: int = 0
    values: int = 0
    whole: bool = True
    root: Node | None = None

    def problem(self, message: str, at: Span, *because: Note) -> None:
        self.findings.append(Finding("SC101", message, at, because=because))

    def span(self, event: yaml.Event) -> Span:
        a, b = event.start_mark, event.end_mark
        assert a is not None  # the C parser always sets both
        assert b is not None
        ends = b.line + 1
        if ends < self.last[0]:
            return Span(self.file, a.line + 1, a.column + 1, ends, b.column + 1)
        return Span(self.file, *min((a.line + 1, a.column + 1), self.last), *min((b.line + 1, b.column + 1), self.last))

    def read(self, text: str) -> None:
        """Work a text in, as far as it can be read; `error` says why no further, and `damage` on which line to look for it."""
        self.text, self.last = text, end_of(text)
        try:
            for number, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
                self.values = number
                if number > MOST_VALUES:
                    self.error = Finding("SC101", f"more than {MOST_VALUES:,} values in one file: write several", self.span(event))
                    break
                if not self.take(event):
                    break
        except yaml.MarkedYAMLError as error:
            self.error, begun = complaint(error, text, self.file)
            torn = self.torn and self.error.at.line - self.torn.end_line <= 1
            self.damage = self.torn.line if self.torn and torn else begun

    def take(self, event: yaml.Event) -> bool:
        """Work one event in; False when the rest of the file is not to be read."""
        if isinstance(event, yaml.ScalarEvent):  # most are
            self.scalar(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self.start_document(event)
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close(self.span(event))
        return True

    def start_document(self, event: yaml.Event) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.whole = False
            self.problem("a second document begins here: a file holds one; move it to a file of its own", self.span(event))
        return self.documents == 1

    def tagged(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(f"the tag {tag} is not part of this language: write the value alone", self.span(event))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        text, anchor, style = event.value, event.anchor, event.style
        if event.tag is not None:
            self.tagged(event)
        at = self.span(event) if anchor is None and event.tag is None else self.value(event)
        node = Scalar(text, style in QUOTES, at)
        if MARK in text or text.startswith(REPORTED):
            node = self.readable(node)
        if style in ("'", '"') and at.end_line > at.line:
            self.torn = at
        if anchor:
            self.anchors[anchor] = node
        self.add(node, at)

    def value(self, event: yaml.ScalarEvent) -> Span:
        """Where a scalar's text stands: after its anchor and its tag."""
        at, mark = self.span(event), event.start_mark
        before = _PROPERTIES.match(self.text, mark.index) if mark else None
        if before is None or not event.value:
            return at
        line, column = end_of(before[0])
        return Span(at.file, at.line + line - 1, column + (at.column - 1 if line == 1 else 0), at.end_line, at.end_column)

    def readable(self, node: Scalar) -> Scalar:
        """What stands for a text that has its finding, or gets it here."""
        if node.reported:
            self.problem("the character U+0000 may not stand in a value: take it out", node.span)
        return Scalar(REPORTED, True, node.span)

    def alias(self, event: yaml.AliasEvent) -> None:
        name, at = event.anchor, self.span(event)
        node: Node = Scalar(REPORTED, True, at)
        if name in self.open_anchors:
            self.problem(f"*{name} stands inside &{name} itself: an anchor cannot contain itself", at)
        elif name not in self.anchors and self.cut:
            pass  # it may have been cut out
        elif name not in self.anchors:
            self.problem(f"*{name} has no anchor &{name} before it", at)
        else:
            size = self.size(self.anchors[name])
            self.aliased += size
            if self.aliased <= MOST_ALIASED:
                node = self.anchors[name]
            elif self.aliased - size <= MOST_ALIASED:
                self.problem(f"aliases stand for more than {MOST_ALIASED:,} values in this file: write them out", at)
        self.add(node, at)

    def size(self, node: Node) -> int:
        """How many values it holds, itself among them; what an alias stands for there as often as it is named."""
        if isinstance(node, Scalar):
            return 1
        if id(node) not in self.sizes:
            children = node.items if isinstance(node, Sequence) else tuple(e.value for e in node.entries)
            self.sizes[id(node)] = node, 1 + sum(map(self.size, children))
        return self.sizes[id(node)][1]

    def open(self, event: yaml.CollectionStartEvent) -> bool:
        self.tagged(event)
        at = self.span(event)
        if len(self.stack) >= DEEPEST:
            self.error, self.damage = Finding("SC101", f"nested deeper than {DEEPEST} levels", at), at.line
            return False
        if event.anchor:
            self.open_anchors.add(event.anchor)
        self.stack.append(_Frame(at, isinstance(event, yaml.MappingStartEvent), event.anchor, at))
        return True

    def close(self, end: Span) -> None:
        frame = self.stack.pop()
        node = _closed(frame, end)
        if frame.anchor:
            self.open_anchors.discard(frame.anchor)
            self.anchors[frame.anchor] = node
        self.add(node, node.span)

    def add(self, node: Node, at: Span) -> None:
        """Put a finished node into the list or mapping that is open."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        frame.end = at
        key = frame.key
        if key is not None:
            frame.key = None
            self.enter(frame, key, node)
        elif frame.mapping:
            frame.key = node if isinstance(node, Scalar) else self.no_key(node)
        else:
            frame.items.append(node)

    def no_key(self, node: Node) -> Scalar:
        self.problem("a key is a text, not a list or a mapping", node.span)
        return Scalar(f"{REPORTED}{node.span}", True, node.span)  # holds its value's place; no reader knows such a key

    def enter(self, frame: _Frame, key: Scalar, value: Node) -> None:
        text, entries = key.text, frame.entries
        if text == "<<" and not key.quoted:
            self.merge(frame, value)
        elif text.startswith(REPORTED):
            return
        elif text in entries:
            self.again(frame, entries[text], key, value)
        elif self.cut and key.span.line in self.cut and isinstance(value, Scalar) and value.empty:
            entries[text] = Entry(key, Scalar(REPORTED, True, key.span))
        else:
            entries[text] = Entry(key, value)

    def again(self, frame: _Frame, first: Entry, key: Scalar, value: Node) -> None:
        """A key that is there already: its value is left out, but a section's definitions are all read."""
        section = len(self.stack) == 1 and isinstance(value, Mapping) and isinstance(first.value, Mapping)
        read = "write it once" if section else "only the first is read"
        self.problem(f"duplicate key '{key.text}': {read}", key.span, Note("first written here", first.key.span))
        if section:
            frame.again.append(Entry(key, value))

    def merge(self, frame: _Frame, value: Node) -> None:
        sources = value.items if isinstance(value, Sequence) else (value,)
        for source in sources:
            if isinstance(source, Mapping):
                frame.merged.append(source)
            elif not (isinstance(source, Scalar) and source.reported):
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
    span = frame.start.to(frame.end if end.line != frame.start.line else end)
    if not frame.mapping:
        return Sequence(tuple(frame.items), span)
    entries = frame.entries
    for source in frame.merged:
        for entry in source.entries:
            entries.setdefault(entry.key.text, entry)
    return Mapping((*entries.values(), *frame.again), span)


def compose(text: str, file: str) -> tuple[Node | None, list[Finding], bool]:
    """The tree of one file (None where nothing can be read), what is wrong with it as YAML, and whether no name is lost."""
    errors: list[Finding] = []
    mended: Mended | None = Mended(text)
    rounds = max(1, min(MOST_MENDED, MOST_PARSED // max(len(text), 1)))
    values = 0
    while mended:
        composer = _Composer(file, mended.cut)
        composer.read(mended.text)
        whole = mended.whole and composer.whole
        if composer.error is None:
            break
        values += composer.values
        mended = mend(mended, composer.damage) if len(errors) + 1 < rounds and values <= MOST_VALUES else None
        lost = "the definition around it is not read" if mended else "what follows in this file is not read"
        errors.append(replace(composer.error, message=f"{composer.error.message}; {lost}"))
    else:
        composer.salvage()
        whole = False
    if composer.documents == 0 and not errors:
        composer.problem("the file is empty: it is to hold a mapping of agreements, plans, calendars or metrics", Span(file, 1, 1, 1, 1))
    return composer.root, [*errors, *composer.findings], whole
