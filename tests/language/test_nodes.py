"""YAML: what must come out as written, and what is refused, where."""

from __future__ import annotations

import time

import pytest

from slachain.language.characters import MARK, decoded
from slachain.language.composer import compose
from slachain.language.nodes import Mapping, Scalar, Sequence
from tests.language.marked import all_inside, catalogue, clauses, only, unmarked

WHOLE = clauses()


def written(text: str) -> object:
    """A file's tree as plain values, the quoted texts in lists of one."""
    root, findings, whole = compose(text, "a.yaml")
    assert (findings, whole) == ([], True)
    assert root is not None
    return _plain(root)


def _plain(node: Scalar | Sequence | Mapping) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {entry.key.text: _plain(entry.value) for entry in node.entries}


# --- what YAML 1.1 would guess, and this language does not


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "12:30",
        "18:00-22:00",
        "1.10",
        "0755",
        "0x1F",
        "1e3",
        "1_000",
        "2026-12-24",
        ".inf",
        "NaN",
        "+1",
        "=",
        "x:y",
    ],
)
@pytest.mark.parametrize("style", ["{{a: {}}}", "a: {}", "- {}", "[{}]", "a: '{}'", 'a: "{}"'])
def test_a_text_comes_out_as_written(text: str, style: str) -> None:
    found = written(style.format(text))
    assert found in ({"a": text}, [text])


@pytest.mark.parametrize("text", ["NO", "12:30", "1.10", "0755", "null", "~", "true", "2026-01-01"])
def test_a_key_comes_out_as_written(text: str) -> None:
    assert written(f"{text}: x") == {text: "x"}
    assert written(f"{{{text}: x}}") == {text: "x"}


@pytest.mark.parametrize(("text", "empty"), [("a:", True), ("a: ~", True), ("a: null", True), ("a: ''", False), ("a: 'null'", False)])
def test_nothing_is_told_from_an_empty_text(text: str, empty: bool) -> None:
    root, _, _ = compose(text, "a.yaml")
    assert isinstance(root, Mapping)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert value.empty == empty


def test_hours_need_no_quotes() -> None:
    """
    calendars:
      a: {timezone: UTC, hours: {mon-fri: 18:00-22:00}}
      b:
        timezone: UTC
        hours:
          mon-fri: 18:00-22:00
      c: {timezone: UTC, hours: {mon-fri: "18:00-22:00"}}
    """
    found = catalogue(test_hours_need_no_quotes.__doc__ or "")
    assert found.findings == ()
    a, b, c = (found.calendars[id].body for id in "abc")
    assert a == b == c


@pytest.mark.parametrize(
    "text",
    [
        "{a: b}",
        "a: b",
        "a:\n  b",
        "a: >\n  b",
        "a: |-\n  b",
        "a:\tb",
        "{a:\tb}",
        "? a\n: b",
        '{"a":b}',
        "a: b # c",
        "%YAML 1.2\n---\na: b\n...\n",
    ],
)
def test_styles_say_the_same(text: str) -> None:
    assert written(text) in ({"a": "b"}, {"a": "b\n"})


def test_merge_keys() -> None:
    """
    x: &x {a: 1, b: 2}
    y: &y {b: 3, c: 4}
    z: {<<: [*x, *y], c: 5}
    w:
      <<: *x
      a: own
    v: {'<<': text}
    """
    found = written(test_merge_keys.__doc__ or "")
    assert isinstance(found, dict)
    assert found["z"] == {"c": "5", "a": "1", "b": "2"}
    assert found["w"] == {"a": "own", "b": "2"}
    assert found["v"] == {"<<": "text"}


def test_an_alias_points_to_what_is_written() -> None:
    only("plans:\n  p: {targets: {response: &t «4x»}}\n  q: {targets: {update: *t}}\n", "SC102", "no duration")


def test_a_list_that_ends_in_an_alias_ends_where_the_alias_stands() -> None:
    text = "plans:\n  p: {excludes: &e [x]}\nagreements:\n  x:\n    kind:\n    - sla\n    - *e\n"
    found = next(f for f in catalogue(text).findings if f.at.line == 6)
    assert (found.at.column, found.at.end_line, found.at.end_column) == (5, 7, 9)


