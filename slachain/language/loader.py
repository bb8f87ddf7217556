"""Files in, catalogue out: sections joined over all files, `extends` resolved, every name looked up."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from slachain.language.agreements import AgreementGrammar
from slachain.language.attachments import Attach, AttachmentError, no_attachments
from slachain.language.calendars import CalendarGrammar
from slachain.language.catalogue import Catalogue, Team
from slachain.language.copies import Copies
from slachain.language.findings import Finding
from slachain.language.forms import Copy, Forms
from slachain.language.inheritance import Defined, Heirs
from slachain.language.lineage import Lineage
from slachain.language.model import ROUND_THE_CLOCK, Agreement, Calendar, Hours, Written
from slachain.language.names import Names
from slachain.language.nodes import Mapping as MappingNode
from slachain.language.policy import POLICY, policy, team
from slachain.language.scalars import Window
from slachain.language.sections import Sections
from slachain.language.shapes import Bad, Reading
from slachain.language.source import Span
from slachain.language.targets import MetricReader
from slachain.language.values import dataclass, field

BUILT_IN = Span("", 0, 0, 0, 0)
ALWAYS = Calendar(ROUND_THE_CLOCK, Hours("UTC", ((Window(0, 1440),),) * 7), BUILT_IN)


def load(files: Mapping[str, bytes], attach: Attach = no_attachments, before: tuple[Finding, ...] = ()) -> Catalogue:
    """The catalogue of these files, by the names to be shown; `before` are findings about files that could not be had.

    Never raises for what stands in a file: what is wrong is in the catalogue's findings.
    """
    with without_garbage_collection():
        sections = Sections(Forms(len(files)))
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
    sections: Sections
    attach: Attach
    lineage: Lineage = field(default_factory=Lineage)

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
        known = Names(calendars, agreements, frozenset(metrics) | bad_metrics, frozenset(found["agreements"]), ids, self.unfinished)
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
            lineage=self.lineage,
        )

    def on_file(self, path: str, at: Span, reading: Reading) -> bytes | Bad:
        try:
            return self.attach(at.file, path)
        except AttachmentError as error:
            return reading.malformed(str(error), at)

    def agreements(self, grammar: AgreementGrammar) -> tuple[dict[str, Agreement], set[str]]:
        """Those that can be read, and the ids of those that cannot."""
        plans, agreements = self.sections.definitions["plans"], self.sections.definitions["agreements"]
        heirs = Heirs({**plans, **agreements}, self.reading, self.unfinished).resolved()
        self.lineage = heirs.lineage()
        grammar.handed_down.shared.update(heirs.shared())
        copies = Copies(grammar, self.reading)
        copies.expect(d for id, d in agreements.items() if isinstance(d, Copy) and id in heirs.sound and id not in heirs.extended)
        by_clauses = partial(self.agreement, grammar, heirs, frozenset(plans))
        read: dict[str, Agreement] = {}
        for id, definition in (*plans.items(), *agreements.items()):
            self.reading.owner = id
            if (agreement := copies.read(definition, by_clauses)) is not None:
                read[id] = agreement
        self.reading.owner = None
        return read, set(agreements) - set(read)

    def agreement(self, grammar: AgreementGrammar, heirs: Heirs, plans: frozenset[str], definition: Defined) -> Agreement | None:
        """One agreement, with all that it inherits; of one that extends what cannot be had its own clauses are read for what is wrong in them."""
        body = heirs.body(definition.id)
        if body is not None:
            return grammar.read(definition.id, definition.at, body, self.reading, definition.id in plans)
        if isinstance(node := definition.node, MappingNode):
            grammar.read(definition.id, definition.at, node, self.reading, plan=True)
        return None

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
