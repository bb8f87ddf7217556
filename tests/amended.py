"""Random catalogues and random amendments to them, for laws about what changes; and the same catalogue written otherwise."""

from __future__ import annotations

import copy
from typing import Any

import yaml
from hypothesis import strategies as st

from slachain.decisions.amendment import Amendment
from slachain.decisions.diff import Version, diff
from slachain.language.loader import load
from tests.catalogues import AS_OF, COMMITTED, EXCEPTIONS, HANDED_ON, PAUSES, PROMISED, SPECIAL_DATES, WEEKS, catalogues, chance, pick

Raw = Any
Files = dict[str, str]


def version(files: Files, name: str = "x") -> Version:
    """A version of some files."""
    return Version(load({file: text.encode() for file, text in files.items()}), name)


def amendment(old: Raw, new: Raw) -> Amendment:
    """What one catalogue changes in another."""
    return diff(version({"a.yaml": dumped(old)}), version({"a.yaml": dumped(new)}), AS_OF)


@st.composite
def amendments(draw: st.DrawFn) -> tuple[Raw, Raw]:
    """A catalogue, and the same with a few things changed in it."""
    old = draw(catalogues())
    new = copy.deepcopy(old)
    for _ in range(draw(st.integers(1, 4))):
        _change(draw, new)
    return old, new


def _change(draw: st.DrawFn, catalogue: Raw) -> None:
    """One change: to a calendar, or to a clause of an agreement."""
    hours = [body for body in catalogue["calendars"].values() if "hours" in body]
    if hours and chance(draw, 30):
        _calendar(draw, hours[draw(st.integers(0, len(hours) - 1))])
        return
    agreements = list(catalogue["agreements"].values())
    _agreement(draw, agreements[draw(st.integers(0, len(agreements) - 1))])


def _calendar(draw: st.DrawFn, body: Raw) -> None:
    if chance(draw, 50):
        body.setdefault("exceptions", {})[pick(draw, SPECIAL_DATES)] = pick(
            draw, [text for text in EXCEPTIONS if not text.startswith("00:")]
        )
    else:
        body["hours"] = pick(draw, WEEKS[:4])


def _agreement(draw: st.DrawFn, body: Raw) -> None:
    kind = draw(st.integers(1, 4))
    if kind == 1:
        body["pauses"] = [pick(draw, PAUSES)]
    elif kind == 2 and body.get("relies_on"):
        item = body["relies_on"][0]
        body["relies_on"][0] = {**({"agreement": item} if isinstance(item, str) else item), "after": pick(draw, HANDED_ON)}
    elif kind == 3:
        body["calendar"] = "24x7"
    elif body.get("targets"):
        metric = pick(draw, sorted(body["targets"]))
        body["targets"][metric] = pick(draw, PROMISED if body.get("kind") == "sla" else COMMITTED)


# --- written otherwise -----------------------------------------------------------------------------------------------


class Flow(yaml.SafeDumper):
    """Writes scalars without quotes where YAML needs none, and what is met twice as an anchor and its aliases."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


def dumped(catalogue: Raw, **how: Any) -> str:
    """A catalogue as YAML."""
    return str(yaml.dump(catalogue, Dumper=Flow, allow_unicode=True, **{"sort_keys": False, **how}))


@st.composite
def rewritten(draw: st.DrawFn, catalogue: Raw) -> Files:
    """The same clauses: other order of keys, flow or block, comments, each agreement in a file of its own or not."""
    how = {
        "sort_keys": chance(draw, 50),
        "default_flow_style": draw(st.sampled_from([True, False, None])),
        "width": draw(st.integers(40, 200)),
    }
    parts = {"z.yaml": {name: section for name, section in catalogue.items() if name != "agreements"}}
    for name, body in catalogue["agreements"].items():
        file = f"{name}.yaml" if chance(draw, 50) else "m.yaml"
        parts.setdefault(file, {}).setdefault("agreements", {})[name] = body
    files = {file: f"# {file}\n\n{dumped(part, **how)}# the end\n" for file, part in parts.items() if part}
    return dict(sorted(files.items(), reverse=chance(draw, 50)))
