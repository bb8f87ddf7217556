"""Verdicts that another process has found: what is unpacked is what was packed, and what is damaged is judged anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.parcels import Beside, Found, packed, unpacked
from slachain.decisions.data import as_data
from slachain.decisions.reporting import report
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.decisions.test_alike import twins


def read(raw: catalogues.Raw) -> Catalogue:
    """The catalogue, with a twin of each agreement beside it."""
    return load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()})


def elsewhere(catalogue: Catalogue, bent: Callable[[int, bytes], bytes] = lambda number, parcel: parcel) -> Beside:
    """Somebody who has judged everything by himself already; what he tells of each task may be bent on the way."""
    other = Study.of(catalogue, catalogues.AS_OF)
    other.judge()
    groups = other.promised.groups(other.routes)

    def beside(tasks: int, do: Callable[[int], bytes]) -> nullcontext[Found]:
        assert tasks == len(groups)
        return nullcontext(lambda number: bent(number, packed(groups[number])))

    return beside


@settings(max_examples=6)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()))
def test_a_report_is_the_same_whoever_judged(raw: catalogues.Raw) -> None:
    catalogue = read(raw)
    alone = report(Study.of(catalogue, catalogues.AS_OF))
    assert as_data(report(Study.of(catalogue, catalogues.AS_OF), beside=elsewhere(catalogue)).in_full()) == as_data(alone.in_full())


@settings(max_examples=6)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()), st.binary(max_size=50))
def test_what_is_damaged_is_judged_anew(raw: catalogues.Raw, rubbish: bytes) -> None:
    catalogue = read(raw)
    bent = elsewhere(catalogue, lambda number, parcel: (rubbish, parcel[:-1], parcel[1:], b"")[number % 4])
    alone = report(Study.of(catalogue, catalogues.AS_OF))
    assert as_data(report(Study.of(catalogue, catalogues.AS_OF), beside=bent).in_full()) == as_data(alone.in_full())


def test_another_catalogue_s_parcel_tells_nothing() -> None:
    desk = "agreements: {desk: {kind: ola, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: 1h}}}, "
    sold = "one: {kind: sla, provider: b, customer: c, calendar: 24x7, relies_on: [desk], targets: {resolution: %s}}}"
    two, one = (Study.of(load({"a.yaml": (desk + sold % t).encode()}), catalogues.AS_OF) for t in ("{P1: 2h, P2: 3h}", "{P1: 2h}"))
    two.judge()
    (many,), (few,) = (study.promised.groups(study.routes) for study in (two, one))
    with pytest.raises(IndexError):
        unpacked(packed(many), few)
    assert few[0].told is None
    one.judge()
    with pytest.raises(ValueError, match="argument"):
        unpacked(packed(few), [*few, *few])
