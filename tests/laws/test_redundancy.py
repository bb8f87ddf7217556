"""One more component that can stand in for another never lowers an availability."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from slachain.analysis.amounts import AmountVerdict
from slachain.language.loader import load
from slachain.study import Study
from tests.catalogues import Raw, to_yaml
from tests.catalogues_amounts import AS_OF, PRODUCTS, catalogues_of_amounts
from tests.laws.altering import Place, at, changed

FEW = settings(max_examples=max(10, settings().max_examples // 4), suppress_health_check=list(HealthCheck))


def found(raw: Raw) -> dict[tuple[str, str, str, int], AmountVerdict]:
    read = load({"a.yaml": to_yaml(raw).encode()})
    assert not read.findings, read.findings
    verdicts = Study.of(read, AS_OF).amount_verdicts
    return {verdict.promise.key: verdict for verdict in verdicts if verdict.promise.metric.chain == "product"}


def members(node: Raw, place: Place) -> Iterator[tuple[str, Place]]:
    """Every agreement that is relied on, and where it stands."""
    if isinstance(node, str):
        yield node, place
    elif isinstance(node, list):
        for i, one in enumerate(node):
            yield from members(one, (*place, i))
    elif "agreement" in node:
        yield node["agreement"], place
    else:
        for kind in ("any_of", "all_of"):
            yield from members(node.get(kind, []), (*place, kind))


@FEW
@given(catalogues_of_amounts(), st.data())
def test_an_independent_redundant_component_never_lowers_availability(raw: Raw, data: st.DataObject) -> None:
    """Beside one that is needed in one place alone, and commits to something there: else it would be needed twice, or once more."""
    bodies = [(section, name, body) for section in ("plans", "agreements") for name, body in raw.get(section, {}).items()]
    needed = [one for section, name, body in bodies for one in members(body.get("relies_on", []), (section, name, "relies_on"))]
    times = Counter(name for name, _ in needed)
    metrics = [metric for metric in PRODUCTS if metric in to_yaml(raw)]
    resolved = {name: raw["agreements"][name].get("targets", {}) for name in raw["agreements"]}
    places = [(n, p) for n, p in needed if times[n] == 1 and all(whole(resolved[n].get(m)) for m in metrics)]
    assume(places and metrics)
    name, place = data.draw(st.sampled_from(places))
    made = beside(raw, place, metrics)
    before, after = found(raw), found(made)
    assert before.keys() == after.keys()
    for key, verdict in before.items():
        assert verdict.supported is None or (after[key].supported or 0) >= verdict.supported, (key, name)


def whole(target: Raw) -> bool:
    """Whether every priority has a commitment."""
    return isinstance(target, dict) and ("at_least" in target or "*" in target)


def beside(raw: Raw, place: Place, metrics: list[str]) -> Raw:
    """The catalogue with a new component that can stand in for what stands there."""
    written = copy.deepcopy(at(raw, place))
    group: Raw = {"any_of": [written, "spare"]}
    if isinstance(written, dict) and "share" in written:
        group["share"] = written.pop("share")
    if isinstance(written, dict) and "metrics" in written:
        group["metrics"] = written["metrics"]
    made = changed(raw, place, group)
    spare = dict.fromkeys(metrics, "95%")
    body = {"kind": "uc", "provider": "us", "customer": "them", "calendar": "24x7"}
    made["agreements"]["spare"] = body | {"targets": {metric: {"at_least": share} for metric, share in spare.items()}}
    return made
