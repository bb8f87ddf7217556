"""Files filled in from one form: read as if each were read by itself, whatever stands in their blanks, mistakes included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from slachain.language.blanks import KEY, cut, leaves_of
from slachain.language.catalogue import Catalogue
from slachain.language.composer import compose
from slachain.language.forms import Forms
from slachain.language.loader import load

PLANS = """
plans:
  gold:
    kind: sla
    provider: desk
    calendar: 24x7
    priorities: [P1, P2]
    pauses: [waiting, {holiday: 2d}]
    targets: {response: {P1: {within: 15m, attainment: 95%}, "*": 4h}, update: 1h}
    credits: {availability: [{below: 99%, credit: 5%}], late: [{over: 4h, credit: 5%}], cap: 30%}
  office:
    kind: sla
    provider: desk
    calendar: {timezone: Europe/Berlin, hours: {mon-fri: '09:00-17:00'}}
    targets: {response: {P1: [{within: 1h, opened_in: {any_of: [24x7]}}, 2h]}}
"""
SHORT = """\
# <comment>
agreements:
  <id>:
    extends: <plan>
    title: <text>
    customer: <party>   # <comment>
    relies_on: [<party>, {agreement: <party>, after: {P1: <time>, "*": <time>}, share: <share>, metrics: [<metric>]}]
    term: {from: <from>, until: <until>, notice: <notice>}
    demand: {P1: <demand>, P2: <demand>}    # <comment>
    targets: {response: {P1: {within: <time>, warn: <share>}}}
"""
LONG = """\
agreements:
  <id>:
    kind: <kind>
    provider: <party>
    customer: <party>
    calendar: <calendar>
    owner: "<text>"
    priorities: [<party>, P2]
    review: {every: <every>, last: <date>}
    excludes:
      - <text>
      - <text>
    pauses: [<metric>, {holiday: <notice>}]
    duties:
      - {who: <party>, what: <text>, within: <time>}
    targets:
      response:
        P1: {within: <time>, calendar: <calendar>, opened_in: <calendar>}
        P2: [<time>, {within: <time>, attainment: <share>}]
      availability: {at_least: <share>, per: <period>}
      outage: <time>
    relies_on:
      - any_of: [<party>, {agreement: <party>, priorities: {P1: <party>}}]
        metrics: [<metric>]
      - agreement: <party>
        after: <time>
    fee: <money>
    credits:
      availability:
        - {below: <share>, credit: <share>}
      cap: <share>
    accept: [{finding: <code>, until: <date>, because: <text>}]
    end_to_end: <flag>
"""
WITH_OPTIONS = f"{LONG}    options: [{{id: <party>, change: {{calendar: <calendar>}}, cost: <money>/month}}]\n"
GOOD = {
    "comment": ["signed", "", "two words: and [more", "it's {that}"],
    "plan": ["gold"] * 5 + ["office", "none", "a1"],
    "text": ["Acme - Gold", "Müller & Söhne", "web shop", "7", "x"],
    "id": ["a1", "gold", "plan"],
    "party": ["acme", "desk", "a1", "a2", "P1"],
    "time": ["1h", "15m", "2bd", "90d", "1w"],
    "notice": ["1h", "90d", "PT4H"],
    "share": ["95%", "99.9%", "5%"],
    "metric": ["response"] * 20 + ["availability", "wait"],
    "date": ["2025-01-01", "2026-02-28", "2024-12-31"],
    "from": ["2025-01-01", "2024-02-29"],
    "until": ["2027-01-01", "2028-02-29"],
    "demand": ["3/month", "1200/year"],
    "kind": ["sla"] * 20 + ["ola"],
    "calendar": ["24x7"],
    "every": ["1 year", "6 months"],
    "period": ["month", "year"],
    "money": ["100 EUR", "12.50 USD"],
    "code": ["SC207"],
    "flag": ["false"] * 20 + ["true"],
}
BAD = [
    "2019-01-01",
    "2600-01-01",
    "null",
    "~",
    "",
    "no such thing",
    "4",
    "-1h",
    "a: b",
    "a #b",
    "'q'",
    '"q"',
    "[x",
    "{x: y}",
    "&a b",
    "*a",
    "!t x",
    "|",
    "a\n  b",
    "2bd x",
    "é\u2028",
    "\t",
    "x, y",
]


def filled(form: str, number: int, rng: Random, slips: float) -> str:
    """A copy of a form, with something bad in some of its blanks."""

    def value(blank: re.Match[str]) -> str:
        if blank[1] == "id" and rng.random() > slips:
            return f"a{number}"
        return rng.choice(BAD if rng.random() < slips else GOOD.get(blank[1], GOOD["text"]))

    return re.sub("<([a-z]+)>", value, form)


def some_files(seed: int) -> dict[str, bytes]:
    """Files from a few forms, in any order, and the plans: in most of them nothing is wrong, in some a few values are."""
    rng = Random(seed)
    files = {"plans.yaml": PLANS.encode()}
    breaks, forms = rng.choice(("\n", "\n", "\r\n")), rng.choices((SHORT, LONG, WITH_OPTIONS), weights=(3, 3, 1), k=rng.choice((1, 1, 2)))
    for number in range(rng.randint(4, 14)):
        text = filled(rng.choice(forms), number, rng, rng.choice((0, 0, 0, 0.02, 0.1)))
        files[f"{number}.yaml"] = text.replace("\n", breaks).encode()
    return files


def by_itself(files: Mapping[str, bytes]) -> Catalogue:
    """The catalogue, no file taken for a copy of another's form."""
    with patch.object(Forms, "copy", lambda *_: None):
        return load(files)


def read_the_same_by_forms_as_by_itself(files: Mapping[str, bytes]) -> None:
    """Whether files are read the same, with forms that are met as often as few files can, and without."""
    with patch("slachain.language.forms.FEW", 0), patch("slachain.language.forms.OFTEN", 2):
        carried, read = load(files), by_itself(files)
    assert carried == read
    assert repr(carried) == repr(read)  # the order of maps, too


@given(st.integers(0, 10**9))
def test_what_is_carried_over_is_what_would_be_read(seed: int) -> None:
    read_the_same_by_forms_as_by_itself(some_files(seed))


ANYTHING = st.text(alphabet="ab7é0_.%/@+-&()' –", min_size=1, max_size=12)
WORD = st.text(alphabet="ab7é0_.%/@+-&()'–", min_size=1, max_size=5)
FITTING = st.tuples(st.text(alphabet="ab7é0_–", min_size=1, max_size=3), st.lists(WORD, max_size=3)).map(
    lambda drawn: " ".join([drawn[0], *drawn[1]])
)


@given(FITTING | ANYTHING)
def test_whatever_fits_a_blank_is_one_plain_text_wherever_it_stands(text: str) -> None:
    assume(cut(f": {text}\n")[2:] == [text, "\n"])
    root, problems, whole = compose(
        f"agreements:\n  x:\n    a: {text}\n    b: [{text}, {text}]\n    c: {{d: {text}, e: {text}}} # f\n    g:\n      - {text}", ""
    )
    assert whole
    assert not problems
    values = [leaf for path, leaf in leaves_of(root, ()) if path[-1] != KEY] if root else []
    assert [(value.text, value.quoted) for value in values] == [(text, False)] * 6
