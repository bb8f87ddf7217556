"""Changes in the text, one by one: what is written where, and what is refused."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

from slachain.language.editing import CannotEdit, Change, Place, edited
from slachain.language.loader import load
from slachain.language.source import Span

Path = tuple[str | int, ...]

X = "  x:\n    kind: sla\n    provider: a\n    customer: b\n    calendar: 24x7\n"
Y = "  y: {kind: ola, provider: a, customer: a, calendar: 24x7, targets: {resolution: 1h}}\n  z: {kind: ola, provider: a, customer: a, calendar: 24x7}\n"
CALENDARS = 'calendars:\n  office: {timezone: UTC, hours: {mon-fri: "09:00-17:00"}}\n'


def agreements(clauses: str) -> str:
    """An agreement x with these clauses, and what it may rely on."""
    return f"{CALENDARS}agreements:\n{X}{indent(dedent(clauses).strip(chr(10)), '    ')}\n{Y}"


def place(text: str, path: Path, value: str) -> Place:
    """Where one change is made; the lines told are those that change in the file, and it is read without a finding."""
    content = text.encode()
    assert load({"a.yaml": content}).findings == ()
    done = edited({"a.yaml": content}, [Change("x", path, value)])
    assert load(done.files).findings == ()
    (found,) = done.places
    assert done.files["a.yaml"].decode().replace("\r\n", "\n") == text.replace("\r\n", "\n").replace(found.was, found.now, 1)
    return found


def change(clauses: str, path: Path, value: str) -> str:
    """The lines of an agreement's clauses as they become."""
    return place(agreements(clauses), path, value).now


def target(*path: str | int) -> Path:
    return ("targets", "resolution", *path)


RESOLVE = target("P1", "within")
IN_PLACE = [
    ("targets: {resolution: {P1: 4h}}", RESOLVE, "    targets: {resolution: {P1: 2h}}"),
    ("targets:\n  resolution:\n    P1: 4h      # by contract\n    P2: 8h", RESOLVE, "        P1: 2h      # by contract"),
    ("targets:\n  resolution:\n    P1:\n      within: 4h\n      warn: 80%", RESOLVE, "          within: 2h"),
    ("targets: {resolution: {P1: '4h'}}", RESOLVE, "    targets: {resolution: {P1: '2h'}}"),
    ('targets: {"resolution": {P1: "4h"}}', RESOLVE, '    targets: {"resolution": {P1: "2h"}}'),
    (
        "targets: {resolution: {P1: {within: 4h, attainment: 95%}}}",
        RESOLVE,
        "    targets: {resolution: {P1: {within: 2h, attainment: 95%}}}",
    ),
    ("targets: {\n  resolution: {\n    P1: 4h,   # one\n  },\n}", RESOLVE, "        P1: 2h,   # one"),
    ("targets: {resolution: 4h}", target("*", "within"), "    targets: {resolution: 2h}"),
    ("targets: {resolution: {'*': 4h}}", target("*", "within"), "    targets: {resolution: {'*': 2h}}"),
    ("targets:\n  resolution: >-\n    4h\n  response: 1h", target("*", "within"), "      resolution: 2h"),
    ("targets:\n  resolution:\n    4h", target("*", "within"), "        2h"),
    (
        "targets:\n  resolution:\n    P1:\n    - {within: 4h, opened_in: office}\n    - 8h",
        target("P1", 1, "within"),
        "        - 2h",
    ),
    ("targets:\n  resolution: 1h\t# tab", target("*", "within"), "      resolution: 2h\t# tab"),
    (
        "title: Ünï 🚀 \ntargets: {update: 1h, resolution: 4h} # ünï 🚀",
        target("*", "within"),
        "    targets: {update: 1h, resolution: 2h} # ünï 🚀",
    ),
    ("relies_on: [{agreement: y, after: 30m}]", ("relies_on", 0, "after", "*"), "    relies_on: [{agreement: y, after: 2h}]"),
    ("relies_on:\n- agreement: y\n  after:\n    P1: 30m", ("relies_on", 0, "after", "P1"), "        P1: 2h"),
    ("targets: {resolution: &r 4h}", target("*", "within"), "    targets: {resolution: &r 2h}"),
    ("targets:\n  &r resolution: 4h", target("*", "within"), "      &r resolution: 2h"),
]


@pytest.mark.parametrize(("clauses", "path", "line"), IN_PLACE)
def test_a_value_that_is_written_is_replaced_alone(clauses: str, path: Path, line: str) -> None:
    assert change(clauses, path, "2h") == line


