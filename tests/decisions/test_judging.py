"""What somebody else has judged or checked: a report is the same whoever did what, and what comes back damaged is done anew."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.analysis.beside import Beside, Found, nothing
from slachain.analysis.parcels import packed, unpacked
from slachain.checks.registry import OF_VERDICTS, all_checks
from slachain.decisions import judging
from slachain.decisions.data import as_data
from slachain.decisions.judging import judged
from slachain.decisions.reporting import report
from slachain.language.catalogue import Catalogue
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues, catalogues_amounts
from tests.decisions.test_alike import twins

RUBBISH = (b"rubbish", pickle.dumps(None), pickle.dumps([1, 2]), pickle.dumps([([(0, ())], [])]))
EXAMPLE: catalogues.Raw = {
    "agreements": {
        "desk": {"kind": "ola", "provider": "a", "customer": "b", "calendar": "24x7", "targets": {"resolution": {"P1": "3h"}}},
        "one": {
            "kind": "sla",
            "provider": "b",
            "customer": "c",
            "calendar": "24x7",
            "relies_on": ["desk"],
            "targets": {"resolution": {"P1": "2h"}, "availability": {"at_least": "99%", "per": "month"}},
        },
    }
}


@pytest.fixture(autouse=True, scope="module")
def helped() -> Iterator[None]:
    """Any number of groups is enough."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "FEWEST", 0)
        yield


def read(raw: catalogues.Raw) -> Catalogue:
    """The catalogue, with a twin of each agreement beside it."""
    return load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()})


def elsewhere(catalogue: Catalogue, bent: Callable[[int, bytes], bytes] = lambda number, parcel: parcel) -> Beside:
    """Somebody who has judged everything by himself already; what he tells of each task may be bent on the way."""
    kept: list[Callable[[int], bytes]] = []

    def asked(tasks: int, do: Callable[[int], bytes]) -> nullcontext[Found]:
        kept.append(do)
        return nullcontext(nothing)

    def beside(tasks: int, do: Callable[[int], bytes]) -> nullcontext[Found]:
        return nullcontext(lambda number: bent(number, kept[0](number)))

    judged(Study.of(catalogue, catalogues.AS_OF), beside=asked)
    return beside


@settings(max_examples=6)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()))
def test_a_report_is_the_same_whoever_judged(raw: catalogues.Raw) -> None:
    catalogue = read(raw)
    alone = report(Study.of(catalogue, catalogues.AS_OF))
    assert as_data(report(Study.of(catalogue, catalogues.AS_OF), beside=elsewhere(catalogue)).in_full()) == as_data(alone.in_full())


@settings(max_examples=5)
@given(st.one_of(catalogues.catalogues(), catalogues_amounts.catalogues_of_amounts()), st.sampled_from(RUBBISH))
def test_what_is_damaged_is_judged_anew(raw: catalogues.Raw, rubbish: bytes) -> None:
    catalogue = read(raw)
    bent = elsewhere(catalogue, lambda number, parcel: (rubbish, parcel[:-1], parcel[1:], b"")[number % 4])
    alone = report(Study.of(catalogue, catalogues.AS_OF))
    assert as_data(report(Study.of(catalogue, catalogues.AS_OF), beside=bent).in_full()) == as_data(alone.in_full())


def test_checks_that_are_asked_apart_ask_for_no_verdict() -> None:
    catalogue = read(EXAMPLE)
    found = Study.of(catalogue, catalogues.AS_OF)
    apart = [check for check in all_checks() if not check.CODE.startswith(OF_VERDICTS)]
    for check in apart:
        list(check.check(found))
        assert [alike for alike in found.promised.sizes if alike.told is not None or alike.told_of_amounts is not None] == [], check.CODE
    assert len(apart) > 30


@pytest.mark.parametrize("most", [0, 1000])
def test_of_many_findings_none_is_carried(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "MOST_CARRIED", most)
    catalogue, carried = read(EXAMPLE), []

    def seen(number: int, parcel: bytes) -> bytes:
        carried.append(parcel)
        return parcel

    alone = report(Study.of(catalogue, catalogues.AS_OF))
    assert as_data(report(Study.of(catalogue, catalogues.AS_OF), beside=elsewhere(catalogue, seen)).in_full()) == as_data(alone.in_full())
    assert (b"" in carried) is (most == 0)


def test_another_catalogue_s_parcel_tells_nothing() -> None:
    desk = "agreements: {desk: {kind: ola, provider: a, customer: b, calendar: 24x7, targets: {resolution: {P1: 1h}}}, "
    sold = "one: {kind: sla, provider: b, customer: c, calendar: 24x7, relies_on: [desk], targets: {resolution: %s}}}"
    two, one = (Study.of(load({"a.yaml": (desk + sold % t).encode()}), catalogues.AS_OF) for t in ("{P1: 2h, P2: 3h}", "{P1: 2h}"))
    judged(two)
    (many,), (few,) = (study.promised.groups(study.routes) for study in (two, one))
    with pytest.raises(IndexError):
        unpacked(packed(many), few, one.chains)
    assert few[0].told is None
    judged(one)
    with pytest.raises(ValueError, match="argument"):
        unpacked(packed(few), [*few, *few], one.chains)
