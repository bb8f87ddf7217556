"""That a mutant gets into the program: otherwise every one would survive, or seem to be killed."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

from slachain.analysis import terms
from tests.mutants.places import ROOT, Mutant, bodies_of_functions, essence, places_that_do_not_run, text
from tests.mutants.planting import live_functions, plant
from tests.mutants.touch import watched

TERMS = "slachain/analysis/terms.py"


def test_a_function_that_is_loaded_gets_the_code_of_the_mutant() -> None:
    changed = text(TERMS).replace("return date.max", "return date.min")
    one = Mutant(TERMS, "", 0, 1, within=True)
    live, code = live_functions(), compile(changed, str(ROOT / TERMS), "exec")
    before = {function: function.__code__ for functions in live.values() for function in functions}
    try:
        plant(one, code, live)
        assert terms.add.__wrapped__(date(9999, 1, 1), 1, "year") == date.min
        assert [function.__qualname__ for function, known in before.items() if function.__code__ is not known] == ["add"]
    finally:
        for function, known in before.items():
            function.__code__ = known
    assert terms.add.__wrapped__(date(9999, 1, 1), 1, "year") == date.max


def test_what_only_stands_elsewhere_or_is_said_in_other_words_is_no_mistake() -> None:
    said, again, other = (compile(words, "", "exec") for words in ("x = 2 * 3", "\n\nx = 3 * 2  # six", "x = 2 + 3"))
    assert essence(said) == essence(again)
    assert essence(said) != essence(other)


def test_annotations_and_decorators_are_left_out_and_bodies_told_from_heads() -> None:
    tree = ast.parse("@cache(1)\ndef f(x: 2 = 3) -> 4:\n    y: 5 = 6\n    return 7\n")
    digits = {n.value: (n.lineno, n.col_offset) for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    unseen, bodies = list(places_that_do_not_run(tree)), list(bodies_of_functions(tree))
    assert {n for n, place in digits.items() if any(begin <= place < end for begin, end in unseen)} == {1, 2, 4, 5}
    assert {n for n, place in digits.items() if any(begin <= place < end for begin, end in bodies)} == {5, 6, 7}


def test_a_test_is_known_to_run_the_lines_that_it_runs() -> None:
    found = watched(lambda: terms.shorter(None, None), Path(__file__))  # type: ignore[arg-type]
    lines = text(TERMS).splitlines()
    assert [lines[number - 1].strip() for number in found.lines[TERMS]][1:] == [
        "if isinstance(one, BusinessDays) and isinstance(other, BusinessDays):",
        "return isinstance(one, Duration) and isinstance(other, Duration) and one.seconds < other.seconds",
    ]