WRITTEN_OUT = [
    (
        "targets: {resolution: {P1: 4h}}",
        target("P1", "attainment"),
        "95%",
        "    targets: {resolution: {P1: {within: 4h, attainment: 95%}}}",
    ),
    ("targets:\n  resolution:\n    P1: 4h # c", target("P1", "attainment"), "95%", "        P1: {within: 4h, attainment: 95%} # c"),
    ("targets: {resolution: 4h}", target("P1", "within"), "2h", '    targets: {resolution: {P1: 2h, "*": 4h}}'),
    (
        "targets: {resolution: {within: 4h, attainment: 95%}}",
        target("P1", "within"),
        "2h",
        '    targets: {resolution: {P1: {within: 2h, attainment: 95%}, "*": {within: 4h, attainment: 95%}}}',
    ),
    (
        "targets:\n  resolution:\n    within: 4h\n    attainment: 95%",
        target("P1", "within"),
        "2h",
        '      resolution: {P1: {within: 2h, attainment: 95%}, "*": {within: 4h, attainment: 95%}}',
    ),
    (
        "targets: {resolution: {'*': {within: 4h, warn: 50%}}}",
        target("P1", "within"),
        "2h",
        "    targets: {resolution: {'*': {within: 4h, warn: 50%}, P1: {within: 2h, warn: 50%}}}",
    ),
    (
        "targets: {resolution: {within: 4h, warn: 50%}}",
        target("P1"),
        "2h",
        '    targets: {resolution: {P1: 2h, "*": {within: 4h, warn: 50%}}}',
    ),
    ("targets: {availability: 99.9%}", ("targets", "availability", "*", "at_least"), "99.5%", "    targets: {availability: 99.5%}"),
    (
        "targets: {availability: 99.9%}",
        ("targets", "availability", "*", "per"),
        "quarter",
        "    targets: {availability: {at_least: 99.9%, per: quarter}}",
    ),
    (
        "targets: {availability: {at_least: 99.9%, per: month}}",
        ("targets", "availability", "*", "at_least"),
        "99.5%",
        "    targets: {availability: {at_least: 99.5%, per: month}}",
    ),
    ("relies_on: [y]", ("relies_on", 0, "after", "P1"), "30m", "    relies_on: [{agreement: y, after: {P1: 30m}}]"),
    ("relies_on: [y]", ("relies_on", 0, "after", "*"), "30m", "    relies_on: [{agreement: y, after: 30m}]"),
    ("relies_on:\n  - y   # yes", ("relies_on", 0, "share"), "100%", "      - {agreement: y, share: 100%}   # yes"),
    ("relies_on: [agreement: y]", ("relies_on", 0, "share"), "20%", "    relies_on: [{agreement: y, share: 20%}]"),
    (
        "relies_on: [{agreement: y, after: 30m}]",
        ("relies_on", 0, "after", "P1"),
        "10m",
        '    relies_on: [{agreement: y, after: {P1: 10m, "*": 30m}}]',
    ),
    (
        "relies_on: [z, any_of: [y, z]]",
        ("relies_on", 1, "any_of", 0, "after", "P1"),
        "10m",
        "    relies_on: [z, any_of: [{agreement: y, after: {P1: 10m}}, z]]",
    ),
    (
        "relies_on: [{any_of: [y, z], after: {P1: 30m, P2: 1h}}]",
        ("relies_on", 0, "any_of", 0, "after", "P1"),
        "10m",
        "    relies_on: [{any_of: [{agreement: y, after: {P1: 10m, P2: 1h}}, z], after: {P1: 30m, P2: 1h}}]",
    ),
    (  # a list may stand right below its key, what is written instead may not; the comment between them stays
        "targets:\n  resolution: # since May\n  - {within: 4h, attainment: 90%}\n  - 8h",
        ("targets", "resolution", "P1", 1, "within"),
        "9h",
        '        {P1: [{within: 4h, attainment: 90%}, 9h], "*": [{within: 4h, attainment: 90%}, 8h]}',
    ),
]


@pytest.mark.parametrize(("clauses", "path", "value", "line"), WRITTEN_OUT)
def test_a_short_form_is_written_out(clauses: str, path: Path, value: str, line: str) -> None:
    assert change(clauses, path, value) == line