# --- spans


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "value",
    ["«slaa»", "«'slaa'»", '«"slaa"»', '«"sl\\x61a"»', "«slaa» # é", "\n      «slaa»", "&anchor «slaa»", "\t«slaa»", "&a\n      «slaa»"],
)
def test_a_value_is_pointed_at(value: str, mark: str, end: str) -> None:
    text = clauses(title="Zürich 漢字 🙂 é", kind=value)
    only(mark + text.replace("\n", end), "SC102", "'slaa' is not sla, ola or uc", "did you mean 'sla'?")


@pytest.mark.parametrize("before", ["é", "漢字", "🙂🙂", "'quo''ted'", '"\\u00e9\\U0001F642"', "a\u0301"])
def test_columns_count_characters(before: str) -> None:
    only(f"agreements: {{x: {{title: {before}, «kimd»: sla, provider: a, customer: b, calendar: 24x7}}}}", "SC102", "did you mean 'kind'?")


def test_a_byte_order_mark_takes_no_column() -> None:
    assert str(catalogue(b"\xef\xbb\xbfagreement: {}").findings[0].at) == "a.yaml:1:1"


@pytest.mark.parametrize("value", ["«[a, b]»", "«{a: b}»", "\n    «- a»", "\n      «a: b»", "«[]»", "«{}»"])
def test_lists_and_mappings_are_pointed_at_whole(value: str) -> None:
    only(clauses(title=value), "SC102", "a single value belongs here")


def test_a_list_over_several_lines() -> None:
    found = catalogue(clauses(title="\n    - a\n    - bc")).findings[0]
    assert (found.at.line, found.at.column, found.at.end_line, found.at.end_column) == (8, 5, 9, 9)


def test_a_missing_value_is_pointed_at_where_it_would_stand() -> None:
    only(clauses(title="~").replace(": ~", ":«»"), "SC102", "not nothing")


# --- keys


def test_a_duplicate_key_names_both_places() -> None:
    found = only(
        clauses(title="a").replace("    title", "    service: s\n    title") + "    «service»: t\n",
        "SC101",
        "duplicate key 'service'",
        "only the first",
    )
    assert [(note.message, str(note.at)) for note in found.because] == [("first written here", "a.yaml:7:5")]


def test_a_duplicate_key_in_flow_and_quotes() -> None:
    only("metrics: {m: {like: response, «'like'»: update}}", "SC101", "duplicate key 'like'")


def test_every_duplicate_is_told() -> None:
    found = catalogue("metrics:\n" + "  m: {like: response}\n" * 5).findings
    assert [(f.code, f.at.line, f.because[0].at.line) for f in found] == [("SC101", line, 2) for line in (3, 4, 5, 6)]


def test_a_section_written_twice_is_still_read() -> None:
    """
    metrics: {m: {like: response}}
    «metrics»: {n: {like: m}, o: {like: n}}
    """
    only(test_a_section_written_twice_is_still_read.__doc__ or "", "SC101", "duplicate key 'metrics'", "write it once")


@pytest.mark.parametrize("key", ["«[a, b]»", "«{a: b}»", "? «- a»\n    "])
def test_a_key_that_is_no_text(key: str) -> None:
    only(WHOLE + f"    {key}: 1\n", "SC101", "a key is a text")


def test_keys_that_are_no_texts_are_no_duplicates() -> None:
    found = catalogue(WHOLE + "    [a]: 1\n    [a]: 2\n    {}: 3\n").findings
    assert [(f.code, f.at.line) for f in found] == [("SC101", 7), ("SC101", 8), ("SC101", 9)]


@pytest.mark.parametrize("key", ["~", "null", "''", "12:30", "NO"])
def test_a_key_that_is_unknown(key: str) -> None:
    only(WHOLE + f"    «{key}»: 1\n", "SC102", "has no")


# --- anchors, tags, documents


