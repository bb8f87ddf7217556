"""What everything below keeps up together is less than the availability promised.

## What
The availability that the agreements relied on supply on the promise's clock, in its worst month (quarter, year), is lower
than what is promised. Agreements that are all needed multiply; of those that stand in for one another all must be down.

## Why
Three components of 99.9% make 99.7%; and 99.9% a year allows nearly nine hours, which may all fall into one month.

## Breaks
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {availability: {at_least: 99.9%}}, relies_on: [web, database]}
  web: {kind: ola, provider: platform, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.95%}}}
  database: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.9%}}}
```

## Holds
```yaml
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {availability: {at_least: 99.8%}}, relies_on: [web, database]}
  web: {kind: ola, provider: platform, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.95%}}}
  database: {kind: uc, provider: vendor, customer: desk, calendar: 24x7, targets: {availability: {at_least: 99.9%}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from slachain.checks.wording_amounts import amount_finding, amount_possible, amount_promised, of_amount_cause
from slachain.language.findings import Finding, Severity
from slachain.study import Study

CODE, SLUG, SEVERITY = "SC301", "availability-too-low", Severity.ERROR


def check(study: Study) -> Iterator[Finding]:
    """Gaps of cause `availability`."""
    for verdict in of_amount_cause(study, "availability"):
        message = f"{amount_promised(study, verdict)}, {amount_possible(verdict)} supplied"
        yield amount_finding(study, CODE, verdict, message, help="commit to more below, add redundancy, or promise less")
