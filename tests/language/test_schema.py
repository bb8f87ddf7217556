"""The JSON Schema says what the readers say: the same keys, the same scalars, no false alarm, and what it cannot tell."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from slachain.checks.registry import all_checks, page
from slachain.language import schema_scalars, shapes
from slachain.language.agreements import KNOWN, _edge, read_code, read_demand
from slachain.language.alterations import read_field
from slachain.language.attachments import AttachmentError
from slachain.language.calendars import (
    HOURS_KEYS,
    HOW,
    read_business_days,
    read_country,
    read_days,
    read_opening,
    read_timezone,
)
from slachain.language.loader import load
from slachain.language.nodes import Mapping, Node, Scalar
from slachain.language.policy import POLICY, read_changeable, read_margin
from slachain.language.pricing import read_cost, read_option_name
from slachain.language.scalars import (
    ScalarError,
    read_date,
    read_duration,
    read_flag,
    read_money,
    read_number,
    read_percentage,
    read_time,
    read_whole,
    read_windows,
)
from slachain.language.schema import json_schema
from slachain.language.schema_scalars import portable
from slachain.language.sections import SECTIONS, _identifier
from slachain.language.shapes import read_identifier, read_text
from slachain.language.targets import BUILT_IN, TARGET_KEYS, read_priority
from slachain.language.terms import read_every
from tests.language.marked import clauses
from tests.style import ROOT

SCHEMA = json_schema()
DEFS: dict[str, dict[str, Any]] = SCHEMA["$defs"]
ROTA = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nEND:VCALENDAR\r\n"

# --- the ways to see a file


Resolvers = dict[str, list[tuple[str, re.Pattern[str]]]]


class Old(yaml.SafeLoader):
    """As an editor set to YAML 1.1 does, but for dates, which JSON does not have; keys are text in JSON."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Old.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


class Text(Old):
    """Every scalar as its text, as the language's own readers take it; but for what is no value at all."""

    yaml_implicit_resolvers: Resolvers = {}  # noqa: RUF012 (the parent's way)


class Editor(Old):
    """Numbers, booleans and nulls by the core schema of YAML 1.2; dates, times and `no` stay text."""

    yaml_implicit_resolvers: Resolvers = {}  # noqa: RUF012


def resolve(loader: type[yaml.SafeLoader], kind: str, written: str, value: Callable[[str], Any]) -> None:
    """Let a loader take texts of a form for values of a kind."""
    loader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{written})$"), None)
    loader.add_constructor(f"tag:yaml.org,2002:{kind}", lambda _, node: value(node.value))


resolve(Text, "null", "~|null|", lambda _: None)
resolve(Editor, "null", "~|null|Null|NULL|", lambda _: None)
resolve(Editor, "bool", "true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true")
resolve(Editor, "int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", lambda text: int(text, 0 if text[:2] in ("0o", "0x") else 10))
resolve(
    Editor,
    "float",
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
    lambda text: float(text.replace(".i", "i").replace(".n", "n")),
)
VIEWS: dict[str, type[yaml.SafeLoader]] = {"text": Text, "editor": Editor, "old": Old}


def validator(name: str | None = None) -> Draft202012Validator:
    """Of a file, or of one definition."""
    return Draft202012Validator(SCHEMA if name is None else {"$ref": f"#/$defs/{name}", "$defs": DEFS})


WHOLE = validator()


def refused(text: str, view: str) -> list[str]:
    """What the schema says of a file, in one of the views."""
    return [f"{e.json_path}: {e.message}" for e in WHOLE.iter_errors(yaml.load(text, VIEWS[view]))]


def a_rota(_: str, path: str) -> bytes:
    """What is in a file that an agreement's file names; of no name there is none."""
    if not path:
        raise AttachmentError("'' cannot be read: it is no regular file")
    return ROTA


def unreadable(text: str) -> list[str]:
    """What the readers refuse by itself, and metrics that there are none of: what such a metric is written as, nobody reads."""
    found = load({"a.yaml": text.encode()}, a_rota).findings
    return [f.message for f in found if f.code in ("SC101", "SC102") or f.message.startswith("there is no metric")]