def test_an_anchor_that_contains_itself() -> None:
    only("agreements: &a\n  x: «*a»\n", "SC101", "cannot contain itself")
    only("agreements: &a {«*a» : x}\n", "SC101", "cannot contain itself")
    only("metrics: &a {m: {like: response, <<: «*a»}}\n", "SC101", "cannot contain itself")


def test_an_alias_without_an_anchor() -> None:
    only("agreements: {x: «*nope»}\n", "SC101", "*nope has no anchor")


def test_what_is_merged_must_be_a_mapping() -> None:
    only("metrics:\n  m: {like: response, <<: «3»}\n", "SC101", "<< merges mappings")


@pytest.mark.parametrize("tag", ["!!str", "!!python/object:os.system", "!foo", "!<tag:yaml.org,2002:str>", "!!binary", "!!timestamp"])
def test_a_tag_is_refused_and_its_value_read(tag: str) -> None:
    found = catalogue(clauses(title=f"{tag} x"))
    assert [(f.code, f.at.line, f.at.column) for f in found.findings] == [("SC101", 7, 12)]
    assert "is not part of this language" in found.findings[0].message
    assert found.agreements["x"].title is not None


def test_an_alias_bomb() -> None:
    bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 40))
    started = time.process_time()
    root, findings, _ = compose(bomb, "a.yaml")
    assert isinstance(root, Mapping)
    assert [f.message for f in findings] == ["aliases stand for more than 100,000 values in this file: write them out"]
    assert time.process_time() - started < 2


def test_a_merge_bomb() -> None:
    keys = ", ".join(f"k{i}: 1" for i in range(1000))
    bomb = f"m0: &m0 {{{keys}}}\n" + "".join(f"m{i}: &m{i} {{<<: [{', '.join([f'*m{i - 1}'] * 100)}]}}\n" for i in range(1, 30))
    _, findings, _ = compose(bomb, "a.yaml")
    assert [f.message[:40] for f in findings] == ["aliases stand for more than 100,000 value"[:40]]


def test_a_second_document_is_told_and_left_out() -> None:
    found = only("metrics: {m: {like: response}}\n«---»\nagreements: {x: 1}\n", "SC101", "a second document begins here")
    assert found.at.line == 2


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n# and another", "\ufeff", "   "])
def test_an_empty_file(text: str) -> None:
    only("«»" + text if text != "\ufeff" else "«»", "SC101", "the file is empty")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("«abc»", "a single value"),
        ("«[a]»", "a list"),
        ("«- a»", "a list"),
        ("«~»", "nothing"),
        ("---\n«»", "nothing"),
        ("«'a: b'»", "a single value"),
    ],
)
def test_a_root_that_is_no_mapping(text: str, kind: str) -> None:
    only(text, "SC101", "a file is a mapping with policy, calendars", kind)


# --- what is no YAML: where, why, and that the rest is read


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("    title: a«:» b\n", ["mapping values are not allowed", "put quotes around a text that has ': ' in it"]),
        ("«\t»title: a\n", ["a tab, where YAML indents with spaces"]),
        ("    title: «@»home\n", ["cannot start any token", "put quotes around it"]),
        ("    title: «`»x\n", ["put quotes around it"]),
        ("    title: «%»x\n", ["put quotes around it"]),
        ("    title: [a, b\n    service«:» c\n", ["while parsing a flow sequence"]),
        ("    term: {from: 2026-01-01\n    service«:» c\n", ["did not find expected ',' or '}'"]),
        ('    title: «"»abc\n    service: c\n', ["while scanning a quoted scalar"]),
        ("    title: «'»abc\n", ["while scanning a quoted scalar"]),
        ("   «service»: c\n".replace("«s", "«s»").replace("e»", "e"), ["did not find expected key"]),
        ('    title: "«\\»q"\n', ["unknown escape character"]),
        ('    title: "\\u«d»800"\n', ["invalid Unicode character escape"]),
        ("    title: |9«x»\n", ["block scalar"]),
        ("    title: " + "[" * 70 + "\n", ["nested deeper than 64 levels"]),
    ],
)
def test_what_is_no_yaml_costs_one_definition(broken: str, words: list[str]) -> None:
    text = (
        "metrics:\n  m: {like: response}\n"
        + WHOLE
        + broken
        + "  other:\n    extends: x\n  z:\n    «knd»: sla\n".replace("«", "").replace("»", "")
        + "teams:\n  t: {staff: 3}\n"
    )
    if "«" not in broken:
        text = text.replace("[" * 70, "[" * 61 + "«[»" + "[" * 8)
    plain, at = unmarked(text)
    found = catalogue(plain)
    first = [f for f in found.findings if f.code == "SC101"]
    assert [(f.at, f.message.split("; ")[-1]) for f in first] == [(at, "the definition around it is not read")], found.findings
    assert all(word in first[0].message for word in words), first[0].message
    assert {f.message.split("(")[0] for f in found.findings[1:]} == {
        "an agreement has no 'knd' ",
        "an agreement needs 'provider'",
        "an agreement needs 'customer'",
        "an agreement needs 'calendar'",
    }
    assert set(found.teams) == {"t"}
    assert "x" in found.broken
    assert "m" in found.metrics


