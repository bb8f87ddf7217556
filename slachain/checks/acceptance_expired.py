"""A finding was accepted for a time that is over, or is not found any more.

## What
The date of an `accept` lies before the day of the check; or the agreement has no finding of that code.

## Why
An acceptance is a decision with a date on it. One that is over decides nothing; one that matches nothing would hide the finding
on the day that it comes back.

## Breaks
```yaml
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: {P1: {within: 1h, attainment: 95%}}}
    accept: [{finding: SC806, until: 2025-12-31, because: the first customer comes in January}]
```

## Holds
```yaml
agreements:
  desk:
    kind: ola
    provider: desk
    customer: company
    calendar: 24x7
    targets: {resolution: {P1: {within: 1h, attainment: 95%}}}
    accept: [{finding: SC806, until: 2026-06-30, because: the first customer comes in January}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.registry import by_code
from slachain.checks.scope import current
from slachain.language.findings import Finding, Severity
from slachain.language.model import Acceptance, Agreement
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC810", "acceptance-expired", Severity.WARNING

READING, HISTORY = "SC1", "SC9"  # what can never be accepted, and what only a ticket history can show


def check(study: Study) -> Iterator[Finding]:
    """Every acceptance that is over, or that matches no finding of its agreement; those of this very code come last."""
    accepted = {acceptance.finding.value for agreement in current(study) for acceptance in agreement.accept}
    checks = [check for code, check in by_code().items() if code in accepted - {CODE}]
    found = {(finding.code, finding.agreement) for check in checks for finding in check.check(study)}
    for agreement in current(study):
        for acceptance in sorted(agreement.accept, key=lambda a: a.finding.value == CODE):
            if message := _wrong(study, agreement, acceptance, found):
                found.add((CODE, agreement.id))
                over = acceptance.until.value < study.as_of
                yield Finding(CODE, message, (acceptance.until if over else acceptance.finding).at, agreement.id, help=_help(over))


def _wrong(study: Study, agreement: Agreement, acceptance: Acceptance, found: set[tuple[str, str | None]]) -> str | None:
    """What is wrong with an acceptance, in words."""
    code, matched = acceptance.finding.value, (acceptance.finding.value, agreement.id) in found
    if code.startswith(READING):
        return f"{code} cannot be accepted: what cannot be read has to be mended"
    if code not in by_code():
        return f"{code} is accepted, and there is no such finding"
    if acceptance.until.value < study.as_of:
        still = f", and {agreement.id} has it still" if matched else ""
        return f"{code} was accepted until {acceptance.until.text}{still}"
    if matched or code.startswith(HISTORY) or not _judged(study, agreement.id):
        return None
    return f"{code} is accepted, and {agreement.id} has no such finding"


def _help(over: bool) -> str:
    return "mend what it accepts, or decide anew and write the date" if over else "remove the acceptance"


def _judged(study: Study, id: str) -> bool:
    """Whether everything around an agreement was read and judged; if not, the finding may be there all the same."""
    return id not in study.once(_beside_unread)


def _beside_unread(study: Study) -> frozenset[str]:
    """What was not read or not judged, and everything above and below that."""
    agreements = study.catalogue.agreements
    unread = [id for id in study.graph.relied_on if id not in agreements or agreements[id].broken or id in study.catalogue.broken]
    unread += [skipped.agreement for skipped in study.not_checked]
    return study.graph.all_above(unread) | study.graph.all_below(unread)