# --- the schema in itself


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema, itself included; not what stands in examples."""
    if isinstance(schema, list):
        for one in schema:
            yield from subschemas(one)
    elif isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key in ("properties", "$defs"):
                for one in value.values():
                    yield from subschemas(one)
            elif key not in ("examples", "enum", "default"):
                yield from subschemas(value)


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert json_schema() == SCHEMA


def test_every_definition_is_there_and_used() -> None:
    used = {schema["$ref"].removeprefix("#/$defs/") for schema in subschemas(SCHEMA) if "$ref" in schema}
    written_out = {"id", "time", "percentage", "amount", "hand_over", "new_value"}  # beside a mapping, so that its description is not shown
    assert used <= set(DEFS) <= used | written_out


def test_every_property_and_definition_is_described() -> None:
    nouns = [SCHEMA, *DEFS.values(), DEFS["plan"]["properties"]["targets"]]
    described = [*DEFS.items(), *(item for noun in nouns for item in noun.get("properties", {}).items())]
    assert not [name for name, one in described if not re.fullmatch(r"[A-Za-z0-9].*[.}]", one.get("description", ""))]


def test_every_example_is_valid_where_it_stands() -> None:
    given = [(s, e) for s in subschemas(SCHEMA) for e in s.get("examples", ())]
    assert len(given) > 60
    for schema, one in given:
        assert Draft202012Validator({**schema, "$defs": DEFS}).is_valid(one), one


def test_patterns_mean_the_same_to_every_engine() -> None:
    patterns = [schema["pattern"] for schema in subschemas(SCHEMA) if "pattern" in schema]
    assert len(patterns) > 20
    for pattern in patterns:
        assert not re.search(r"\\[dDwWbBAZ]|\(\?[Pi<]", pattern), pattern
        assert pattern.startswith("^(?:")
        assert pattern.endswith(")$")


# --- the same keys as the readers


PROBE = """
policy: {margin: 10%, equal: gap, failures: independent, arrivals: even, severities: {SC803: warning}}
calendars:
  london:
    timezone: Europe/London
    hours: {mon-thu: "09:00-17:30", fri: "09:00-12:00, 13:00-16:00"}
    holidays: {country: GB, subdivision: ENG, add: [2026-12-24], remove: [2026-05-04]}
    exceptions: {2026-12-31: "09:00-12:00", 2026-05-05: closed}
    from: 2026-01-01
    until: 2027-12-31
    business_days: mon-fri
  either: {any_of: [london, 24x7], timezone: UTC}
  both: {all_of: [london, {timezone: UTC, hours: {sat: "10:00-14:00", mon: "10:00-14:00"}}], timezone: UTC}
  out: {not: london, timezone: UTC}
  on-call: {ics: rota/1.ics, timezone: UTC}
metrics:
  leads: {type: count, unit: leads, better: higher, chain: supply}
  wait: {type: time, unit: hours, better: lower, chain: elapsed}
  spend: {type: money, better: lower, chain: supply}
  reply: {like: response}
teams:
  engineers: {calendar: london, staff: 4, shrinkage: 30%, handle_time: {P1: 2h, "*": 1h}, patience: 5m, cost: 60 EUR/hour}
plans:
  gold: {kind: sla, provider: desk, review: {every: 1 year}}
agreements:
  x:
    extends: gold
    customer: acme
    title: 2026
    service: payments
    owner: service-management@example.com
    calendar: {not: london}
    end_to_end: false
    priorities: [P1, 2, P3, P4]
    term: {from: 2026-01-01, until: 2026-12-31, notice: 90d}
    review: {every: 6 months, last: 2026-07-01}
    targets:
      response: {P1: 15m, 2: 1h, "*": 4h}
      resolution:
        P1: 4h
        2: {within: 8h, attainment: 95%, warn: 80%, calendar: either}
        P3: {within: 3bd, calendar: london, attainment: 90%}
        P4: [{within: 20m, calendar: london, opened_in: london, attainment: 95%, warn: 50%}, 40m]
      update: [{within: 1h, opened_in: {any_of: [london]}}, {within: 2h}]
      restore: {within: 2d}
      availability: {at_least: 99.95%, per: month, calendar: london}
      leads: {P1: 12, 2: {at_least: 120, per: quarter, calendar: london}}
      spend: {at_most: 12 EUR, per: year, calendar: london}
      wait: {P1: {within: 1h, calendar: london, attainment: 95%, warn: 50%, opened_in: london}}
    relies_on:
      - desk
      - {agreement: tier2, after: {P1: 30m, "*": 0m}, share: 20%, priorities: {P1: S1, 2: 1}, metrics: [resolution]}
      - any_of: [desk, {agreement: tier2, after: 1bd}, {all_of: [desk], metrics: [resolution]}]
        after: 0m
        priorities: {P1: S1}
        metrics: [resolution, availability]
        share: 10%
      - {all_of: [desk, tier2], after: {P1: 1h}, priorities: {P1: S1}, metrics: [resolution]}
    pauses: [awaiting-customer, {awaiting-vendor: 8h}]
    excludes: [force-majeure, planned maintenance]
    duties: [{who: customer, what: answer questions, within: 4h}, {who: vendor, what: answer}]
    fee: 12000 EUR/month
    credits: {availability: [{below: 99.9%, credit: 10%}], resolution: [{over: 4h, credit: 5%}, {over: 2bd, credit: 10%}], cap: 30%}
    demand: {P1: 3/month, 2: 240/year}
    accept: [{finding: SC207, until: 2026-12-31, because: the rota starts in January}]
    options:
      - {id: office, change: {calendar: london, targets.response.P1: 1h, targets.spend.*: 9 EUR}, cost: 9000.50 EUR/month, excludes: [2, tier2/a]}
      - {id: 2, change: {targets.resolution.P1: {within: 3h, attainment: 95%, calendar: london, warn: 80%}}, cost: 0 EUR/year}
      - id: 3
        cost: 1200 EUR/quarter
        change:
          targets.resolution.2.attainment: 90%
          targets.availability.*.at_least: 99.99%
          targets.resolution.P4[0].calendar: either
          relies_on[1].after.P1: 0m
          relies_on[2].any_of[2].all_of[0].after.*: 1bd
          relies_on[3].share: 5%
  desk: {kind: ola, provider: desk, customer: desk, calendar: london, targets: {resolution: 2h, wait: 1h, leads: 5}}
  tier2: {kind: uc, provider: vendor, customer: desk, calendar: london, end_to_end: true, targets: {availability: 99.9%}, options: [{id: a, change: {calendar: 24x7}, cost: 1 EUR/year}]}