def test_a_quote_that_swallows_the_next_definitions() -> None:
    """
    metrics:
      a: {like: "response}
      b: {like: "respnse"}
      c: {like: "updat"}
    """
    codes = {(f.code, f.at.line) for f in catalogue(test_a_quote_that_swallows_the_next_definitions.__doc__ or "").findings}
    assert codes == {("SC101", 4), ("SC104", 4), ("SC104", 5)}


def test_each_broken_definition_is_told() -> None:
    text = "metrics:\n" + "".join(f"  m{i}: {{like: @x}}\n  n{i}: {{like: m{i}}}\n" for i in range(5))
    assert [(f.code, f.at.line, f.at.column) for f in catalogue(text).findings] == [("SC101", 2 * i + 2, 14) for i in range(5)]


def test_a_broken_section_does_not_hide_the_next() -> None:
    text = "agreements: {x: {kind: sla,,}}\nmetrics: {m: {like: nothing}}\n"
    assert [(f.code, f.at.line) for f in catalogue(text).findings] == [("SC101", 1), ("SC104", 2)]


def test_a_tab_at_the_only_definition() -> None:
    only("agreements:\n«\t»x: 1\n", "SC101", "a tab, where YAML indents with spaces")


def test_so_many_mistakes_that_reading_stops() -> None:
    found = catalogue("metrics:\n" + "".join(f"  m{i}: {{like: @x}}\n" for i in range(50)))
    assert len(found.findings) == 20
    assert found.findings[-1].message.endswith("what follows in this file is not read")


def test_names_that_a_cut_definition_may_have_anchored() -> None:
    text = "plans:\n  p: &p {fee: @x}\n  q: {<<: *p}\n"
    assert [(f.code, f.at.line) for f in catalogue(text).findings] == [("SC101", 2)]


# --- characters


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x80", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\U0010ffff"]
)
def test_a_character_that_may_not_stand_in_a_file(character: str) -> None:
    text = clauses(title=f"é a«{character}»b", service=character.join("ab"))
    plain = text.replace(character.join("ab"), "s") + "    «servise»: x\n".replace("«", "").replace("»", "")
    bare, at = unmarked(plain)
    found = catalogue(bare)
    assert [(f.code, str(f.at)) for f in found.findings] == [("SC101", str(at)), ("SC102", "a.yaml:9:5")]
    assert f"U+{ord(character):04X}" in found.findings[0].message
    assert found.agreements["x"].title is None


def test_a_forbidden_character_is_told_on_each_line_up_to_twenty() -> None:
    assert len(catalogue("# \0\0\n" * 100 + WHOLE).findings) == 20


