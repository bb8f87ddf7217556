"""Files in, catalogue out: sections joined over all files, `extends` resolved, every name looked up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from slachain.language.agreements import POLICY, AgreementGrammar, policy, team
from slachain.language.calendars import CalendarGrammar
from slachain.language.findings import Finding, Note
from slachain.language.inheritance import Definition, Heirs
from slachain.language.model import ROUND_THE_CLOCK, Agreement, Calendar, Catalogue, Combined, Hours, Team, TimePromise, Written
from slachain.language.nodes import Entry, Mapping as MappingNode, Node, Scalar, compose
from slachain.language.scalars import ScalarError, Window
from slachain.language.shapes import Bad, Reading, named, nearest, read_identifier
from slachain.language.source import Source, Span
from slachain.language.targets import MetricReader

SECTIONS = ("policy", "calendars", "metrics", "teams", "plans", "agreements")
BUILT_IN = Span("", 0, 0, 0, 0)
ALWAYS = Calendar(ROUND_THE_CLOCK, Hours("UTC", ((Window(0, 1440),),) * 7), BUILT_IN)


class AttachmentError(Exception):
    """A file that a catalogue names cannot be had; the message is for the user."""


Attach = Callable[[str, str], bytes]
"""From a catalogue file and a path written in it to the bytes there; raises `AttachmentError`."""


def no_attachments(file: str, path: str) -> bytes:
    """For catalogues that stand alone: nothing can be attached."""
    raise AttachmentError(f"'{path}' cannot be read from here")


@dataclass(slots=True)
class _Sections:
    """What all files define, by section and id."""

    reading: Reading = field(default_factory=Reading)
    sources: dict[str, Source] = field(default_factory=dict)
    definitions: dict[str, dict[str, Definition]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    unfinished: list[str] = field(default_factory=list)

    def add_file(self, file: str, content: bytes) -> None:
        text = self.decoded(file, content)
        if text is None:
            self.unfinished.append(file)
            return
        self.sources[file] = Source.of(file, text)
        root, problems = compose(text, file)
        for problem in problems:
            self.reading.report(problem.code, problem.message, problem.at, *problem.because)
        if problems:
            self.unfinished.append(file)
        if root is not None:
            self.add_root(file, root)

    def decoded(self, file: str, content: bytes) -> str | None:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.reading.report("SC101", "this file is UTF-16: save it as UTF-8", Span(file, 1, 1, 1, 2))
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = content[: error.start].decode("utf-8-sig")
            self.sources[file] = Source.of(file, content.decode("utf-8-sig", errors="replace"))
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            message = f"not UTF-8: the byte 0x{content[error.start]:02x} stands for no character; save the file as UTF-8"
            self.reading.report("SC101", message, Span(file, line, column, line, column + 1))
            return None

    def add_root(self, file: str, root: Node) -> None:
        if not isinstance(root, MappingNode):
            self.reading.report("SC101", f"a file is a mapping with {', '.join(SECTIONS)}", root.span)
            return
        for entry in root.entries:
            if entry.key.text not in SECTIONS:
                known = nearest(entry.key.text, SECTIONS) or f": it has {', '.join(SECTIONS)}"
                self.reading.malformed(f"a catalogue has no section '{entry.key.text}'{known}", entry.key.span)
            elif isinstance(entry.value, MappingNode):
                for definition in entry.value.entries:
                    self.define(entry.key.text, definition)
            elif not (isinstance(entry.value, Scalar) and entry.value.reported):
                self.reading.malformed(f"'{entry.key.text}' is a mapping", entry.value.span)

    def define(self, section: str, entry: Entry) -> None:
        id, at = entry.key.text, entry.key.span
        rivals = [s for s in (section, {"plans": "agreements", "agreements": "plans"}.get(section, section)) if id in self.definitions[s]]
        if rivals:
            first = self.definitions[rivals[0]][id].at
            self.reading.report("SC103", f"'{id}' is defined twice: only the first is read", at, Note("first defined here", first))
        elif section == "policy" or named(entry, _identifier, self.reading):
            self.definitions[section][id] = Definition(id, at, entry.value)


def _identifier(text: str) -> str:
    if text == ROUND_THE_CLOCK:
        raise ScalarError(f"'{ROUND_THE_CLOCK}' is built in: choose another id")
    return read_identifier(text)


def load(files: Mapping[str, bytes], attach: Attach = no_attachments, before: tuple[Finding, ...] = ()) -> Catalogue:
    """The catalogue of these files, by the names to be shown; `before` are findings about files that could not be had.

    Never raises for what stands in a file: what is wrong is in the catalogue's findings.
    """
    with _without_garbage_collection():
        sections = _Sections()
        sections.unfinished += [finding.at.file for finding in before]
        for file, content in files.items():
            sections.add_file(file, content)
        return _Builder(sections, attach).catalogue(before)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Trees of small frozen nodes make no garbage, and collecting it more than doubles the time to load."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(slots=True)
class _Builder:
    sections: _Sections
    attach: Attach

    @property
    def reading(self) -> Reading:
        return self.sections.reading

    @property
    def unfinished(self) -> str:
        """What to add where a name is missing that an unreadable file may define."""
        return f" ({', '.join(self.sections.unfinished)} could not be read to its end)" if self.sections.unfinished else ""

    def catalogue(self, before: tuple[Finding, ...]) -> Catalogue:
        found = self.sections.definitions
        metrics, bad_metrics = MetricReader({d.id: (d.at, d.node) for d in found["metrics"].values()}, self.reading).metrics()
        calendars = CalendarGrammar(self.on_file, {ROUND_THE_CLOCK: ALWAYS}, set())
        for definition in found["calendars"].values():
            calendars.define(definition.id, definition.at, definition.node, self.reading)
        grammar = AgreementGrammar(metrics, bad_metrics, calendars)
        agreements, unusable = self.agreements(grammar)
        teams = self.teams(calendars)
        known = _Names(calendars, agreements, frozenset(metrics) | bad_metrics, frozenset(found["agreements"]), self.unfinished)
        broken = known.check(self.reading, grammar, teams)
        chosen = self.policy()
        return Catalogue(
            policy=policy(chosen),
            calendars=calendars.found,
            metrics=metrics,
            teams=teams,
            agreements={id: agreements[id] for id in sorted(agreements)},
            findings=(*before, *self.reading.findings),
            sources=self.sections.sources,
            broken=frozenset(unusable | broken),
        )

    def on_file(self, path: str, at: Span, reading: Reading) -> bytes | Bad:
        try:
            return self.attach(at.file, path)
        except AttachmentError as error:
            return reading.malformed(str(error), at)

    def agreements(self, grammar: AgreementGrammar) -> tuple[dict[str, Agreement], set[str]]:
        """Those that can be read, and the ids of those that cannot."""
        definitions = self.sections.definitions
        heirs = Heirs({**definitions["plans"], **definitions["agreements"]}, self.reading, self.unfinished)
        read: dict[str, Agreement] = {}
        for id, definition in (*definitions["plans"].items(), *definitions["agreements"].items()):
            node = heirs.resolve(id)
            self.reading.owner = id
            if node is None:  # what it extends cannot be had: its own clauses are still read for what is wrong in them
                if isinstance(definition.node, MappingNode):
                    grammar.read(id, definition.at, definition.node, self.reading, plan=True)
                continue
            agreement = grammar.read(id, definition.at, node, self.reading, plan=id in definitions["plans"])
            if agreement is not None:
                read[id] = agreement
        self.reading.owner = None
        return read, set(definitions["agreements"]) - set(read)

    def teams(self, calendars: CalendarGrammar) -> dict[str, Team]:
        read = {
            d.id: team(d.id, d.at, d.node, calendars.reference(f"team {d.id}"), self.reading)
            for d in self.sections.definitions["teams"].values()
        }
        return {id: found for id, found in read.items() if found}

    def policy(self) -> dict[str, Written[object]]:
        values: dict[str, Written[object]] = {}
        for definition in self.sections.definitions["policy"].values():
            if definition.id not in POLICY:
                known = nearest(definition.id, POLICY) or f": it has {', '.join(POLICY)}"
                self.reading.malformed(f"policy has no '{definition.id}'{known}", definition.at)
                continue
            value = POLICY[definition.id](definition.node, self.reading)
            if not isinstance(value, Bad):
                values[definition.id] = value
        return values


@dataclass(slots=True)
class _Names:
    """Looks every name up that something refers to (SC104)."""

    calendars: CalendarGrammar
    agreements: Mapping[str, Agreement]
    metrics: frozenset[str]
    defined: frozenset[str]
    unfinished: str

    def check(self, reading: Reading, grammar: AgreementGrammar, teams: Mapping[str, Team]) -> set[str]:
        """Report what is unknown; the ids of agreements and calendars that cannot be used for it."""
        broken = set(self.calendars.broken)
        for calendar in self.calendars.found.values():
            if isinstance(calendar.body, Combined):
                for member in calendar.body.members:
                    if not self.calendar(member, reading):
                        broken.add(calendar.id)
        self.circles(reading, broken)
        self.spread(broken)
        for agreement in self.agreements.values():
            reading.owner = agreement.id
            if not self.agreement(agreement, reading):
                broken.add(agreement.id)
        reading.owner = None
        for name in grammar.metric_names.names:
            self.metric(name, reading)
        for found in teams.values():
            if found.calendar:
                self.calendar(found.calendar, reading)
        return broken

    def calendar(self, name: Written[str], reading: Reading) -> bool:
        if name.value in self.calendars.found:
            return True
        if name.value not in self.calendars.broken:
            known = nearest(name.value, [c.id for c in self.calendars.found.values() if not c.inline])
            reading.report("SC104", f"there is no calendar '{name.value}'{known}{self.unfinished}", name.at)
        return False

    def metric(self, name: Written[str], reading: Reading) -> None:
        if name.value not in self.metrics:
            reading.report("SC104", f"there is no metric '{name.value}'{nearest(name.value, self.metrics)}{self.unfinished}", name.at)

    def agreement(self, agreement: Agreement, reading: Reading) -> bool:
        """Whether everything that an agreement names is there."""
        whole = self.calendar(agreement.calendar, reading)
        for target in (t for by_priority in agreement.targets.values() for t in by_priority.values()):
            timed = target.alternatives if isinstance(target, TimePromise) else (target,)
            for one in timed:
                opened = getattr(one, "opened_in", None)
                for name in (one.calendar, opened):
                    whole = (name is None or self.calendar(name, reading)) and whole
        for member in (m for item in agreement.relies_on for m in item.members()):
            if member.agreement.value not in self.defined:
                known = nearest(member.agreement.value, self.defined - {agreement.id})
                reading.report("SC104", f"there is no agreement '{member.agreement.value}'{known}{self.unfinished}", member.agreement.at)
                whole = False
        for metric, bands in (agreement.credits.bands if agreement.credits else {}).items():
            if metric not in self.metrics and bands:
                self.metric(Written(metric, metric, bands[0].at), reading)
        return whole

    def circles(self, reading: Reading, broken: set[str]) -> None:
        """Calendars made of one another (SC105)."""
        state: dict[str, int] = {}

        def walk(id: str, path: tuple[str, ...]) -> None:
            state[id] = 1
            body = self.calendars.found[id].body
            for member in body.members if isinstance(body, Combined) else ():
                if state.get(member.value) == 1:
                    circle = (*path, id)[(*path, id).index(member.value) :]
                    broken.update(circle)
                    reading.report("SC105", f"calendars made of one another: {' -> '.join((*circle, member.value))}", member.at)
                elif member.value in self.calendars.found and member.value not in state:
                    walk(member.value, (*path, id))
            state[id] = 2

        for id in self.calendars.found:
            if id not in state:
                walk(id, ())

    def spread(self, broken: set[str]) -> None:
        """A calendar made of one that cannot be used cannot be used either."""
        users = [c for c in self.calendars.found.values() if isinstance(c.body, Combined)]
        grown = True
        while grown:
            before = len(broken)
            broken |= {c.id for c in users if isinstance(c.body, Combined) and any(m.value in broken for m in c.body.members)}
            grown = len(broken) > before
