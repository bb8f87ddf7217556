"""Files in, catalogue out: sections joined over all files, `extends` resolved, every name looked up."""

from __future__ import annotations

import codecs
import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from slachain.language.agreements import AgreementGrammar
from slachain.language.calendars import CalendarGrammar
from slachain.language.catalogue import Catalogue, Team
from slachain.language.characters import decoded
from slachain.language.circles import walk
from slachain.language.composer import compose
from slachain.language.composition import made_of, too_much
from slachain.language.findings import Finding, Note
from slachain.language.inheritance import Definition, Heirs
from slachain.language.model import ROUND_THE_CLOCK, Agreement, Calendar, Combined, Hours, TimePromise, Written
from slachain.language.nodes import Entry, Node, Scalar
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.policy import POLICY, policy, team
from slachain.language.pricing import calendars_named
from slachain.language.scalars import ScalarError, Window
from slachain.language.shapes import Bad, Reading, kind_of, named, read_identifier
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
        if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            self.reading.report("SC101", "this file is UTF-16: save it as UTF-8", Span(file, 1, 1, 1, 1))
            self.unfinished.append(file)
            return
        text, unreadable = decoded(content, file)
        self.sources[file] = Source.of(file, text)
        root, problems, whole = compose(text, file)
        for problem in (*unreadable, *problems):
            self.reading.report(problem.code, problem.message, problem.at, *problem.because)
        if not whole:
            self.unfinished.append(file)
        if root is not None and not (isinstance(root, Scalar) and root.reported):
            self.add_root(root)

    def add_root(self, root: Node) -> None:
        if not isinstance(root, MappingNode):
            self.reading.report("SC101", f"a file is a mapping with {', '.join(SECTIONS)}, not {kind_of(root)}", root.span)
            return
        for entry in root.entries:
            if entry.key.text not in SECTIONS:
                known = self.reading.nearest(entry.key.text, SECTIONS) or f": it has {', '.join(SECTIONS)}"
                self.reading.malformed(f"a catalogue has no section '{entry.key.text}'{known}", entry.key.span)
            elif isinstance(entry.value, MappingNode):
                for definition in entry.value.entries:
                    self.define(entry.key.text, definition)
            elif not (isinstance(entry.value, Scalar) and entry.value.reported):
                self.reading.malformed(f"'{entry.key.text}' is a mapping, not {kind_of(entry.value)}", entry.value.span)

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
    with without_garbage_collection():
        sections = _Sections()
        sections.unfinished += [finding.at.file for finding in before]
        for file, content in files.items():
            sections.add_file(file, content)
        return _Builder(sections, attach).catalogue(before)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
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
    extended: set[str] = field(default_factory=set)

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
        ids = tuple(sorted(calendar.id for calendar in calendars.found.values() if not calendar.inline))
        known = _Names(calendars, agreements, frozenset(metrics) | bad_metrics, frozenset(found["agreements"]), ids, self.unfinished)
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
            common=frozenset(d.at.file for section, ids in found.items() if section != "agreements" for d in ids.values()),
            extended=frozenset(self.extended),
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
        self.extended = {parent.value for definition in heirs.definitions.values() if (parent := heirs.parent(definition.node))}
        bodies = heirs.bodies()
        read: dict[str, Agreement] = {}
        for id, definition in (*definitions["plans"].items(), *definitions["agreements"].items()):
            node = bodies[id]
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
                known = self.reading.nearest(definition.id, POLICY) or f": it has {', '.join(POLICY)}"
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
    calendar_ids: tuple[str, ...]
    unfinished: str

    def check(self, reading: Reading, grammar: AgreementGrammar, teams: Mapping[str, Team]) -> set[str]:
        """Report what is unknown; the ids of agreements and calendars that cannot be used for it."""
        broken = set(self.calendars.broken)
        for calendar in self.calendars.found.values():
            members = calendar.body.members if isinstance(calendar.body, Combined) else ()
            if not all(tuple(self.calendar(member, reading) for member in members)):  # every one is looked up
                broken.add(calendar.id)
        self.usable(reading, broken)
        offered = frozenset(f"{agreement.id}/{option.id.value}" for agreement in self.agreements.values() for option in agreement.options)
        for agreement in self.agreements.values():
            reading.owner = agreement.id
            if not self.agreement(agreement, reading):
                broken.add(agreement.id)
            self.options(agreement, offered, reading)
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
            known = reading.nearest(name.value, self.calendar_ids)
            reading.report("SC104", f"there is no calendar '{name.value}'{known}{self.unfinished}", name.at)
        return False

    def metric(self, name: Written[str], reading: Reading) -> None:
        if name.value not in self.metrics:
            reading.report(
                "SC104", f"there is no metric '{name.value}'{reading.nearest(name.value, self.metrics)}{self.unfinished}", name.at
            )

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
                known = reading.nearest(member.agreement.value, self.defined, but=agreement.id)
                reading.report("SC104", f"there is no agreement '{member.agreement.value}'{known}{self.unfinished}", member.agreement.at)
                whole = False
        return whole

    def options(self, agreement: Agreement, offered: frozenset[str], reading: Reading) -> None:
        """What priced options name; one that names what is not there can still not be bought, and breaks nothing else."""
        for name in calendars_named(agreement.options):
            self.calendar(name, reading)
        for name in (name for option in agreement.options for name in option.excludes if "/" in name.value):
            found = self.agreements.get(other := name.value.partition("/")[0])
            misread = "options" in found.broken if found else other in self.defined
            if name.value not in offered and not misread:
                known = reading.nearest(name.value, offered)
                reading.report("SC104", f"there is no option '{name.value}'{known}{self.unfinished}", name.at)

    def usable(self, reading: Reading, broken: set[str]) -> None:
        """Add the calendars made of one another (SC105), and those made of any that cannot be used."""
        bodies = {id: calendar.body for id, calendar in self.calendars.found.items()}
        members = {id: body.members if isinstance(body, Combined) else () for id, body in bodies.items()}
        walked = walk(members)
        for circle in walked.circles:
            reading.report("SC105", f"calendars made of one another: {circle}", circle.closing.at)
            broken.update(circle.members)
        for id, why in too_much(members, walked.order, broken).items():
            reading.malformed(why, self.calendars.found[id].at)
            broken.add(id)
        broken.update(made_of(broken, members))
