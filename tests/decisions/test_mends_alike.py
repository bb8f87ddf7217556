"""What mends a promise mends every promise that is like it: sought once, told with the names and words of each."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from slachain.decisions.mend import Mender
from slachain.decisions.paste import fix_line
from slachain.decisions.promise_lines import PromiseLines
from slachain.language.loader import load
from slachain.study import Study
from tests import catalogues
from tests.decisions.test_alike import twins


@settings(max_examples=20)
@given(catalogues.catalogues(), st.booleans())
def test_fixes_are_those_that_each_has_by_itself(raw: catalogues.Raw, backwards: bool) -> None:
    study = Study.of(load({"a.yaml": catalogues.to_yaml(twins(raw)).encode()}), catalogues.AS_OF)
    lines = PromiseLines(study)
    for verdict in reversed(study.verdicts) if backwards else study.verdicts:
        alone = Mender(study, verdict).fixes()
        assert lines.fixes(verdict) == tuple(fix_line(study, fix) for fix in alone)


def test_each_keeps_its_own_words() -> None:
    """Promises that mean the same in other words are told what they say themselves."""
    one = "{kind: sla, provider: p, customer: c, calendar: 24x7, targets: {resolution: {P1: 3h}}, relies_on: [{agreement: z, after: 1h}]}"
    other = one.replace("3h", "180m").replace("after: 1h", "after: 60m")
    z = "{kind: ola, provider: p, customer: c, calendar: 24x7, targets: {resolution: {P1: 150m}}}"
    study = Study.of(load({"a.yaml": f"agreements:\n  a: {one}\n  b: {other}\n  c: {one}\n  z: {z}\n".encode()}), catalogues.AS_OF)
    lines = PromiseLines(study)
    found = [[(fix.agreement, fix.before, fix.after) for fix in lines.fixes(verdict)] for verdict in study.verdicts]
    assert found == [
        [(id, within, "3h31m"), (id, after, "29m"), ("z", "150m", "1h59m")]
        for id, within, after in (("a", "3h", "1h"), ("b", "180m", "60m"), ("c", "3h", "1h"))
    ]
