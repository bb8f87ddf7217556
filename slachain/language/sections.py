"""What all files of a catalogue define, by section and id."""

from __future__ import annotations

import codecs

from slachain.language.characters import decoded
from slachain.language.composer import compose
from slachain.language.findings import Note
from slachain.language.forms import Copy, Forms
from slachain.language.inheritance import Defined, Definition
from slachain.language.model import ROUND_THE_CLOCK
from slachain.language.nodes import Mapping, Node, Scalar
from slachain.language.scalars import ScalarError
from slachain.language.shapes import Reading, is_identifier, is_name, kind_of, read_identifier
from slachain.language.source import Source, Span
from slachain.language.values import dataclass, field

SECTIONS = ("policy", "calendars", "metrics", "teams", "plans", "agreements")
RIVALS = {"plans": "agreements", "agreements": "plans"}


@dataclass(slots=True)
class Sections:
    """What all files define, by section and id."""

    forms: Forms
    reading: Reading = field(default_factory=Reading)
    sources: dict[str, Source] = field(default_factory=dict)
    definitions: dict[str, dict[str, Defined]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    unfinished: list[str] = field(default_factory=list)

    def add_file(self, file: str, content: bytes) -> None:
        """Read a file into the sections."""
        if copy := self.forms.fitting(file, content):
            self.add_copy(copy)
            return
        if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self.reading.report("SC101", "this file is UTF-16: save it as UTF-8", Span(file, 1, 1, 1, 1))
            self.unfinished.append(file)
            return
        text, unreadable = decoded(content, file)
        if not unreadable and (copy := self.forms.copy(file, text)):
            self.add_copy(copy)
            return
        self.sources[file] = Source(file, text)
        root, problems, whole = compose(text, file)
        for problem in (*unreadable, *problems):
            self.reading.report(problem.code, problem.message, problem.at, *problem.because)
        if not whole:
            self.unfinished.append(file)
        if root is not None and not (isinstance(root, Scalar) and root.reported):
            self.add_root(root)

    def add_copy(self, copy: Copy) -> None:
        """Take up the agreement of a copy of a form."""
        self.sources[copy.file] = Source(copy.file, copy.text)
        agreements, id = self.definitions["agreements"], copy.id
        if id in agreements or id in self.definitions["plans"] or id == ROUND_THE_CLOCK or not is_identifier(id):
            self.define("agreements", copy.key, copy)  # which tells what is wrong
        else:
            agreements[id] = copy

    def add_root(self, root: Node) -> None:
        """Take up what a file's tree defines."""
        if not isinstance(root, Mapping):
            self.reading.report("SC101", f"a file is a mapping with {', '.join(SECTIONS)}, not {kind_of(root)}", root.span)
            return
        for entry in root.entries:
            if entry.key.text not in SECTIONS:
                known = self.reading.nearest(entry.key.text, SECTIONS) or f": it has {', '.join(SECTIONS)}"
                self.reading.malformed(f"a catalogue has no section '{entry.key.text}'{known}", entry.key.span)
            elif isinstance(entry.value, Mapping):
                for key, body in ((inner.key, inner.value) for inner in entry.value.entries):
                    self.define(entry.key.text, key, Definition(key.text, key.span, body))
            elif not (isinstance(entry.value, Scalar) and entry.value.reported):
                self.reading.malformed(f"'{entry.key.text}' is a mapping, not {kind_of(entry.value)}", entry.value.span)

    def define(self, section: str, key: Scalar, definition: Defined) -> None:
        """Take up one definition, if its id is one and nothing is called so yet."""
        rivals = [s for s in (section, RIVALS.get(section, section)) if key.text in self.definitions[s]]
        if rivals:
            first = Note("first defined here", self.definitions[rivals[0]][key.text].at)
            self.reading.report("SC103", f"'{key.text}' is defined twice: only the first is read", key.span, first)
        elif section == "policy" or is_name(key, _identifier, self.reading):
            self.definitions[section][key.text] = definition


def _identifier(text: str) -> str:
    if text == ROUND_THE_CLOCK:
        raise ScalarError(f"'{ROUND_THE_CLOCK}' is built in: choose another id")
    return read_identifier(text)
