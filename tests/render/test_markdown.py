"""The comment on a pull request: what it says, that nothing in it is markup of somebody else's, and that it always fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from slachain.decisions.money_at_risk import MoneyLine, Sum
from slachain.decisions.report import FixLine, PromiseLine, Report
from slachain.language.values import replace
from slachain.render.fitting import Part, fitted
from slachain.render.markdown import MOST_BYTES, markdown
from slachain.render.quoted import block, code, quoted
from slachain.render.sentences import legible
from tests.golden import golden_report
from tests.render.reports import EVERYTHING, everything, little, many, poisoned, report_of

GITHUBS_LIMIT = 65_536
PLAIN = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
READERS = [PLAIN, GITHUB]
HOSTILE = [
    "<script>alert(1)</script>",
    "</details><details open><summary>x",
    "<!-- hidden -->",
    "<https://evil.example>",
    "a | b || c \\| d",
    "`code` ``more`` ```\n```js\nalert(1)\n```",
    "**bold** _it_ ~~gone~~ ***",
    "[link](https://evil.example)",
    "![image](//evil.example/x.png) [ref][1]",
    "[1]: https://evil.example 'x'",
    "@everyone and @org/team, mail a@example.org",
    "fixes #123, closes owner/repo#4 and GH-5, GHSA-xxxx-yyyy-zzzz, !6",
    "see a5c3785ed8d6a35868bc169f07e40e889087fd2e and a5c3785",
    "https://evil.example www.evil.example mailto:a xmpp:b",
    "$x^2$ and $$y$$ and $`z`$",
    ":tada: :+1:",
    "# heading #",
    "- item\n- item",
    "1. first",
    "1) first",
    "> quote",
    "===",
    "---",
    "***",
    "~~~",
    "    indented",
    "&lt;b&gt; &#64;x &copy;",
    "back\\slash \\",
    "\u202eright to left\u202c",
    "\x00\x1b[31m\x7f\ud800",
    "line\r\nbreak\u2028here\tand  two  spaces ",
    "[ ] task [x] done",
    "{{ 7 * 7 }}",
    "|---|---|",
    "`",
    "``@x` `",
]
WORD = "wörd"
# What GitHub would make something of, outside of code.
FOUND_BY_GITHUB = re.compile(r"@|[#!]\d|\b(gh|ghsa|cve)-|://|\bwww\.|\$|:[\w+-]*[a-z][\w+-]*:|\b[0-9a-f]{40}\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def found() -> Report:
    return everything()


@pytest.fixture(scope="module")
def told(found: Report) -> str:
    return markdown(found)


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def text_of(tokens: list[Token]) -> str:
    return "".join(t.content if t.type in ("text", "code_inline") else " " if t.type == "softbreak" else "" for t in inline(tokens))


def shape(tokens: list[Token]) -> list[tuple[str, str]]:
    """The blocks of a text, with its raw HTML."""
    return [(token.type, token.content if token.type == "html_block" else token.info) for token in tokens]


def as_read(text: str) -> str:
    return " ".join(re.sub("[\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", legible(text)).split())


# --- what it says ----------------------------------------------------------------------------------------------------


def test_the_verdict_and_the_counts_come_first(told: str) -> None:
    tokens = GITHUB.parse(told)
    assert [t.tag for t in tokens if t.type == "heading_open"][:2] == ["h2", "h3"]
    assert told.startswith("## ✗ 5 of 10 promises cannot be kept as written, and 1 more has nobody behind it.\n\n| Promises | ✓ Hold |")
    assert "| **10** | **3** | **1** | **5** | **1** | **29** | **1800 EUR + 0 USD** |" in told
    assert "\nAs of Thu 1 Jan 2026.\n" in told


def test_a_gap_tells_both_numbers_the_ticket_by_whom_how_often_what_it_costs_and_what_would_mend_it(told: str) -> None:
    section = told[told.index("#### ✗ Acme, payments: resolution P1") :]
    section = section[: section.index("####", 5)]
    for words in (
        "`gold resolution P1`, promised by service-desk to acme, around the clock (`agreements/a.yaml:19:33`)",
        "**4h promised around the clock, 68h possible.** The allowed times would fit, but",
        "- **Worst ticket:** opened Fri 23 Oct 2026 13:00:01 UTC, done Mon 26 Oct 2026 09:00:01 UTC: 68h on the customer's clock; Sun 25 Oct",
        "- **Because of:** desk hands over to tier2 within 30m, around the clock (`agreements/a.yaml:41:48`); tier2 finishes within 3h",
        "- **In time:** 95% promised, 17.87% assured; opened at 82.13% of all moments, a ticket may be late; 3.29 of 4 tickets a month may be",
        "- **Money at risk:** 1800 EUR a month at most, expected: 591.28 EUR",
        "  - Promise 68h1m instead of 4h (`gold`: `targets.resolution.P1`",
    ):
        assert words in section


def test_what_is_never_done_supplied_and_accepted(told: str) -> None:
    assert "opened Thu 1 Jan 2026 00:00:00 UTC, never done" in told
    assert "- **Accepted** until 2026-06-30: the vendor signs in spring" in told
    assert "- **Down in a month:** 40m19s to 44m38s promised, 3h21m36s to 3h43m12s supplied" in told
    assert "**500 EUR a month promised Mon-Fri 09:00-17:00 Asia/Kathmandu, 400 EUR supplied.**" in told


def test_the_rest_is_folded_away(told: str) -> None:
    titles = re.findall(r"<summary>(.*)</summary>", told)
    assert titles == ["What holds (3)", "Other findings (23)", "Accepted risks (1)", "Not checked (1)", "Assumptions and data used"]
    assert told.count("<details>\n") == told.count("\n</details>\n") == 5
    unfolded = told[: told.index("<details>")]
    assert [unfolded.index(f"### {title}") for title in ("Gaps (5)", "Unsupported (1)", "Tolerated (1)")] == sorted(
        unfolded.index(f"### {title}") for title in ("Gaps (5)", "Unsupported (1)", "Tolerated (1)")
    )
    assert "accepted until Tue 30 Jun 2026: the vendor signs in spring; it is gold update P1: 1h promised" in told
    assert "- `gold restore`: its calendar was not read" in told
    assert "Data used: holidays 0.0, time zones (tzdata) 2026a" in told
    assert "| ✓ `silver resolution P1` | silver | 2bd Mon-Fri 09:00-17:00 Asia/Kathmandu | 1bd | 1bd | 100% |" in told


def test_findings_told_with_their_promise_are_not_told_again(found: Report, told: str) -> None:
    assert told.count("SC203") == told.count("SC301") == 0
    mains = 7  # one of each promise that does not hold; one of them is accepted and told as such
    assert len(found.findings) == mains + 23
    assert told.count("SC204") == 1


def test_lines_to_write_stand_in_a_block_of_their_own(found: Report) -> None:
    lines = "targets:\n  resolution:\n\n    P1: 68h1m  # ``` and ~~~\n"
    fix = FixLine("promise", "gold", "targets.resolution.P1", "4h", "68h1m", found.promises[0].at, "    P1: 4h", lines)
    changed = replace(found, promises=tuple(replace(p, fixes=(fix,)) if p.verdict == "gap" else p for p in found.promises))
    for reader in READERS:
        blocks = [token for token in reader.parse(markdown(changed)) if token.type == "fence"]
        assert [(token.info, token.content) for token in blocks] == [("yaml", lines)] * 5


def test_too_many_lines_are_left_out_whole(found: Report) -> None:
    fix = FixLine("promise", "gold", "targets", "4h", "68h", found.promises[0].at, "", "x: 1\n" * 31)
    changed = replace(found, promises=tuple(replace(p, fixes=(fix,)) for p in found.promises))
    told = markdown(changed)
    assert "x: 1" not in told
    assert "The lines to write are too many to be shown here: see the HTML report." in told


def test_many_fixes_and_notes_are_counted(found: Report) -> None:
    fixes = tuple(FixLine("commitment", f"team{n}", "targets", "4h", "3h") for n in range(6))
    gap = next(p for p in found.promises if p.verdict == "gap")
    told = markdown(replace(found, promises=(replace(gap, fixes=fixes),)))
    assert "team3 commits to 3h" in told
    assert "team4" not in told
    assert "… and 2 other ways: see the HTML report" in told


def test_no_single_change(found: Report) -> None:
    gap = next(p for p in found.promises if p.cause == "hours")
    assert "no single change is enough, more than one thing has to change" in markdown(replace(found, promises=(replace(gap, fixes=()),)))


def test_promises_of_one_clause_are_told_once(found: Report) -> None:
    gap = next(p for p in found.promises if p.cause == "hours")
    plan = tuple(replace(gap, agreement=f"customer-{n}") for n in range(9))
    told = markdown(replace(found, promises=plan, findings=()))
    assert "### Gaps (9)" in told
    assert told.count("####") == 1
    assert "The same for `customer-1 resolution P1`, " in told
    assert "`customer-5 resolution P1` and 3 more" in told
    assert "- **Money at risk:** 16200 EUR a month at most, expected: 5321.58 EUR" in told
    assert "29.57 of 36 tickets a month may be late" in told


def test_an_empty_catalogue_and_one_that_cannot_be_read() -> None:
    empty = markdown(report_of("calendars: {london: {timezone: Europe/London, hours: {mon: '09:00-17:00'}}}\n"))
    assert empty.startswith("## ? There is no promise to judge.\n")
    broken = markdown(report_of(EVERYTHING.replace("calendar: 24x7", "calendar: nowhere") + "  oops: [\n"))
    assert "errors in the files: part of them could not be read as written, so this report may be incomplete.**" in broken
    assert broken.index("### What could not be read as written") < broken.index("<details>")
    assert "SC101" in broken


def test_many_currencies_are_counted(found: Report) -> None:
    money = tuple(MoneyLine(Sum(f"{n} X{n:02d}", Fraction(n), f"X{n:02d}"), None) for n in range(80))
    told = markdown(replace(found, money=money))
    assert "**0 X00 + 1 X01 + 2 X02 + 3 X03 + 4 X04 + 5 X05**" in told
    assert "; and 74 more currencies |" in told


def test_the_same_report_gives_the_same_text(found: Report, told: str) -> None:
    assert markdown(report_of(EVERYTHING)) == markdown(replace(found, not_checked=()))
    assert told.endswith("</details>\n")
    assert "/work/" not in markdown(golden_report()[0])


# --- nothing of a catalogue is markup --------------------------------------------------------------------------------


@cache
def plain(reader: MarkdownIt) -> list[Token]:
    return reader.parse(markdown(poisoned(little(), WORD)))


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_texts_are_shown_and_nothing_else(attack: str) -> None:
    """The blocks are those of a harmless text, and within them there are words, code and our own bold type."""
    hostile = markdown(poisoned(little(), attack.strip()))
    for reader in READERS:
        blocks = reader.parse(hostile)
        assert shape(blocks) == shape(plain(reader))
        tokens = list(inline(blocks))
        assert {token.type for token in tokens} <= {"text", "code_inline", "strong_open", "strong_close", "softbreak"}
        assert bold(tokens) == bold(inline(plain(reader)))
        assert not [token.content for token in tokens if token.type == "text" and FOUND_BY_GITHUB.search(token.content)]
        assert text_of(blocks) == text_of(plain(reader)).replace(WORD, as_read(attack))


def bold(tokens: Iterable[Token]) -> int:
    return sum(token.type == "strong_open" for token in tokens)


TEXTS = st.text(max_size=40) | st.text(alphabet="`*_[]()<>|\\#@!&~$:-+=1.) \n\ta/w", max_size=30)


@given(TEXTS)
@example("1. x")
@example("\\|")
@example("-")
def test_a_text_is_read_as_it_is(text: str) -> None:
    wanted = as_read(text) or "–"
    for reader in READERS:
        for told in (quoted(text), f"- {quoted(text)}", f"**{quoted(text)}.** y", f"#### {quoted(text)}", f"({code(text)})"):
            tokens = reader.parse(told)
            read = text_of(tokens)
            assert wanted in (read, read.removesuffix(". y"), read.removeprefix("(").removesuffix(")"))
            assert not [t for t in inline(tokens) if t.type == "text" and FOUND_BY_GITHUB.search(t.content)]
            blocks = [t.type for t in tokens if t.type not in ("heading_open", "heading_close", "bullet_list_open", "bullet_list_close")]
            assert set(blocks) <= {"paragraph_open", "inline", "paragraph_close", "list_item_open", "list_item_close"}


@given(TEXTS, TEXTS)
@example("a | b", "a | | b")
def test_a_cell_stays_a_cell(one: str, other: str) -> None:
    tokens = GITHUB.parse(f"| a | b |\n| --- | --- |\n| {quoted(one)} | {code(other)} |\n")
    cells = [t for t in tokens if t.type == "inline"][2:]
    assert [text_of([cell]) for cell in cells] == [as_read(one) or "–", as_read(other) or "–"]


@given(TEXTS)
def test_a_block_of_code_stays_one(text: str) -> None:
    lines = block(text, "yaml")
    if lines is None:
        assert not legible(text).strip("\n")
        return
    told = "- a\n  - b\n" + "".join(f"    {line}\n" for line in lines) + "- c\n"
    for reader in READERS:
        types = [token.type for token in reader.parse(told)]
        assert types.count("fence") == 1
        assert types.count("list_item_open") == 3


def test_long_texts_are_cut() -> None:
    assert quoted("a" * 301) == "a" * 299 + "…"
    assert quoted("a" * 300) == "a" * 300
    assert block("a\n" * 31, "yaml") is None
    assert block("a" * 1501, "yaml") is None


# --- it always fits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [None, "<script>|`" * 5_000, "𝄞@" * 5_000], ids=["plain", "hostile", "wide"])
def test_a_comment_is_never_too_long(found: Report, text: str | None) -> None:
    large = many(found, 60)
    if text:
        large = replace(large, promises=tuple(replace(p, title=text, provider=text) for p in large.promises), assumptions=(text,) * 500)
    told = markdown(large)
    assert len(told.encode()) <= MOST_BYTES < GITHUBS_LIMIT
    assert told.count("<details>\n") == told.count("</details>\n")
    assert told.startswith("## ✗ 300 of 600 promises cannot be kept as written, and 60 more have nobody behind them.\n\n| Promises |")
    types = [token.type for token in GITHUB.parse(told)]
    assert types.count("table_open") == types.count("table_close") == 2
    left_out = int(re.findall(r"… and (\d+) more gaps: see the HTML report", told)[0])
    in_full, in_lines = told.count("\n#### ✗ "), told.count("\n- ✗ ")
    assert in_full > 0
    assert in_lines > 0
    assert in_full + in_lines + left_out == 300
    unsupported = int(re.findall(r"… and (\d+) more unsupported: see the HTML report", told)[0])
    assert 0 < told.count("\n- ? ") == 60 - unsupported
    holds = int(re.findall(r"\n\n… and (\d+) more promises that hold: see the HTML report\n\n</details>", told)[0])
    assert 0 < told.count("\n| ✓ ") == 180 - holds


def test_what_is_left_out_of_the_end_is_counted(found: Report) -> None:
    told = markdown(many(replace(found, promises=tuple(p for p in found.promises if p.verdict == "holds")), 60))
    assert "<summary>What holds (180)</summary>" in told
    assert told.count("\n| ✓ ") == 180
    left = int(re.findall(r"\n\n… and (\d+) more findings: see the HTML report\n\n</details>", told)[0])
    assert told.count("\n  - ") + left == int(re.findall(r"Other findings \((\d+)\)", told)[0])


@given(st.lists(st.integers(1, 60), max_size=30), st.lists(st.integers(1, 60), max_size=30), st.integers(150, 1500))
def test_parts_fit_and_count_what_is_missing(first: list[int], second: list[int], room: int) -> None:
    def full(size: int) -> str:
        return "f" * size + "\n"

    parts = [
        Part("A\n", first, full, lambda n: f"{n} more a", lambda size: "b\n", "B\n"),
        Part("C\n", second, full, lambda n: f"{n} more c"),
    ]
    told = fitted("top\n", parts, room)
    assert len(told) <= room
    for sizes, name in ((first, "a"), (second, "c")):
        missing = [int(n) for n in re.findall(rf"… and (\d+) more {name}:", told)]
        assert len(missing) <= bool(sizes)
    lines = told.splitlines()
    shown = sum(line == "b" or line.startswith("f") for line in lines)
    assert shown + sum(int(n) for n in re.findall(r"… and (\d+) more", told)) == len(first) + len(second)


def test_all_in_full_where_there_is_room_for_all() -> None:
    part = Part("", [10] * 9, lambda size: "f" * size, str, lambda size: "b")
    assert fitted("", [part], 200) == "f" * 90 + "\n"


def test_the_first_of_every_part_are_told_however_long_those_before_it() -> None:
    long, short = (Part("", [20] * n, lambda size: "f" * size, str) for n in (500, 3))
    told = fitted("", [long, replace(short, full=lambda size: "s" * size)], 2_000)
    assert "s" * 60 in told
    assert len(told) <= 2_000


def test_promises_are_counted_where_one_text_stands_for_many(found: Report) -> None:
    gap: PromiseLine = next(p for p in found.promises if p.cause == "hours")
    large = tuple(replace(gap, agreement=f"c{n}", at=replace(gap.at, line=n // 2 + 1)) for n in range(2_000))
    told = markdown(replace(found, promises=large, findings=()))
    left = int(re.findall(r"… and (\d+) more gaps", told)[0])
    assert 2 * (told.count("\n#### ✗") + told.count("\n- ✗")) + left == 2_000