"""

NOUNS = {  # what a reader calls it, and the definitions that stand for it
    r"a calendar( with '\w+')?": ("calendar_body",),
    r"'holidays'": ("holidays",),
    r"the metric '\w+'( with 'like')?": ("metric",),
    r"the team '\w+'": ("team",),
    r"an agreement": ("plan",),
    r"a term": ("term",),
    r"a review": ("review",),
    r"a duty": ("duty",),
    r"an acceptance": ("acceptance",),
    r"an option": ("option",),
    r"a credit band": ("band",),
    r"a target": ("time_targets", "time_target", "time_alternative", "any_targets", "any_target"),
    r"a target of 'availability'": ("share_targets", "share_target", "any_targets", "any_target"),
    r"a target of '(?!availability).*'": ("any_targets", "any_target"),
    r"what is relied on|a group '\w+'": ("route", "item"),
}
BY_HAND = {"item": {"share"}}  # keys that a reader takes out before it reads the rest


@dataclass
class Calls:
    """What the readers asked of mappings: from where, of what, which keys, which of them required."""

    made: list[tuple[tuple[str, int], str, frozenset[str], frozenset[str], Any]] = field(default_factory=list)

    def fields(
        self, node: Node, schema: Iterable[str], reading: shapes.Reading, what: str, required: Iterable[str] = (), at: Any = None
    ) -> Any:
        caller = sys._getframe(1)
        site = (Path(caller.f_code.co_filename).name, caller.f_lineno)
        required = tuple(required)
        self.made.append((site, what, frozenset(schema), frozenset(required), plain(node)))
        return shapes.fields(node, schema, reading, what, required, at)  # type: ignore[arg-type]


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return None if node.empty else node.text
    if isinstance(node, Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items]


def readers() -> dict[str, Any]:
    """The modules that read mappings with known keys of the language; the map of a ticket export is a file of its own."""
    names = [path.stem for path in sorted((ROOT / "slachain" / "language").glob("*.py"))]
    modules = {f"{name}.py": import_module(f"slachain.language.{name}") for name in names if name not in ("shapes", "export_grammar")}
    return {name: module for name, module in modules.items() if getattr(module, "fields", None) is shapes.fields}


@pytest.fixture(scope="module")
def calls() -> Calls:
    """What is asked of a catalogue with every clause of the language in it."""
    spy = Calls()
    with pytest.MonkeyPatch.context() as patch:
        for module in readers().values():
            patch.setattr(module, "fields", spy.fields)
        assert unreadable(PROBE) == []
    return spy


def definitions_of(what: str) -> tuple[str, ...]:
    found = [names for pattern, names in NOUNS.items() if re.fullmatch(pattern, what)]
    assert len(found) == 1, f"'{what}' is read, and no definition stands for it"
    return found[0]


def rules(schema: dict[str, Any]) -> dict[str, set[str]]:
    """The keys that decide on the form of a mapping, each with the keys of that form."""
    found = {}
    for one in subschemas([schema.get("allOf", []), schema.get("then", [])]):
        enum = one.get("then", {}).get("propertyNames", {}).get("enum")
        if enum and list(one["if"]) == ["required"]:
            found[one["if"]["required"][0]] = set(enum)
    return found


def form(name: str, keys: frozenset[str]) -> set[str]:
    """The keys of that form of a definition which a reader's keys are about."""
    deciding = rules(DEFS[name])
    heads = [key for key in deciding if key in keys]
    return deciding[heads[0]] if heads else set(DEFS[name]["properties"]) - set(deciding)


