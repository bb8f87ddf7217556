"""The picture's numbers: everything inside its bounds, in the right order, legible from minutes to decades."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from slachain.decisions.report import PromiseLine, WorstCase
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.render.page.axis import MOST_LINES, Axis, grid_of
from slachain.render.page.timeline import Lane, Timeline, timeline
from slachain.study import Study
from tests.catalogue import study
from tests.catalogues import AS_OF, Raw, catalogues, to_yaml

LONDON = """
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
"""
WEEKEND = """
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: PROMISED}}, relies_on: [desk]}
  desk:
    {kind: ola, provider: desk, customer: desk, calendar: 24x7, relies_on: [{agreement: tier2, after: {P1: 30m}, share: 100%}]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: london, targets: {resolution: {P1: COMMITTED}}}
"""
NOBODY = (
    LONDON
    + """
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: london, targets: {resolution: {P1: 2bd}}, relies_on: [desk]}
  desk: {kind: ola, provider: desk, customer: desk, calendar: 24x7}
"""
)


def weekend(promised: str, committed: str) -> str:
    return LONDON + WEEKEND.replace("PROMISED", promised).replace("COMMITTED", committed)


def drawn(text: str) -> tuple[PromiseLine, WorstCase, Timeline]:
    line = report(study(text)).promises[0]
    assert line.worst_case is not None
    return line, line.worst_case, timeline(line, line.worst_case)


def kinds(lane: Lane) -> list[str]:
    return [bar.kind for bar in lane.bars]


def place(picture: Timeline, kind: str) -> float:
    return next(mark.x for mark in picture.marks if mark.kind == kind)


def assert_inside(picture: Timeline) -> None:
    for lane in picture.lanes:
        assert picture.plot_top < lane.y < lane.detail_y < lane.top < lane.top + picture.strip <= picture.height
        for x, width in [*((shut.x, shut.width) for shut in lane.closed), *((bar.x, bar.width) for bar in lane.bars)]:
            assert 0 <= x < x + width <= 100.001
        for bar in lane.bars:
            assert lane.top <= bar.y < bar.y + bar.height <= lane.top + picture.strip
    for mark in picture.marks:
        assert 0 <= mark.x <= 100
        assert 0 < mark.y < picture.axis_y
        assert all(0 <= line.start < line.end <= picture.height for line in mark.lines)
    assert all(0 < line.x < 100 for line in picture.grid)


def test_a_gap_is_due_before_it_is_done() -> None:
    _, _, picture = drawn(weekend("4h", "3h"))
    assert 0 < place(picture, "opened") < place(picture, "due") < place(picture, "done") < 100
    assert_inside(picture)


def test_the_customers_clock_is_on_top_and_each_step_under_it() -> None:
    _, case, picture = drawn(weekend("4h", "3h"))
    assert [lane.title.full for lane in picture.lanes] == ["The customer's clock (acme)", "desk hands over to tier2", "tier2 finishes"]
    assert len(picture.lanes) == 1 + len(case.steps)
    assert kinds(picture.lanes[0]) == ["promised", "late"]
    assert kinds(picture.lanes[1]) == ["works"]


def test_promised_time_ends_at_the_deadline_and_late_time_at_the_end() -> None:
    _, _, picture = drawn(weekend("4h", "3h"))
    promised, late = picture.lanes[0].bars
    assert promised.x == place(picture, "opened")
    assert promised.x + promised.width == pytest.approx(place(picture, "due"), abs=0.011)
    assert late.x + late.width == pytest.approx(place(picture, "done"), abs=0.011)


def test_closed_hours_are_shaded_on_the_clock_that_is_closed_alone() -> None:
    _, _, picture = drawn(weekend("4h", "3h"))
    around_the_clock, desk, tier2 = picture.lanes
    assert not around_the_clock.closed
    assert not desk.closed
    assert sum(stretch.width for stretch in tier2.closed) > 50


def test_a_step_waits_while_it_is_closed() -> None:
    waits, *works = drawn(weekend("4h", "3h"))[2].lanes[2].bars
    assert waits.kind == "waits"
    assert waits.height < works[0].height
    assert {bar.kind for bar in works} == {"works"}


def test_a_clock_that_is_closed_runs_neither_promised_nor_late() -> None:
    _, _, picture = drawn(NOBODY)
    customer = picture.lanes[0]
    assert all(
        bar.x + bar.width <= shut.x + 0.02 or shut.x + shut.width <= bar.x + 0.02 for bar in customer.bars for shut in customer.closed
    )


def test_what_is_never_done_runs_off_the_right_edge() -> None:
    _, case, picture = drawn(NOBODY)
    assert case.done is None
    last = picture.lanes[-1]
    assert last.never_ends
    assert kinds(last) == ["unbounded"]
    assert last.bars[0].x + last.bars[0].width == pytest.approx(100, abs=0.011)
    never = next(mark for mark in picture.marks if mark.kind == "never")
    assert (never.label, never.x, never.anchor, never.lines) == ("Never done", 100, "end", ())
    assert "done" not in {mark.kind for mark in picture.marks}
    assert place(picture, "due") < 100
    assert_inside(picture)


def test_each_label_has_a_row_of_its_own_and_room() -> None:
    for text in (weekend("4h", "3h"), weekend("10d", "80h"), NOBODY):
        marks = drawn(text)[2].marks
        assert len({mark.y for mark in marks}) == len(marks)
        assert all(mark.anchor == ("end" if mark.x > 50 else "start") for mark in marks)


def test_no_line_crosses_a_label() -> None:
    """A label to the left of its line stands above the lines that it might reach; one to the right, above those to come."""
    for text in (weekend("4h", "3h"), weekend("60h", "3h"), weekend("4h", "200h"), NOBODY):
        marks = drawn(text)[2].marks
        for one in marks:
            behind = [
                other for other in marks if other.anchor == one.anchor and (other.x < one.x) == (one.anchor == "end") and other.x != one.x
            ]
            assert all(other.y > one.y for other in behind)


def test_dates_are_the_customers() -> None:
    """Opened at 23:30 UTC is the next day in Auckland."""
    text = """
    calendars: {there: {timezone: Pacific/Auckland, hours: {mon-sun: "00:00-24:00"}}}
    agreements:
      promise: {kind: sla, provider: desk, customer: acme, calendar: there, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
      tier2: {kind: ola, provider: engineering, customer: desk, calendar: there, targets: {resolution: {P1: 5h}}}
    """
    line, case, picture = drawn(text)
    assert line.zone == picture.zone == "Pacific/Auckland"
    assert case.opened.data() == "2025-12-31T11:00:00Z"
    assert [mark.label for mark in picture.marks] == ["Opened Thu 1 Jan 2026, 00:00", "Done Thu 1 Jan, 05:00", "Due Thu 1 Jan, 04:00"]
    assert picture.description == (
        "Opened Thu 1 Jan 2026 00:00:00 NZDT, due Thu 1 Jan 2026 04:00:00 NZDT, done Thu 1 Jan 2026 05:00:00 NZDT. "
        "tier2 finishes, from Thu 1 Jan 2026 00:00:00 NZDT to Thu 1 Jan 2026 05:00:00 NZDT."
    )


def test_a_case_of_minutes_fills_the_picture() -> None:
    text = """
    agreements:
      promise: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {acknowledge: {P1: 5m}}, relies_on: [pager]}
      pager: {kind: ola, provider: on-call, customer: desk, calendar: 24x7, targets: {acknowledge: {P1: 6m}}}
    """
    _, _, picture = drawn(text)
    assert place(picture, "done") - place(picture, "opened") > 70
    assert [line.label for line in picture.grid if line.label][:2] == ["Thu 1 Jan", "00:01"]
    assert next(mark.label for mark in picture.marks if mark.kind == "due") == "Due Thu 1 Jan, 00:05:00"


def test_a_year_hides_nights_and_says_so() -> None:
    _, _, short = drawn(weekend("4h", "3h"))
    _, _, long = drawn(weekend("4h", "4000h"))
    assert not short.hides_short_closings
    assert long.hides_short_closings
    assert all(stretch.width >= 0.24 for lane in long.lanes for stretch in lane.closed[1:-1])


def test_titles_are_cut_to_what_a_phone_shows() -> None:
    name = "a-very-long-name-of-an-agreement-" * 4
    _, _, picture = drawn(weekend("4h", "3h").replace("tier2", name))
    title = picture.lanes[2].title
    assert len(title.short) <= 42
    assert title.short.endswith("…")
    assert len(title.full) <= 110


HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("length", "labels"),
    [
        (5 * 60, ["00:01", "00:02", "00:03", "00:04"]),
        (6 * HOUR, ["01:00", "02:00", "03:00", "04:00", "05:00"]),
        (2 * DAY, ["06:00", "12:00", "18:00", "Fri 2 Jan", "06:00", "12:00", "18:00"]),
        (5 * DAY, ["Fri 2 Jan", "Sat 3 Jan", "Sun 4 Jan", "Mon 5 Jan"]),
        (30 * DAY, ["Mon 5 Jan", "Mon 12 Jan", "Mon 19 Jan", "Mon 26 Jan"]),
        (200 * DAY, ["Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "Jul 2026"]),
        (3000 * DAY, ["2028", "2030", "2032"]),
    ],
)
def test_grid_lines_follow_the_span(length: int, labels: list[str]) -> None:
    start = 1767225600  # 2026-01-01T00:00:00Z
    lines = list(grid_of(Axis(start, start + length, "UTC")))
    assert [line.label for line in lines if line.label] == labels
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("length", [150 * 10**power for power in range(8)])
def test_there_are_always_some_grid_lines_and_never_too_many(length: int) -> None:
    for start in (1767225600, 1774742400, 1792886399):
        lines = list(grid_of(Axis(start, start + length, "Europe/London")))
        assert 1 <= len(lines) <= MOST_LINES + 1


def test_a_day_on_which_the_clocks_change_keeps_its_hours() -> None:
    """Europe/Berlin 2026-03-29 has no 02:00: the line there is 03:00."""
    lines = list(grid_of(Axis(1774738800, 1774738800 + 6 * HOUR, "Europe/Berlin")))
    assert [line.label for line in lines if line.label] == ["01:00", "03:00", "04:00", "05:00", "06:00"]


@settings(max_examples=15)
@given(catalogues())
def test_every_picture_stays_inside_its_bounds(catalogue: Raw) -> None:
    found = report(Study.of(load({"a.yaml": to_yaml(catalogue).encode()}), AS_OF))
    for line in found.promises:
        if line.worst_case is not None:
            picture = timeline(line, line.worst_case)
            assert_inside(picture)
            if line.verdict == "gap" and line.cause not in ("equal", "attainment") and line.worst_case.done and line.worst_case.due:
                assert place(picture, "due") <= place(picture, "done")
