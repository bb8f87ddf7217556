"""Each row on a tiny size: what it tells is sane. How long anything takes is not tested."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks import __main__ as runner
from benchmarks import chains, clocks, growth, reading, startup, supremum
from benchmarks.instants import CALENDARS, Hours, tickets
from benchmarks.minutes import Minutes
from benchmarks.sampled import Timetable, done
from benchmarks.table import Line
from benchmarks.timing import Cost, Failed, TookTooLong, child, python, seconds
from slachain.clocks.intervals import Intervals

minutes_of = cache(Minutes.of)
OUTCOMES = {"met", "missed", "not measured", ""}


def sane(lines: Iterable[Line]) -> dict[str, Line]:
    found = {line.what: line for line in lines}
    assert found
    assert all(
        line.measured and line.met in OUTCOMES and (bool(line.bar) == bool(line.met) or line.met == "not measured")
        for line in found.values()
    )
    return found


def test_starting_up() -> None:
    assert len(sane(startup.measure(1))) == 3


def test_reading_and_the_second_run() -> None:
    found = sane(reading.measure(20, times=1))
    assert len(found) == 3
    assert any("the same, byte for byte" in note for line in found.values() for note in line.notes)


def test_a_catalogue_that_cannot_be_checked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "slachain", lambda *_: python("-c", "raise SystemExit('no such command')"))
    monkeypatch.setattr(reading, "child", lambda command, cache=None: child(command, cache=cache, fine=(0,)))
    (line,) = reading.measure(20, times=1)
    assert (line.met, line.measured) == ("not measured", "no such command")


def test_growth_of_a_size() -> None:
    cost = growth.checked(20)
    assert cost.cpu > 0
    assert cost.memory > 10 << 20


def test_growth_is_judged_by_the_processor_time_for_each() -> None:
    few, linear, steep = Cost(1, 2, 1 << 20), Cost(119, 200, 1 << 30), Cost(121, 200, 3 << 30)
    assert [line.met for line in growth.judgements({1_000: few, 100_000: linear})] == ["met", "met"]
    assert [line.met for line in growth.judgements({1_000: few, 100_000: steep})] == ["missed", "missed"]
    assert [line.met for line in growth.judgements({1_000: few})] == ["not measured"]
    assert [line.met for line in growth.judgements({1_000: few, 3_000: few})] == ["", "not measured", "not measured"]


def test_what_would_take_too_long_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def checked(size: int, _patience: float) -> Cost:
        begun.append(size)
        return Cost(size, size)

    monkeypatch.setattr(growth, "checked", checked)
    found = sane(growth.measure((10, 20, 1_000), patience=100))
    assert begun == [10, 20]
    assert found["check of 1,000 agreements"].met == "not measured"


@pytest.fixture
def _asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Minutes, "of", minutes_of)


@pytest.mark.usefixtures("_asked_once")
def test_our_clocks_are_never_wrong() -> None:
    found = sane(clocks.measure(400))
    ours = [line for what, line in found.items() if what.endswith("slachain")]
    assert [(line.met, "0 wrong" in line.measured) for line in ours] == [("met", True)] * 2


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_the_slow_clock_obeys_the_law_of_clocks(calendar: Hours) -> None:
    minutes = minutes_of(calendar)
    for ticket in tickets(calendar, 300):
        due = minutes.due(ticket.opened, 3600 * ticket.hours)
        assert minutes.elapsed(ticket.opened, due) == 3600 * ticket.hours
        assert minutes.elapsed(ticket.opened, due - 1) < 3600 * ticket.hours


@pytest.mark.usefixtures("_asked_once")
def test_a_library_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.rivals.find_spec", lambda _: None)
    monkeypatch.setattr(chains, "find_spec", lambda _: None)
    others = [line for line in clocks.measure(20) if not line.what.endswith("slachain")]
    others += chains.measure(((2,), (2,), 1.0))
    assert len(others) == 6
    assert all(line.met == "not measured" and "not installed" in line.measured for line in others)


def test_a_sample_is_no_later_than_the_supremum_and_less_than_a_minute_earlier() -> None:
    found = list(supremum.measure(1))
    assert ["60 s too small" in line.measured for line in found] == [True, False]
    assert "1 bd too small" in found[1].measured
    assert all("the promise does not hold" in note and "by which it holds" in note for line in found for note in line.notes)


def test_sampled_tickets_are_due_when_they_are() -> None:
    clock = Timetable(Intervals.of([(0, 60), (120, 180)]))
    assert done(np.array([0, 30, 60, 90, 120]), [(clock, 60)]).tolist() == [60, 150, 180, 180, 180]


def test_chains_as_deep_as_they_are_written() -> None:
    found = sane(line for line in chains.measure(((), (3,), 60.0)))
    assert found["3 layers of two"].met in {"met", "missed"}


def test_who_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> tuple[Cost, int]:
        raise TookTooLong

    monkeypatch.setattr(chains, "theirs", stopped)
    (line,) = chains.measure(((), (3,), 60.0))
    assert (line.met, "stopped after 60.00 s" in line.measured) == ("met", True)


def test_a_program_is_measured_stopped_and_believed() -> None:
    done = child(python("-c", "print(3)"))
    assert (done.output, done.status) == (b"3\n", 0)
    assert done.cost.memory > 1 << 20
    with pytest.raises(TookTooLong):
        child(python("-c", "import time; time.sleep(60)"), patience=0.2)
    with pytest.raises(Failed, match="ValueError: three"):
        child(python("-c", "raise ValueError('three')"), fine=(0,))


def test_times_are_told_as_people_read_them() -> None:
    assert [seconds(s) for s in (0.000012, 0.0125, 1.5, 119, 600, 9000)] == ["12 µs", "12.5 ms", "1.50 s", "119.00 s", "10 min", "2 h"]


def test_the_runner_prints_writes_and_exits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(supremum, "measure", lambda _: iter([Line("a|b", "3 times", "at most 2 times", "missed", ("why",))]))
    assert runner.main(["--quick", "--only", "supremum", "-o", str(tmp_path / "table.md")]) == 1
    assert "supremum  a|b   3 times   at most 2 times  missed" in capsys.readouterr().out
    assert "| supremum | a\\|b | 3 times | at most 2 times | missed |" in (tmp_path / "table.md").read_text()
    assert '"missed": 1' in (tmp_path / "table.json").read_text()


def test_a_row_that_breaks_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> Iterable[Line]:
        raise ImportError("no module")

    monkeypatch.setattr(supremum, "measure", broken)
    monkeypatch.setattr(startup, "measure", lambda _: iter([Line("a", "1", "1", "met")]))
    found = runner.table(runner.Asked(("supremum", "startup"), quick=True))
    assert [line.met for _, lines in found.rows for line in lines] == ["not measured", "met"]