ADDED = [
    ("targets: {resolution: {P1: 4h}}", target("P2", "within"), "    targets: {resolution: {P1: 4h, P2: 2h}}"),
    (
        "targets:\n  resolution:\n      P1: 4h  # one\n      # a note\n  update: 1h",
        target("P2", "within"),
        "          P1: 4h  # one\n          P2: 2h",
    ),
    (
        "targets:\n  resolution:\n    P1:\n      within: 4h\n      warn: 50% # w\n\n    # end",
        target("P2", "within"),
        "          warn: 50% # w\n        P2: 2h",
    ),
    ("targets: {update: 1h}", target("P1", "within"), "    targets: {update: 1h, resolution: {P1: 2h}}"),
    ("targets: {update: 1h}", target("*", "within"), "    targets: {update: 1h, resolution: 2h}"),
    ("targets: {}", target("P1", "within"), "    targets: {resolution: {P1: 2h}}"),
    ("targets: {update: {P1: 1h}, resolution: {\n  P1: 4h\n  # end\n  }}", target("P2", "within"), "      P1: 4h, P2: 2h"),
    ("title: Short", target("P1", "within"), "    title: Short\n    targets: {resolution: {P1: 2h}}"),
    ("targets:\n  resolution:\n    P1: |-\n      4h\n\n", target("P2", "within"), "          4h\n        P2: 2h"),
    ("relies_on:\n  -   agreement: y # why\n", ("relies_on", 0, "after", "P1"), "      -   agreement: y # why\n          after: {P1: 2h}"),
    (
        "relies_on:\n- any_of:\n  - y\n  - z\n",
        ("relies_on", 0, "any_of", 1, "after", "*"),
        "      - {agreement: z, after: 2h}",
    ),
]


@pytest.mark.parametrize(("clauses", "path", "lines"), ADDED)
def test_a_key_that_is_missing_is_added_at_the_end_of_its_mapping(clauses: str, path: Path, lines: str) -> None:
    assert change(clauses, path, "2h") == lines


# --- what is inherited -----------------------------------------------------------------------------------------------

PLAN = """
calendars:
  office: {{timezone: UTC, hours: {{mon-fri: "09:00-17:00"}}}}
plans:
  base: {{kind: sla, provider: a, customer: b, calendar: office, relies_on: [y]}}
  gold:
    extends: base
    calendar: 24x7
    targets:
      resolution:
        P1: {{within: 4h, attainment: 95%, calendar: office}}
        "*": {{within: 8h, warn: 50%}}
      update: {{within: 1h, attainment: 90%}}
      availability: {{at_least: 99.9%, per: year}}
    relies_on:
      - {{agreement: y, after: {{P1: 30m}}, share: 100%, metrics: [resolution]}}
      - any_of: [y, z]     # either
        metrics: [update]
agreements:
  x:
    extends: {plan}
    title: Whose plan it is
{clauses}
  other: {{extends: gold}}
{agreements}"""

OVERRIDDEN = [
    ("", target("P1", "within"), "2h", "    targets: {resolution: {P1: {within: 2h, attainment: 95%, calendar: office}}}"),
    ("", target("*", "within"), "2h", '    targets: {resolution: {"*": {within: 2h, warn: 50%}}}'),
    ("", target("P2", "within"), "2h", "    targets: {resolution: {P2: {within: 2h, warn: 50%}}}"),
    ("", ("targets", "update", "*", "attainment"), "80%", "    targets: {update: {within: 1h, attainment: 80%}}"),
    (
        "",
        ("targets", "update", "P1", "attainment"),
        "80%",
        '    targets: {update: {P1: {within: 1h, attainment: 80%}, "*": {within: 1h, attainment: 90%}}}',
    ),
    ("", ("targets", "availability", "*", "at_least"), "99%", "    targets: {availability: {at_least: 99%, per: year}}"),
    ("", ("calendar",), "office", "    calendar: office"),
    (
        "",
        ("relies_on", 0, "after", "P1"),
        "10m",
        "    relies_on:\n      - {agreement: y, after: {P1: 10m}, share: 100%, metrics: [resolution]}\n      - {any_of: [y, z], metrics: [update]}",
    ),
    (
        "    targets: {update: 2h}",
        target("P1", "within"),
        "2h",
        "    targets: {update: 2h, resolution: {P1: {within: 2h, attainment: 95%, calendar: office}}}",
    ),
    (
        "    targets:\n      update: 2h # c",
        ("targets", "update", "*", "attainment"),
        "80%",
        "      update: {within: 2h, attainment: 80%} # c",
    ),
    (
        "    targets: {resolution: {P1: 3h}}",
        target("P1", "attainment"),
        "80%",
        "    targets: {resolution: {P1: {within: 3h, attainment: 80%}}}",
    ),
]