def test_every_reader_of_a_mapping_is_asked(calls: Calls) -> None:
    """So that none can gain a clause that the comparisons below do not see."""
    sites = {
        (name, node.lineno)
        for name, module in readers().items()
        for node in ast.walk(ast.parse(Path(module.__file__).read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "fields"
    }
    assert len(sites) >= 14
    assert {site for site, *_ in calls.made} == sites


def test_the_readers_and_the_schema_have_the_same_keys(calls: Calls) -> None:
    told: dict[str, set[str]] = {}
    for _, what, keys, _, _ in calls.made:
        for name in definitions_of(what):
            assert form(name, keys) - BY_HAND.get(name, set()) == set(keys), (what, name)
            told.setdefault(name, set()).update(keys, BY_HAND.get(name, set()))
    for name, known in told.items():
        assert set(DEFS[name]["properties"]) == known, name
    by_sections = {"policy", "credits", "week"}
    assert {name for name, schema in DEFS.items() if "properties" in schema} == told.keys() | by_sections


def test_what_is_required(calls: Calls) -> None:
    """Whatever the readers miss, the schema misses, and nothing else."""
    needed_for_others = {("holidays", "country"), ("metric", "unit")}  # by a subdivision, by a metric that counts
    for _, what, _, required, data in calls.made:
        whole = what == "an agreement" and required
        given = {key: value for key, value in data.items() if key != "extends"} if whole else data
        for name in ("agreement",) if whole else definitions_of(what):
            if name.endswith("_targets"):  # by priority: what is left may be targets for no priority yet
                continue
            deciding = needed_for_others | {(name, key) for key in rules(DEFS[name])}
            assert validator(name).is_valid(given), (name, given)
            assert not validator(name).is_valid({**given, "zzz": "1"})
            missed = {key for key in given if not validator(name).is_valid({k: v for k, v in given.items() if k != key})}
            assert required <= missed
            assert {(name, key) for key in missed - required} <= deciding


def test_the_readers_lists_of_keys() -> None:
    assert tuple(SCHEMA["properties"]) == SECTIONS
    assert list(DEFS["policy"]["properties"]) == list(POLICY)
    assert set(DEFS["plan"]["properties"]) == set(KNOWN)
    assert tuple(DEFS["calendar_body"]["properties"]) == (*HOURS_KEYS, *HOW)
    assert set(DEFS["any_targets"]["properties"]) == set(TARGET_KEYS)
    assert set(DEFS["plan"]["properties"]["targets"]["properties"]) == set(BUILT_IN)
    assert list(DEFS["credits"]["properties"]) == ["cap"]
    assert all(read_days(days) for days in DEFS["week"]["properties"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (clauses(kind="'?'"), DEFS["plan"]["properties"]["kind"]),
        (clauses(targets="{availability: {at_least: 99%, per: '?'}}"), DEFS["share_target"]["properties"]["per"]),
        *((f"policy: {{{key}: '?'}}", DEFS["policy"]["properties"][key]) for key in ("equal", "failures", "arrivals")),
        ("policy: {severities: {SC803: '?'}}", DEFS["severity"]),
        ("metrics: {a: {type: '?', better: lower, chain: each}}", DEFS["metric"]["properties"]["type"]),
        ("metrics: {a: {type: time, better: '?', chain: each}}", DEFS["metric"]["properties"]["better"]),
        ("metrics: {a: {type: time, better: lower, chain: '?'}}", DEFS["metric"]["properties"]["chain"]),
    ],
)
def test_the_same_words(text: str, words: dict[str, Any]) -> None:
    listed = words["enum"]
    assert unreadable(text) == [f"'?' is not {', '.join(listed[:-1])} or {listed[-1]}"]
    assert len(words["enumDescriptions"]) == len(listed)


# --- the same scalars


def one_of(*read: Callable[[str], object]) -> Callable[[str], object]:
    def either(text: str) -> object:
        for reader in read[:-1]:
            try:
                return reader(text)
            except ScalarError:
                pass
        return read[-1](text)

    return either


def anything(text: str) -> str:
    if not text:
        raise ScalarError("empty")
    return text


READERS: dict[str, Callable[[str], object]] = {
    "duration": read_duration,
    "time": read_time,
    "hand_over": lambda text: read_time(text, zero=True),
    "edge": _edge,
    "margin": read_margin,
    "percentage": read_percentage,
    "money": read_money,
    "whole": read_whole,
    "bound": one_of(read_percentage, read_number, read_money),
    "amount": one_of(read_percentage, read_number, read_money, read_time),
    "cost": read_cost,
    "new_value": one_of(read_percentage, read_number, read_money, lambda text: read_time(text, zero=True)),
    "demand": read_demand,
    "date": read_date,
    "interval": read_every,
    "flag": read_flag,
    "code": read_code,
    "changeable": read_changeable,
    "windows": read_windows,
    "opening": read_opening,
    "days": read_days,
    "business_days": read_business_days,
    "timezone": read_timezone,
    "country": read_country,
    "id": read_identifier,
    "new_id": _identifier,
    "priority": read_priority,
    "field": read_field,
    "option_name": read_option_name,
    "text": read_text,
    "name_elsewhere": anything,
}
WORDS = """
90s 15m 4h 1h30m 2d 1w 1w1d1h1m1s 0h1m 007m PT4H P1D P1W P1DT12H PT1H30M15S P1DT 36500d 0m 0s PT0S 0h0m h 1.5h 30m1h 4H 4hours P PT P1Y
P1M pt4h PT4 -4h 4h4h 1:30 ٣h ４h 1bd 5bd 0bd 00bd 00010bd 26000bd 26001bd 99999bd 000001bd 19999bd 1BD 1h1bd -1bd 1.5bd bd
0% 100% 99.95% 0.0001% 100.000% 100.0001% 101% 099% 0100% 00100.0% 95 99.95 -1% 99,95% .5% 5.% % ５% 1e1% 999% 1000%
120 12.5 0 0755 1.10 -3 +3 1,200 12. .5 1/2 1e3 0x1 123456789 1234567890 1.0 -0 nan ∞ ½ ² Ⅳ 𝟙
EUR 1200EUR €1200 3/month 3/week 3.5/day 1/quarter 0/year 3/hour 3 1234567890123/day 1.1234567890/day /month
2026-12-24 0001-01-01 9999-12-31 2028-02-29 2000-02-29 1900-02-29 2027-02-29 2026-02-30 2026-04-31 2026-13-01 2026-00-01 2026-01-00
0000-01-01 0000-02-29 0004-02-29 0100-02-29 0400-02-29 2026-1-1 20261224 2026-W01-1 26-12-24 24.12.2026 2026-12-24T00:00 10000-01-01
true false True FALSE yes no on off y n null ~ NO No GB DE UK gb DEU AT XX ２０２６-12-24
SC207 SC101 SC102 SC803 SC999 sc207 SC20 SC2071 SC1000 SC٣٣٣ hours-mismatch
09:00-17:30 22:00-06:00 00:00-24:00 18:00-00:00 23:59-00:01 09:00-12:00,13:00-16:00 09:00-09:00 24:00-06:00 09:60-10:00 09:00-10:60
25:00-26:00 09:00-24:01 00:00-00:00 09:00-17:00, , 09.00-17.00 09:00–17:00 9:00-17:00 9-17 ٠٩:00-10:00 closed Closed 09:00-10:00-11:00
09:00-10:00,11:00-11:00 09:00-09:00,10:00-11:00 10:00-11:00,10:00-11:00
mon sun mon-fri sun-thu mon-mon mon-fri-sun Mon monday mon-fri,sun mon,tue,wed-thu mon, ,mon mon-
UTC Europe/London Europe/london europe/london GMT Etc/UTC Europe EST Mars/Base
P1 * ** a.b a-b a_b _a -a .a 1 1.0 24x7 24X7 24x7x within at_least per calendar withins Zürich 日本 a/b a:b a,b a@b «a» a«b a–b a… €a
"""
TEXTS = [
    *WORDS.split(),
    "", " ", "\n", "\t", "a b", " a", "1h 30m", "4 h", "95 %", "95  %", "5 bd", "5  bd", "1200 EUR", "1200  EUR", "1200 EUR/month", "0.05 USD/h", "12 CHF/hour",
    "12 JPY/year", "12 JPY/quarter", "1200 eur", "1200 EURO", "1,200 EUR", "-1 EUR", "1200 EUR/week", "1200 EUR / month", "0.05 USD/month", "12 CHF/h", "targets.x.P 1", "1 200", "3 EUR", "6 months", "1 year",
    "1 years", "90 days", "4 weeks", "1day", "0 days", "0000 weeks", "00001 days", "9999 days", "half a year", "1.5 years", "6  months", "3 / month", "3 /month",
    "3  / month", "09:00 - 17:30", "09:00  -17:30", "09:00-12:00 ,  13:00-16:00", "09:00 - 09:00", "09:00-17:00 ", " 09:00-17:00", "mon - fri", " mon", "mon ",
    "mon, tue", "mon-fri , sun", "Acme, Zürich 🙂", "a\u202eb", "a\u200bb", "a\u00adb", "a\x1bb", "a\nb", "2026-12-24 ", "9" * 29 + "%", "9" * 30, "9" * 31, "0" * 29 + "%",
    "0" * 28 + "1%", "1" * 26 + " EUR", "1" * 27 + " EUR", "0." + "9" * 27 + "%", "0." + "9" * 28 + "%", "x" * 200, "x" * 201, "9999999w", "true ", "\u00a0", "a\u00a0b", "a\u0301",
]  # fmt: skip


def told_apart(name: str, text: str) -> tuple[bool, bool]:
    """Whether the reader takes a text, and whether the schema does."""
    taken = validator(name).is_valid(text)
    try:
        READERS[name](text)
    except ScalarError as error:
        return ("longer than 100 years" in str(error) and taken), taken  # a limit that no pattern counts to
    return True, taken


def beyond(name: str, text: str) -> bool:
    """Where a pattern is more generous than the reader: signs and marks that are no letters, and characters nobody sees."""
    return name in ("id", "new_id", "priority", "option_name", "text") and not text.isascii()


def test_every_scalar_has_its_reader() -> None:
    assert set(READERS) == set(schema_scalars.definitions()) <= set(DEFS)


@pytest.mark.parametrize("name", READERS)
def test_every_text_is_taken_or_refused_alike(name: str) -> None:
    apart = {text: told_apart(name, text) for text in TEXTS}
    assert any(read for read, _ in apart.values())
    assert [text for text, (read, _) in apart.items() if not read]
    assert not {text: told for text, told in apart.items() if told[0] != told[1] and not (beyond(name, text) and told[1])}


@pytest.mark.parametrize("name", READERS)
@given(
    text=st.sampled_from(TEXTS).flatmap(
        lambda t: st.integers(0, len(t)).flatmap(
            lambda i: st.sampled_from("019.%:-, hmdwsPTEURbd/*_xé\u2013").map(lambda c: t[:i] + c + t[i + 1 :])
        )
    )
)
@example(text="2026-02-28")
def test_a_slip_of_the_pen_is_taken_or_refused_alike(name: str, text: str) -> None:
    read, taken = told_apart(name, text.rstrip("\n"))
    assert read == taken or (beyond(name, text) and taken)


def test_every_letter_there_is_may_stand_in_a_name() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000 and re.match(r"\w", chr(code))]
    assert len(letters) > 100_000
    pattern = re.compile(DEFS["id"]["pattern"])
    assert not [letter for letter in letters if not pattern.search(letter)]
    assert not [chr(code) for code in range(128) if bool(pattern.search(chr(code))) != bool(re.match(r"\w", chr(code)))]


def test_readers_expressions_are_made_portable() -> None:
    assert portable(re.compile(r"\d+\s?x", re.ASCII)) == r"[0-9]+[ \t\n\r\f\v]?x"


# --- whole files: those that are right


def readable() -> Iterator[tuple[str, str]]:
    files = [
        *sorted((ROOT / "agreements").rglob("*.yaml")),
        *sorted((ROOT / "templates" / "init").glob("*.yaml")),
        *sorted((ROOT / "tests" / "published").rglob("*.yaml")),
    ]
    yield from ((str(path.relative_to(ROOT)), path.read_text()) for path in files)
    for check in all_checks():
        yield f"{check.CODE} Holds", page(check).example("Holds")
        if check.CODE not in ("SC101", "SC102"):
            yield f"{check.CODE} Breaks", page(check).example("Breaks")
    yield "every clause", PROBE


READABLE = dict(readable())


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", READABLE)
def test_what_can_be_read_is_valid(name: str, view: str) -> None:
    assert refused(READABLE[name], view) == []


TOKENS = re.findall(r"[\w.%/-]+|[^\w\s]|\s+", PROBE)
JUNK = [
    "{}",
    "[]",
    "~",
    "'*'",
    "0m",
    "1bd",
    "99%",
    "120",
    "12 EUR",
    "true",
    "1",
    "within",
    "any_of",
    "x",
    "london",
    "2026-02-29",
    "''",
    "like: x, ",
]


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TOKENS) - 1),
            st.sampled_from(["delete", "swap", "junk"]),
            st.integers(0, len(TOKENS) - 1),
            st.sampled_from(JUNK),
        ),
        min_size=1,
        max_size=2,
    )
)
@example([(TOKENS.index("rota/1.ics"), "junk", 0, "''")])
def test_no_false_alarm(slips: list[tuple[int, str, int, str]]) -> None:
    """Whatever stands in a file that can be read is valid, unless a built-in metric was made another kind."""
    tokens = list(TOKENS)
    for at, how, other, junk in slips:
        tokens[at] = {"delete": "", "swap": TOKENS[other], "junk": junk}[how]
    text = "".join(tokens)
    if not unreadable(text) and not set(BUILT_IN) & set(yaml.load(text, yaml.BaseLoader).get("metrics", {})):
        assert refused(text, "text") == []
        assert refused(text, "editor") == []


