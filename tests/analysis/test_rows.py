"""What is asked of classes is what is asked of each agreement, one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.rows import Rows, counted
from slachain.decisions.money_lines import of_agreements, of_all
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.catalogue import study
from tests.decisions.test_alike import twins

SOLD = """
plans:
  gold:
    {{kind: sla, provider: us, calendar: 24x7, relies_on: [desk],
      targets: {{resolution: {{P1: {within}, "*": 9h}}, availability: {{at_least: {share}, per: month}}}},
      credits: {{resolution: [{{over: 3h, credit: 5%}}, {{over: 8h, credit: 10%}}], availability: [{{below: 99%, credit: 20%}}], cap: {cap}}}}}
agreements:
  desk:
    {{kind: ola, provider: desk, customer: us, calendar: 24x7, targets: {{resolution: {{P1: 2h, "*": 4h}}, availability: {{at_least: 98.9%, per: month}}}}}}
  a: {{extends: gold, customer: a}}
  b: {{extends: gold, customer: b, fee: 0 EUR/month}}
  c: {{extends: gold, customer: c, fee: 100 EUR/month}}
  d: {{extends: gold, customer: d, fee: 1200 USD/year}}
  e: {{extends: gold, customer: e, fee: 0 EUR/month, demand: {{P1: 3/month}}}}
  f: {{extends: gold, customer: f, fee: 100 EUR/month, demand: {{P1: 3/month, P2: 30/month}}}}
  g: {{extends: gold, customer: g, fee: 200 EUR/month, demand: {{P1: 4/month, P2: 1/month}}}}
  h: {{extends: gold, customer: h, fee: 50 EUR/month, demand: {{P1: 4/month}}}}
  i: {{extends: gold, customer: i, fee: 50 GBP/month, demand: {{P1: 1/month}}}}
"""


def each(found: Study) -> Sequence[Rows[Any]]:
    """All rows of a study."""
    return found.promises, found.amounts, found.verdicts, found.amount_verdicts, found.all_verdicts


@settings(max_examples=12)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()))
def test_rows_are_the_list_of_all(raw: catalogues.Raw) -> None:
    found = Study.of(load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()}), catalogues.AS_OF)
    ids = set(sorted(found.catalogue.agreements)[::2])
    for rows in each(found):
        listed = list(rows)
        assert len(rows) == len(listed)
        assert [rows[place] for place in range(-len(listed), len(listed))] == 2 * listed
        assert list(rows[1::2]) == listed[1::2]
        with pytest.raises(IndexError):
            rows[len(listed)]
        assert sum(size for _, size in rows.kinds()) == len(listed)
    verdicts = list(found.all_verdicts)
    assert list(found.all_verdicts.of(ids)) == [(place, one) for place, one in enumerate(verdicts) if one.promise.agreement.id in ids]
    assert list(found.all_verdicts.of(set())) == []
    assert list(found.all_verdicts.where(lambda one: one.verdict == "gap")) == [one for one in verdicts if one.verdict == "gap"]
    told = Counter(one.verdict for one in verdicts)
    assert counted(found.all_verdicts, lambda one: one.verdict) == counted(verdicts, lambda one: one.verdict) == told


@pytest.mark.parametrize("cap", ["30%", "0%"])
@pytest.mark.parametrize("share", ["98%", "99.5%"])
@pytest.mark.parametrize("within", ["1h", "2h", "4h"])
def test_what_is_at_risk_of_all_is_what_is_at_risk_of_each(within: str, share: str, cap: str) -> None:
    found = study(SOLD.format(within=within, share=share, cap=cap))
    assert not found.catalogue.findings
    alone = of_agreements(found, list(found.all_verdicts))
    assert of_all(found) == alone
    assert list(alone) == list("bcdefghi")
