"""The contract put together: sections in the order in which they are read, numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from slachain.decisions.contract import credits, definitions, duties, hours, internal, measuring, parties, targets, terms
from slachain.decisions.contract.draft import Draft
from slachain.decisions.contract.nouns import Document, Section
from slachain.decisions.contract.wording import places
from slachain.language.source import Span
from slachain.language.values import replace
from slachain.study import Study


def document(study: Study, id: str, for_the_house: bool = False) -> Document:
    """An agreement that was read whole, for both sides to sign; `for_the_house` with all that lies below it."""
    draft = Draft.of(study, id)
    provider, customer = parties.sides(draft)
    return Document(
        as_of=study.as_of,
        title=parties.heading(draft),
        kind=parties.KINDS[draft.agreement.kind.value],
        provider=provider,
        customer=customer,
        sections=tuple(numbered(sections(draft, for_the_house), draft.agreement.at)),
        internal=for_the_house,
        id=id,
        at=draft.agreement.at,
    )


def sections(draft: Draft, for_the_house: bool) -> Iterator[Section]:
    """Everything there is to say."""
    yield parties.section(draft)
    yield hours.section(draft)
    yield targets.section(draft)
    if draft.agreement.targets:
        yield measuring.section(draft)
    if found := duties.priorities(draft):
        yield found
    yield duties.duties(draft, for_the_house)
    yield duties.exclusions(draft)
    yield duties.contacts(draft)
    yield credits.section(draft)
    yield terms.term(draft)
    yield terms.review(draft)
    yield definitions.section(draft)
    if for_the_house:
        yield from internal.sections(draft)


def numbered(found: Iterable[Section], at: Span) -> Iterator[Section]:
    """`3`, `3.1`, `3.2`. What no line says, such as that nothing is agreed, stands where the agreement begins."""
    for n, section in enumerate(found, start=1):
        clauses = tuple(replace(clause, number=f"{n}.{m}", at=clause.at or places(at)) for m, clause in enumerate(section.clauses, start=1))
        yield replace(section, number=n, clauses=clauses)
