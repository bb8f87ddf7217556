"""Files with slips of the pen anywhere in their text: read by forms as if each were read by itself."""

from __future__ import annotations

import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.language.test_forms import GOOD, LONG, PLANS, SHORT, WITH_OPTIONS, filled, read_the_same_by_forms_as_by_itself

CALENDARS = """\
calendars:
  hours: {timezone: UTC, hours: {mon-fri: '09:00-17:00'}}
metrics:
  wait: {type: time, better: lower, chain: each}
"""
SNIPPETS = """\
? |? x|\t|\n|\r|\r\n|\x85|\u2028|\ufeff|---|\n...\n|%YAML 1.1\n| #|#| # c|# c: [|'|"|''|\"\"| - |  - |-|: |:|, |,|[|]|{|}|<<: |<<|*|"*"|&x |*x|!!str |!x |>|>-\n\
|~|null|Null|0x1F|1_000|12:30|=|yes|no|| |  |   |\\|@|`|%|\0|\x07|é|ł|\xa0|\u3000|\U0001f600|agreements:|\nagreements:\n  z:\n|plans:\n  q: {}\n|title: x|\n    title: y\
|\n    <<: {title: q}|\n    extends: gold|P1|24x7|15m|office|hours|a1|a b|a  b|a - b|a -|it's|x (y) & z|99%|1h|\n      w|\n  w|\nw|[a, b]|{a: b}|{a}|[a: b]|a #b|a# b|null x\
|nullx|null-|ab.|+|2bd|100 EUR|2025-01-01|2600-01-01"""
SLIPS = (*SNIPPETS.split("|"), "|", "|\n", "x" * 300, "a" * 1_100)  # the last are longer than an id may be, and than a key of YAML


def slipped(text: str, rng: Random) -> str:
    """A text with something put in, written over, left out, or a line twice, missing or longer."""
    snippet, at = rng.choice(SLIPS), rng.randrange(len(text) + 1)
    lines = text.split("\n")
    line = rng.randrange(len(lines))
    how = rng.randrange(7)
    if how == 0:
        at = rng.choice([match.start() for match in re.finditer(r"[ :,\[\]{}\n#'\"]", text)] or [0])  # where a word ends
    if how <= 2:
        return text[:at] + snippet + text[at:]
    if how == 3:
        return text[:at] + snippet + text[at + len(snippet) :]
    if how == 4:
        return text[:at] + text[at + rng.randint(1, 6) :]
    lines[line : line + 1] = rng.choice(([], [lines[line]] * 2, [lines[line] + snippet]))
    return "\n".join(lines)


def some_files(seed: int) -> dict[str, bytes]:
    """Files filled in from a form with a slip in it or without, and in some of them a slip of their own."""
    rng = Random(seed)
    form, breaks = rng.choice((SHORT, SHORT, LONG, WITH_OPTIONS)), rng.choice(("\n", "\n", "\r\n"))
    form = re.sub("<(plan|metric|kind|flag|notice)>", lambda blank: GOOD[blank[1]][0], form).replace(
        '"<text>"', '"we"'
    )  # so that there are kinds
    if rng.random() < 0.5:
        form = slipped(form, rng)
    files = {"plans.yaml": (PLANS + CALENDARS).encode()}
    for number in range(rng.randint(5, 12)):
        text = filled(form, number, rng, rng.choice((0, 0, 0, 0.02)))
        if rng.random() < 0.15:
            text = slipped(text, rng)
        files[f"{number}.yaml"] = text.replace("\n", breaks).encode()
    return files


@given(st.integers(0, 10**9))
def test_a_slip_anywhere_is_read_as_if_the_file_stood_alone(seed: int) -> None:
    read_the_same_by_forms_as_by_itself(some_files(seed))