# --- whole files: those that are wrong

BAD_CLAUSES = {
    "kind": ["SLA", "[sla]", "~", "1"],
    "provider": ["a b", "{a: b}", "-1", "~"],
    "customer": ["''", "a/b"],
    "title": ["''", "' '", '"a\\u202eb"', "[a]", "~"],
    "service": ["~", "{a: b}"],
    "owner": ["[a]"],
    "calendar": ["[24x7]", "a/b", "{}", "{timezone: UTC}", "{timezone: UTC, hour: {}}", "{any_of: [a], hours: {}}", "{not: a, any_of: [b]}", "{any_of: a}", "{ics: [a]}"],
    "end_to_end": ["yes", "1", "'True'"],
    "priorities": ["P1", "[P1, [P2]]", "[P 1]", "{P1: 1}"],
    "term": ["2026", "{from: 2026}", "{from: 2026-02-29}", "{notice: 90}", "{notice: 5bd}", "{form: 2026-01-01}"],
    "review": ["{every: half a year}", "{every: 6}", "{last: yesterday}", "6 months"],
    "pauses": ["awaiting-customer", "[awaiting customer]", "[{a: 8}]", "[{a: 1bd}]", "[{a b: 8h}]", "[a, a]", "[[a]]", "[~]"],
    "excludes": ["force-majeure", "[{a: b}]"],
    "duties": ["{who: a, what: b}", "[a]", "[{who: a}]", "[{what: a}]", "[{who: a, what: b, within: soon}]", "[{who: a, what: b, waht: b}]"],
    "fee": ["12000", "12,000 EUR", "-1 EUR", "1200 EUR/week"],
    "credits": ["30%", "{cap: 30}", "{cap: ~}", "{resolution: {over: 4h, credit: 5%}}", "{resolution: [{over: 4h}]}", "{resolution: [{credit: 5%}]}", "{resolution: [{over: 4, credit: 5%}]}", "{resolution: [{over: 4h, credit: 5 EUR}]}", "{availability: [{below: 99%, credit: 5%, over: 4h}]}"],
    "demand": ["3/month", "{P1: 3}", "{within: 3/month}", "{P1: 3/fortnight}"],
    "accept": ["SC207", "[{finding: hours-mismatch, until: 2026-01-01, because: x}]", "[{finding: SC207, until: 2026-01-01}]", "[{finding: SC207, until: soon, because: x}]"],
    "targets": [
        "4h", "[response]", "{response: []}", "{response: ~}", "{response: 99%}", "{response: 4}", "{response: {P1: 0m}}", "{response: {P1: 4}}", "{response: {P 1: 4h}}",
        "{response: {within: 4h, P1: 4h}}", "{response: {P1: {}}}", "{response: {P1: {within: 4h, attainmnt: 95%}}}", "{response: {within: 4h, attainmnt: 95%}}",
        "{response: {P1: {attainment: 95%}}}", "{response: {attainment: 95%}}", "{response: {P1: {within: 4h, attainment: 95}}}", "{response: {P1: {within: 4h, warn: 120%}}}",
        "{response: {P1: {within: [4h]}}}", "{response: [{within: 4h}, {within: x}]}", "{response: {P1: [{within: 4h, opend_in: 24x7}]}}", "{response: [[4h]]}",
        "{response: {at_least: 4h}}", "{response: {P1: {within: 4h, per: month}}}", "{availability: 99.9}", "{availability: 4h}", "{availability: {at_most: 99.9%}}",
        "{availability: {at_least: 99.9%, per: week}}", "{availability: [99.9%]}", "{availability: {per: month}}", "{availability: {at_least: 99.9%, within: 4h}}", "{availability: {P1: {within: 4h}}}",
    ],
    "relies_on": [
        "desk", "{agreement: desk}", "[[desk]]", "[~]", "[{}]", "[{after: 1h}]", "[{agreement: desk, afer: 1h}]", "[{agreement: desk, after: 30}]", "[{agreement: desk, after: [1h]}]",
        "[{agreement: desk, after: {within: 1h}}]", "[{agreement: desk, share: 20}]", "[{agreement: desk, share: 120%}]", "[{agreement: desk, priorities: [P1]}]", "[{agreement: desk, priorities: {P1: [S1]}}]",
        "[{agreement: desk, metrics: resolution}]", "[{any_of: []}]", "[{any_of: desk}]", "[{any_of: [desk], all_of: [desk]}]", "[{any_of: [desk], agreement: desk}]", "[{any_of: [{agreement: desk, share: 5%}]}]",
        "[{all_of: [{any_of: [{agreement: 'a b'}]}]}]", "[{any_off: [desk]}]",
    ],
    "options": [
        "{id: a}", "[a]", "[{id: a, change: {calendar: 24x7}}]", "[{id: a, cost: 1 EUR/month}]", "[{change: {calendar: 24x7}, cost: 1 EUR/month}]", "[{id: a b, change: {calendar: 24x7}, cost: 1 EUR/month}]",
        *(f"[{{id: a, change: {{calendar: 24x7}}, cost: {cost}}}]" for cost in ("1", "1 EUR", "1 EUR/hour", "-1 EUR/month", "1 EUR/week")),
        *(f"[{{id: a, change: {change}, cost: 1 EUR/month}}]" for change in (
            "{}", "[calendar]", "{calender: 24x7}", "{calendar: [24x7]}", "{calendar: {timezone: UTC, hours: {}}}", "{targets.response: 4h}", "{targets.response.P1: soon}",
            "{targets.response.P1: {within: soon}}", "{targets.response.P1: {within: 4h, attainmnt: 95%}}", "{targets.response.P1.calendar: a/b}", "{'relies_on[0].after': 1h}", "{'relies_on[x].share': 1%}",
        )),
        "[{id: a, change: {calendar: 24x7}, cost: 1 EUR/month, excludes: b}]", "[{id: a, change: {calendar: 24x7}, cost: 1 EUR/month, excludes: [a/b/c]}]", "[{id: a, change: {calendar: 24x7}, cost: 1 EUR/month, exclude: []}]",
    ],
    "extends": ["[a]", "a b"],
    "titel": ["x"],
}  # fmt: skip
BAD_FILES = [
    "a", "[a]", "agreement: {}", "Plans: {}", "agreements:", "agreements: []", "agreements: {x: }", "agreements: {x: []}", "agreements: {x: {}}", "plans: {x: y}",
    "agreements: {a b: {extends: x}}", "plans: {24x7: {}}", "plans: {x: {kind: sale}}",
    "agreements: {x: {kind: sla, provider: a, customer: b}}", "agreements: {x: {kind: sla, provider: a, calendar: 24x7}}", "agreements: {x: {kind: sla, customer: b, calendar: 24x7}}", "agreements: {x: {provider: a, customer: b, calendar: 24x7}}",
    "policy: {margin: 10}", "policy: {margin: 110%}", "policy: {margin: 1bd}", "policy: {equal: keep}", "policy: {failures: dependent}", "policy: {arrivals: odd}", "policy: {margn: 10%}",
    "policy: {severities: {SC803: loud}}", "policy: {severities: {SC101: info}}", "policy: {severities: [SC803]}",
    "metrics: {a: {type: time, better: lower}}", "metrics: {a: {like: b, type: time}}", "metrics: {a: {}}", "metrics: {a: {type: count, better: higher, chain: each}}",
    "metrics: {a: {type: percent, better: higher, chain: elapsed}}", "metrics: {a: {type: percent, better: lower, chain: product}}", "metrics: {a: {type: money, better: higher, chain: product}}",
    "metrics: {a: {type: time, better: lower, chain: supply}}", "metrics: {a: {type: times, better: lower, chain: each}}", "metrics: {a: b}",
    "teams: {t: {staff: 4.5}}", "teams: {t: {staff: -1}}", "teams: {t: {staff: '９'}}", "teams: {t: {shrinkage: 30}}", "teams: {t: {handle_time: 1h}}", "teams: {t: {handle_time: {P1: 1}}}",
    "teams: {t: {patience: soon}}", "teams: {t: {cost: 60}}", "teams: {t: {calendar: [24x7]}}", "teams: {t: {staf: 4}}", "teams: {t: 4}",
    *(f"calendars: {{c: {body}}}" for body in (
        "x", "{}", "{timezone: UTC}", "{hours: {}}", "{timezone: Europe/Londn, hours: {}}", "{timezone: UTC, hours: []}", "{timezone: UTC, hours: {mon: 9:00-17:00}}", "{timezone: UTC, hours: {mon: '09:00-09:00'}}",
        "{timezone: UTC, hours: {mon: 9}}", "{timezone: UTC, hours: {mon-fry: '09:00-17:00'}}", "{timezone: UTC, hours: {}, holidays: GB}", "{timezone: UTC, hours: {}, holidays: {country: Britain}}",
        "{timezone: UTC, hours: {}, holidays: {subdivision: ENG}}", "{timezone: UTC, hours: {}, holidays: {add: 2026-12-24}}", "{timezone: UTC, hours: {}, exceptions: {2026-13-01: closed}}",
        "{timezone: UTC, hours: {}, exceptions: {2026-12-01: shut}}", "{timezone: UTC, hours: {}, exceptions: [2026-12-01]}", "{timezone: UTC, hours: {}, from: today}", "{timezone: UTC, hours: {}, business_days: weekdays}",
        "{timezone: UTC, hours: {}, holiday: {}}", "{any_of: []}", "{any_of: [a], not: b}", "{all_of: [a], holidays: {}}", "{not: [a]}", "{not: }", "{ics: }",
    )),
]  # fmt: skip
MALFORMED = [*(clauses(**{key: value}) for key, values in BAD_CLAUSES.items() for value in values), *BAD_FILES]


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_file_is_refused(text: str) -> None:
    assert load({"a.yaml": text.encode()}).findings
    assert refused(text, "text")
    assert refused(text, "editor")