@pytest.mark.parametrize(("clauses", "path", "value", "lines"), OVERRIDDEN)
def test_what_is_inherited_is_overridden_with_all_that_it_says(clauses: str, path: Path, value: str, lines: str) -> None:
    text = PLAN.format(plan="gold", clauses=clauses or "    # nothing else", agreements=Y)
    assert place(text, path, value).now.removeprefix("    title: Whose plan it is\n") == lines


def test_a_short_inherited_list_fits_on_one_line() -> None:
    text = PLAN.format(plan="base", clauses="    # nothing else", agreements=Y)
    assert place(text, ("relies_on", 0, "after", "*"), "10m").now.endswith("\n    relies_on: [{agreement: y, after: 10m}]")


def test_a_target_for_every_priority_hides_those_of_the_plan() -> None:
    text = PLAN.format(plan="gold", clauses="    targets: {update: {P1: 1h, P2: 2h}, resolution: 6h}", agreements=Y)
    with pytest.raises(
        CannotEdit, match="x: one target is written for every priority: beside one for P1, those inherited for P3 would return"
    ):
        place(text.replace("P1: {within: 4h", "P3: 7h\n        P1: {within: 4h"), target("P1", "within"), "2h")


# --- anchors and aliases ---------------------------------------------------------------------------------------------

ALIASED = [
    ("demand: {P1: &n 4/month}\ntargets: {response: &t 4h, resolution: *t}", "    targets: {response: &t 4h, resolution: 2h}"),
    ("targets:\n  response: &t {P1: 4h, P2: 8h}\n  resolution: *t  # same", "      resolution: {<<: *t, P1: 2h}  # same"),
    ("targets:\n  response: &t {P1: 4h, P2: 8h}\n  resolution:\n    <<: *t", "        <<: *t\n        P1: 2h"),
    ("targets:\n  response: &t {P1: 4h, P2: 8h}\n  resolution: {<<: *t, P2: 9h}", "      resolution: {<<: *t, P2: 9h, P1: 2h}"),
    ("targets:\n  response: {P1: &t {within: 4h, warn: 50%}}\n  resolution: {P1: *t}", "      resolution: {P1: {<<: *t, within: 2h}}"),
]


@pytest.mark.parametrize(("clauses", "line"), ALIASED)
def test_what_an_alias_repeats_is_overridden_where_it_is_repeated(clauses: str, line: str) -> None:
    path = target("*" if "resolution: *t" in clauses and "4h, r" in clauses else "P1", "within")
    assert change(clauses, path, "2h") == line


def test_an_alias_in_a_list() -> None:
    clauses = "relies_on:\n  - &d {agreement: y, metrics: [resolution]}\n  - *d\n"
    assert change(clauses, ("relies_on", 1, "share"), "20%") == "      - {<<: *d, share: 20%}"


REPEATED = [
    "targets: {resolution: &t {P1: 4h}, response: *t}",
    "targets: {resolution: {P1: &t 4h}, response: *t}",
    "targets: {resolution: {P1: &t {within: 4h}}, response: {<<: {P1: *t}}}",
]


@pytest.mark.parametrize("clauses", REPEATED)
def test_what_is_repeated_elsewhere_is_refused(clauses: str) -> None:
    with pytest.raises(CannotEdit, match=r"x: what stands here as &t is repeated elsewhere as \*t"):
        change(clauses, RESOLVE, "2h")