@pytest.mark.parametrize("escape", ["\\0", "\\x00", "\\u0000"])
def test_an_escaped_nul(escape: str) -> None:
    only(clauses(title=f'«"{escape}x"»'), "SC101", "U+0000")
    only(WHOLE + f'    «"{escape}title"»: x\n', "SC101", "U+0000")
    only(f'agreements: {{«"{escape}x"»: {{}}}}', "SC101", "U+0000")
    only(f'«"{escape}"»: {{}}', "SC101", "U+0000")


def test_bytes_that_are_no_utf8() -> None:
    found = catalogue(clauses(title="Zürich, café", servic="x").encode("latin-1"))
    assert [(f.code, f.at.line, f.at.column, f.at.end_column) for f in found.findings] == [("SC101", 7, 13, 14), ("SC102", 8, 5, 11)]
    assert found.findings[0].message == "not UTF-8: the byte 0xfc stands for no character; save the file as UTF-8"
    assert set(found.agreements) == {"x"}


def test_a_bad_byte_after_a_byte_order_mark() -> None:
    found = catalogue(b"\xef\xbb\xbfmetrics: {m: \xff}").findings
    assert [(f.message[:28], f.at.line, f.at.column) for f in found] == [("not UTF-8: the byte 0xff sta", 1, 14)]


@pytest.mark.parametrize("content", [b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80"])
def test_other_bytes_that_are_no_utf8(content: bytes) -> None:
    found = catalogue(b"metrics: {m: {like: response, unit: " + content + b"}}").findings
    assert (found[0].code, found[0].at.column) == ("SC101", 37)
    assert found[0].message.startswith(f"not UTF-8: the byte 0x{content[0]:02x}")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_other_encodings(encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = catalogue(mark + "metrics: {}".encode(encoding)).findings
    assert {f.code for f in found} == {"SC101"}
    assert "UTF-16" in found[0].message or "U+0000" in found[0].message


def test_a_decoded_text_is_as_long_as_what_was_written() -> None:
    text, findings = decoded("é\0漢\u2028".encode() + b"\xff\r\n\x07", "a.yaml")
    assert text == f"é{MARK}漢{MARK}{MARK}\r\n{MARK}"
    assert [(f.at.line, f.at.column) for f in findings] == [(1, 5), (1, 2), (2, 1)]


def test_no_character_at_all_stops_the_parser() -> None:
    """Whatever Unicode has stands between two values; the parser finds the second on the line that we do."""
    for start in range(0, 0x11000, 64):
        text = "".join(chr(point) for point in range(start, start + 64) if not 0xD800 <= point < 0xE000)
        readable, _ = decoded(f"a: x\n# {text}\n".encode(), "a.yaml")
        lines = readable.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        root, _, _ = compose(readable + "b: y", "a.yaml")
        if isinstance(root, Mapping) and (entry := root.entry("b")):
            assert entry.key.span.line == lines


# --- size


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(" " * i + "a:\n" for i in range(1000)),
        "a: " + "[" * 100_000,
    ],
)
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    found = catalogue(text)
    assert "nested deeper than 64 levels" in found.findings[0].message
    assert all_inside(found)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 5_000_000,
        b"\xff" * 5_000_000,
        b"'" * 5_000_000,
        b"agreements: {x: {title: " + b"x" * 5_000_000 + b"}}",
        b"agreements: {x: {kind: " + b"9" * 5_000_000 + b"}}",
        b"agreements: {x: {demand: {P1: " + b"9" * 5_000_000 + b"/month}, fee: " + b"1" * 1_000_000 + b" EUR}}",
        b"calendars: {x: {timezone: UTC, hours: {mon: '" + b"09:00-10:00," * 200_000 + b"'}}}",
        b"#" * 5_000_000,
        b"\n" * 5_000_000,
        b"agreements:\n  x: {\n" * 100_000,
    ],
    ids=["nul", "bytes", "quotes", "text", "number", "amounts", "windows", "comment", "lines", "errors"],
)
def test_a_large_file_takes_bounded_time(content: bytes) -> None:
    started = time.process_time()
    found = catalogue(content)
    assert found.findings
    assert all_inside(found)
    assert all(len(f.message) < 1000 for f in found.findings)
    assert time.process_time() - started < 6