@pytest.mark.parametrize(
    "text",
    [
        clauses(end_to_end="True"),  # an editor makes it a boolean before the schema sees it
        "teams: {t: {staff: 4.0}}",  # and this a whole number
        clauses(provider="0.5e", priorities="[1.]", fee="1 XYZ", term="{from: 2026-02-01, until: 2026-01-01}"),
        clauses(targets="{response: {}}"),  # may be what an heir adds nothing to
        clauses(targets="{response: 99999999h}"),
        clauses(targets="{leads: 120}"),
        clauses(calendar="london", extends="gold", relies_on="[nobody]"),
        clauses(kind="ola", targets="{response: [{within: 4h, opened_in: 24x7}]}"),
        clauses(extends="gold").replace("    kind: sla\n", ""),  # what is extended may have it
        clauses(pauses="[a, {a: 8h}]"),
        "metrics: {leads: {type: count, unit: leads, better: higher, chain: supply}}\n" + clauses(targets="{leads: {at_most: 4%}}"),
        "calendars: {c: {timezone: UTC, hours: {mon: '09:00-10:00', mon-fri: '09:00-10:00'}}}",
        "calendars: {c: {timezone: UTC, hours: {}, holidays: {country: GB, subdivision: BE}}}",
        "calendars: {c: {timezone: UTC, hours: {}, holidays: {country: GB, remove: [2026-05-05]}}}",
        "calendars: {c: {timezone: UTC, hours: {}, from: 2026-02-01, until: 2026-01-01}}",
        clauses(
            options="[{id: a, change: {targets.response.P1: 4h}, cost: 1 EUR/month}, {id: a, change: {targets.nothing.P1: 4h}, cost: 1 EUR/month, excludes: [b]}]"
        ),
        clauses(options="[{id: a, change: {calendar: london, 'relies_on[7].share': 4%}, cost: 1 EUR/month}]"),
        "calendars: {a: {not: b}, b: {not: a}}",
        "calendars: {c: {ics: nowhere.ics}}",
    ],
)
def test_what_is_left_to_check(text: str) -> None:
    """A schema sees one value in one file: what these lack, `slachain check` tells."""
    assert load({"a.yaml": text.encode()}).findings
    assert refused(text, "editor") == []


def test_a_built_in_metric_of_another_kind_is_not_foreseen() -> None:
    """The one false alarm: a built-in metric that `metrics` makes a number. Editors know built-in ones as they are."""
    text = "metrics: {update: {type: count, unit: news, better: higher, chain: each}}\n" + clauses(targets="{update: 4}")
    assert unreadable(text) == []
    assert refused(text, "text")