def test_a_whole_agreement_that_is_repeated() -> None:
    text = f"{CALENDARS}agreements:\n{X.replace('x:', 'x: &x')}  w:\n    <<: *x\n    title: W\n"
    with pytest.raises(CannotEdit, match="repeated elsewhere"):
        place(text, ("calendar",), "office")
    text = f"{CALENDARS}agreements:\n{X.replace('x:', 'w: &w')}  x: *w\n"
    assert place(text, ("calendar",), "office").now == "  x: {<<: *w, calendar: office}"


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("brk", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_breaks_and_marks_stay(start: str, brk: str, last: bool) -> None:
    before = f"{start}{CALENDARS}agreements:\n{Y}{X}    title: Grüße 🚀" + ("\n" if last else "")
    after = before.replace("Grüße 🚀", "Grüße 🚀\n    targets: {resolution: 2h}")
    done = edited({"a.yaml": before.replace("\n", brk).encode()}, [Change("x", target("*", "within"), "2h")])
    assert done.files["a.yaml"].decode() == after.replace("\n", brk)
    assert "\r" not in done.places[0].was + done.places[0].now


def test_bytes_that_are_no_text_stay_where_they_are() -> None:
    content = f"{CALENDARS}agreements:\n{Y}{X}    # caf".encode() + b"\xe9\n"
    done = edited({"a.yaml": content}, [Change("x", ("calendar",), "office")])
    assert done.files["a.yaml"] == content.replace(b"b\n    calendar: 24x7", b"b\n    calendar: office")


def test_only_the_file_of_the_agreement_changes_and_its_place_is_told() -> None:
    files = {
        "a.yaml": b"plans:\n  p: {kind: sla, provider: a, customer: b, calendar: 24x7}\n",
        "b.yaml": b"agreements:\n  x:\n    extends: p  # c\n",
    }
    done = edited(files, [Change("x", target("P1", "within"), "2h")])
    assert done.files == {**files, "b.yaml": files["b.yaml"] + b"    targets: {resolution: {P1: 2h}}\n"}
    assert done.places == (
        Place(Span("b.yaml", 3, 20, 3, 20), "    extends: p  # c", "    extends: p  # c\n    targets: {resolution: {P1: 2h}}"),
    )


def test_a_place_is_the_stretch_to_be_replaced() -> None:
    found = place(agreements("targets: {resolution: {P1: 4h}}"), RESOLVE, "2h")
    assert (found.at.line, found.at.column, found.at.end_column) == (9, 32, 34)


def test_several_changes_are_made_one_after_the_other() -> None:
    files = {"a.yaml": agreements("relies_on: [y]").encode()}
    changes = [
        Change("x", target("P1", "within"), "4h"),
        Change("x", target("P1", "attainment"), "95%"),
        Change("x", ("relies_on", 0, "after", "P1"), "30m"),
        Change("x", ("relies_on", 0, "after", "P2"), "1h"),
        Change("y", ("calendar",), "office"),
    ]
    text = edited(files, changes).files["a.yaml"].decode()
    assert (
        "    relies_on: [{agreement: y, after: {P1: 30m, P2: 1h}}]\n    targets: {resolution: {P1: {within: 4h, attainment: 95%}}}\n"
        in text
    )
    assert "  y: {kind: ola, provider: a, customer: a, calendar: office, " in text


# --- what is refused -------------------------------------------------------------------------------------------------

REFUSED = [
    ("title: T", target("P1", "attainment"), "there is no target whose 'attainment' could be set"),
    ("title: T", ("relies_on", 0, "share"), "there is no list with an item 0"),
    ("relies_on: [y]", ("relies_on", 1, "share"), "there is no list with an item 1"),
    ("targets: {resolution: {P1: [{within: 4h, opened_in: office}, 8h]}}", RESOLVE, "several alternatives: say which"),
    ("targets:\n  resolution:\n    within: 4h # why\n    warn: 50%", RESOLVE, "comments stand inside what would be replaced"),
]


@pytest.mark.parametrize(("clauses", "path", "reason"), REFUSED)
def test_why_not(clauses: str, path: Path, reason: str) -> None:
    with pytest.raises(CannotEdit, match=f"x: .*{reason}"):
        change(clauses, path, "2h")


def test_what_others_extend_is_changed_for_itself_alone() -> None:
    text = agreements("targets: {resolution: {P1: 4h}}") + "  w: {extends: x, targets: {resolution: {P1: 5h}}}\n"
    assert place(text, RESOLVE, "2h")
    with pytest.raises(CannotEdit, match="x: w extends it, and would change with it"):
        place(text, ("calendar",), "office")


@pytest.mark.parametrize("agreement", ["gold", "nobody"])
def test_a_plan_is_no_agreement(agreement: str) -> None:
    text = PLAN.format(plan="gold", clauses="    # nothing else", agreements=Y)
    with pytest.raises(CannotEdit, match=f"{agreement}: there is no such agreement"):
        edited({"a.yaml": text.encode()}, [Change(agreement, ("calendar",), "office")])


def test_a_file_that_is_not_yaml_is_left_alone() -> None:
    text = agreements("title: T") + "  broken: {\n"
    with pytest.raises(CannotEdit, match=r"x: a\.yaml cannot be read to its end"):
        edited({"a.yaml": text.encode()}, [Change("x", ("calendar",), "office")])


def test_a_rota_is_not_named_from_another_file() -> None:
    files = {
        "plans/a.yaml": b"plans:\n  p: {kind: sla, provider: a, customer: b, calendar: 24x7, targets: {update: {within: 1h, calendar: {ics: r.ics}}}}\n",
        "b.yaml": b"agreements:\n  x: {extends: p}\n",
    }
    with pytest.raises(CannotEdit, match="give the calendar an id first"):
        edited(files, [Change("x", ("targets", "update", "*", "within"), "2h")])
