"""A stricter commitment never makes a promise worse; a looser promise is never broken by it."""

from __future__ import annotations

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tests.catalogues import Raw, catalogues
from tests.laws.altering import Key, Row, at, changed, limits, looser, promised, rows, tighter

FEW = settings(max_examples=max(10, settings().max_examples // 3))
ORDER = ("unsupported", "gap", "tolerated", "holds")


def is_promise(raw: Raw, name: str) -> bool:
    bodies = [raw.get("agreements", {}).get(name, {}), raw.get("plans", {}).get(f"plan-{name}", {})]
    return any(body.get("kind") == "sla" or body.get("end_to_end") == "true" for body in bodies)


def no_worse(before: Row, after: Row) -> None:
    """In every number; what was more than promised may now be equal to it, and that is a gap where it was tolerated."""
    assert after.supported <= before.supported
    assert before.exposure is None or (after.exposure is not None and after.exposure <= before.exposure)
    assert before.assured is None or (after.assured is not None and after.assured >= before.assured)
    assert ORDER.index(after.verdict) >= ORDER.index(before.verdict) or (before.verdict == "tolerated" and after.cause == "equal")


def of_one(found: dict[Key, Row], name: str) -> dict[Key, Row]:
    return {key: row for key, row in found.items() if key[0] == name}


@FEW
@given(catalogues(), st.data())
def test_a_tighter_commitment_never_makes_a_promise_worse(raw: Raw, data: st.DataObject) -> None:
    """Over the same instants: where less time lets tickets be done before a calendar ends, more of them are looked at."""
    places = [place for place in limits(raw, lambda name: not is_promise(raw, name)) if tighter(at(raw, place))]
    assume(places)
    place = data.draw(st.sampled_from(places))
    before, after = rows({"a.yaml": raw}), rows({"a.yaml": changed(raw, place, tighter(at(raw, place)))})
    assert before.keys() == after.keys()
    for key, row in before.items():
        event(f"{row.verdict} {'changed' if row != after[key] else 'as it was'}")
        if row.horizon == after[key].horizon:
            no_worse(row, after[key])


@FEW
@given(catalogues(), st.data())
def test_a_looser_promise_is_never_broken_by_it(raw: Raw, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in raw["agreements"] if name.startswith("promise")]))
    places = list(promised(raw, name))
    assume(places)
    place = data.draw(st.sampled_from(places))
    before = of_one(rows({"a.yaml": raw}), name)
    after = of_one(rows({"a.yaml": changed(raw, place, looser(at(raw, place)))}), name)
    assert before.keys() == after.keys()
    for key, row in before.items():
        event(f"{row.verdict} to {after[key].verdict}")
        no_worse(row, after[key])
        assert after[key].supported == row.supported
