"""The pictures of the chain: laws on what they show, and that nothing overlaps, leaves its box or depends on the machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from slachain.decisions.agreement_lines import agreement_lines
from slachain.decisions.promise_lines import promise_line
from slachain.decisions.report import AgreementLine, PromiseLine, RelianceLine, Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.values import replace
from slachain.render.anchors import key_of
from slachain.render.chain.drawing import Box
from slachain.render.chain.graph import Graph, drawable, focus, overview
from slachain.render.chain.layout import Frame, Line, Plan, layout
from slachain.render.chain.parties import MOST_BONDS, MOST_PARTIES
from slachain.render.chain.ways import way
from slachain.render.lettering import SIZES, fitted, one_line, width, wrapped
from slachain.render.templates import fill
from slachain.study import Study
from tests.catalogue import study
from tests.catalogues import AS_OF, Raw, catalogues, to_yaml
from tests.render.catalogue_of_amounts import CATALOGUE as AMOUNTS
from tests.style import ROOT

HOURS = ("around the clock", "Mon-Fri 09:00-17:30 Europe/London", "Mon-Fri 08:00-18:00 America/Argentina/Buenos_Aires")
SMALL = """
agreements:
  promise: {kind: sla, provider: us, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [desk]}
  desk: {kind: ola, provider: desk, customer: us, calendar: 24x7, relies_on: [{agreement: tier2, after: {P1: 30m}, share: 100%}]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 9h}}}
"""


@cache
def small() -> Report:
    return report(study(SMALL))


# Lines made from real ones, so that they have every field there is.


def agreement(id: str, tier: int, provider: str, kind: str = "ola", customer: str = "us", **more: Any) -> AgreementLine:
    made = replace(small().agreements[0], id=id, title=id, kind=kind, provider=provider, customer=customer, tier=tier)
    return replace(made, **{"clock": HOURS[len(id) % 3], "promises": kind == "sla", "relies_on": (), **more})


def reliance(to: str, *after: tuple[str, str], place: str = "relies_on[0]", **more: Any) -> RelianceLine:
    made = next(line for agreement in small().agreements for line in agreement.relies_on)
    return replace(made, **{"to": to, "after": after, "share": None, "place": place, **more})


def promise(of: AgreementLine, verdict: str, path: tuple[str, ...], priority: str = "P1", cause: str | None = None) -> PromiseLine:
    made = small().promises[0]
    assert made.worst_case is not None
    hands_over, finishes = made.worst_case.steps[0], made.worst_case.steps[-1]
    steps = [replace(hands_over, agreement=one, to_agreement=other) for one, other in pairwise(path[1:])]
    case = replace(made.worst_case, path=path, steps=(*steps, replace(finishes, agreement=path[-1], clock=HOURS[1])))
    return replace(
        made, agreement=of.id, title=of.title, customer=of.customer, priority=priority, verdict=verdict, cause=cause, worst_case=case
    )


def report_of(agreements: list[AgreementLine], promises: list[PromiseLine]) -> Report:
    return replace(small(), agreements=tuple(sorted(agreements, key=lambda a: a.id)), promises=tuple(promises), findings=())


@cache
def synthetic(customers: int, internal: int, teams: int, vendors: int, lines_of_business: int = 5) -> Report:
    """Teams in four layers over vendors, most within a line of business; customers on top with three promises each."""
    random, layers = Random(7), 4
    found: dict[str, AgreementLine] = {}
    business: dict[str, int] = {}
    for n in range(vendors):
        made = agreement(f"vendor-{n}-contract", layers + 1, f"vendor-{n}", "uc")
        found[made.id], business[made.id] = made, n % lines_of_business
    for n in range(internal):
        layer, line = layers - n * layers // internal, n % lines_of_business
        below = sorted(id for id, one in found.items() if layer < one.tier <= layer + 2)
        near = [id for id in below if business[id] == line] or below
        picked = {random.choice(near if random.random() < 0.9 else below) for _ in range(random.choice([1, 1, 2, 3]))}
        share = random.choice([None, None, "15%"])
        reliances = (reliance(to, ("P1", "30m"), ("P2", "4h"), share=share, place=f"relies_on[{i}]") for i, to in enumerate(sorted(picked)))
        team = f"team-{layer}-{line}-{random.randrange(max(teams // layers // lines_of_business, 1))}"
        made = agreement(f"ola-{n:03}", layer, team, relies_on=tuple(reliances), title=f"Operations of platform {n}, around the world")
        found[made.id], business[made.id] = made, line
    upper = sorted(id for id, one in found.items() if one.tier == 1)
    promises = []
    for n in range(customers):
        desks = [id for id in upper if business[id] == n % lines_of_business] or upper
        picked = {random.choice(desks[:2]), random.choice(desks[:2])}
        made = agreement(f"customer-{n:03}-gold", 0, "us", "sla", f"customer-{n:03}", relies_on=tuple(map(reliance, sorted(picked))))
        found[made.id] = made
        promises += [promise_of(made, priority, found, random) for priority in ("P1", "P2", "P3")]
    return report_of(list(found.values()), promises)


def promise_of(made: AgreementLine, priority: str, found: dict[str, AgreementLine], random: Random) -> PromiseLine:
    """A promise on some path down; one in two dozen a gap."""
    verdict = random.choice(["gap", "tolerated", *["holds"] * 22])
    path = [made.id]
    while found[path[-1]].relies_on:
        path.append(random.choice(found[path[-1]].relies_on).to)
    return promise(made, verdict, tuple(path), priority, "commitment" if verdict == "gap" else None)


# --- what is looked at -----------------------------------------------------------------------------------------------


@cache
def example() -> Report:
    files = {path.name: path.read_bytes() for path in sorted((ROOT / "agreements").glob("*.yaml"))}
    return report(Study.of(load(files), date(2026, 1, 1)))


@cache
def of_amounts() -> Report:
    return report(study(AMOUNTS))


def of(found: Report, agreement: str, metric: str, priority: str = "*") -> PromiseLine:
    return next(p for p in found.promises if (p.agreement, p.metric, p.priority) == (agreement, metric, priority))


def focused(found: Report, line: PromiseLine, links: dict[str, str] | None = None) -> Graph:
    graph = focus(found, line, links or {})
    assert graph is not None
    return graph


def overviewed(found: Report, **links: Any) -> Graph:
    graph = overview(found, links.pop("links", {}), **links)
    assert graph is not None
    return graph


def svg(graph: Graph) -> str:
    return fill("graph.svg.j2", graph=graph, id="here")


def lines_of(box: Box) -> list[str]:
    return [text.text for text in box.texts]


def names(graph: Graph) -> list[str]:
    return [box.texts[0].text for box in graph.boxes]


def box_of(graph: Graph, name: str) -> Box:
    return next(box for box in graph.boxes if box.texts[0].text == name)


def edges(found: Report) -> set[tuple[str, str]]:
    return {(agreement.id, line.to) for agreement in found.agreements for line in agreement.relies_on}


def kinds(graph: Graph) -> list[str]:
    return [arrow.kind for arrow in graph.arrows]


def apart(one: Box, other: Box) -> bool:
    return abs(one.x - other.x) >= (one.width + other.width) // 2 or abs(one.y - other.y) >= (one.height + other.height) // 2


def assert_sound(graph: Graph) -> None:
    """Nothing overlaps, everything lies inside the picture, and all text in its box."""
    assert all(apart(one, other) for one, other in combinations(graph.boxes, 2))
    for box in graph.boxes:
        assert box.width // 2 <= box.x <= graph.width - graph.left - box.width // 2
        assert box.height // 2 <= box.y <= graph.height - box.height // 2
        for text in box.texts:
            assert width(text.text, text.kind) <= box.width - 8
            assert -box.height // 2 + SIZES[text.kind] <= text.y <= box.height // 2 - 4
    for label in (arrow.label for arrow in graph.arrows if arrow.label):
        half = width(label.text, "q") // 2
        assert half <= label.x <= graph.width - graph.left - half
        assert SIZES["q"] <= label.y <= graph.height


# --- one promise -----------------------------------------------------------------------------------------------------


def assert_law(found: Report, line: PromiseLine, graph: Graph) -> None:
    """Every edge is the catalogue's, the whole way is there, and of a gap exactly the way fails."""
    drawn = {(row.start, row.to) for row in graph.rows}
    on_way = set(way(line, {agreement.id: agreement for agreement in found.agreements}))
    assert drawn <= edges(found)
    assert on_way <= drawn
    assert {(row.start, row.to) for row in graph.rows if row.breaks} == (on_way if line.verdict == "gap" else set())
    assert ("f" in kinds(graph)) == (line.verdict == "gap")
    assert all((arrow.label is not None and arrow.label.text.startswith("✗")) == (arrow.kind == "f") for arrow in graph.arrows)
    assert {fitted(id, 224, "b") for id in (line.worst_case.path if line.worst_case else ())} <= set(names(graph))
    assert all(box.y > graph.boxes[0].y for box in graph.boxes[1:])


@pytest.mark.parametrize("found", [example, of_amounts, lambda: synthetic(4, 6, 4, 3), lambda: synthetic(30, 40, 15, 12)])
def test_every_promise_has_a_sound_picture(found: Any) -> None:
    for line in found().promises[:30]:
        graph = focused(found(), line)
        assert_law(found(), line, graph)
        assert_sound(graph)


@settings(max_examples=6)
@given(catalogues())
def test_any_catalogue_can_be_drawn(catalogue: Raw) -> None:
    read = Study.of(load({"a.yaml": to_yaml(catalogue).encode()}), AS_OF)
    lines = [promise_line(read, verdict, fixes=False) for verdict in read.verdicts]
    found = report_of(list(agreement_lines(read, {})), lines)
    for line in lines:
        graph = focused(found, line)
        assert_law(found, line, graph)
        assert_sound(graph)
    if found.agreements:
        assert_sound(overviewed(found))


def test_the_way_of_the_worst_ticket_is_told_from_the_customer_down() -> None:
    graph = focused(example(), of(example(), "novapay-gold", "resolution", "P2"))
    assert [lines_of(box)[0] for box in graph.boxes[:5]] == ["novapay", "novapay-gold", "desk", "tier2", "hosting"]
    assert lines_of(graph.boxes[0])[1:] == ["resolution P2 within 8h", "✗ Gap"]
    assert "hands over within 1h" in lines_of(box_of(graph, "desk"))
    assert "finishes within 4h" in lines_of(box_of(graph, "hosting"))
    assert "nordhost · around the clock" in lines_of(box_of(graph, "hosting"))
    assert [box.x for box in graph.boxes[:5]] == [graph.boxes[0].x] * 5
    assert sorted(box.y for box in graph.boxes[:5]) == [box.y for box in graph.boxes[:5]]
    rows = {(row.start, row.to): (row.hand_over, row.share) for row in graph.rows}
    assert rows["desk", "tier2"] == ("1h", "100%")
    assert rows["tier2", "hosting"] == ("4h", "15%")


def test_the_way_stands_left_of_all_beside_it() -> None:
    for line in example().promises:
        graph = focused(example(), line)
        on_way = [box for box in graph.boxes if " o" not in box.kind]
        beside = [box for box in graph.boxes if " o" in box.kind]
        assert all(one.x < other.x for one in on_way for other in beside if one.y == other.y)


def test_the_step_that_breaks_a_promise_is_marked_by_a_sign() -> None:
    graph = focused(example(), of(example(), "novapay-gold", "fix"))
    assert "k" in box_of(graph, "development").kind.split()
    assert "✗ finishes within 15bd" in lines_of(box_of(graph, "development"))
    assert [box for box in graph.boxes if "k" in box.kind.split()] == [box_of(graph, "development")]
    missing = focused(example(), of(example(), "novapay-gold", "update", "P3"))
    assert "✗ commits to no update" in lines_of(box_of(missing, "desk"))


def test_groups_are_drawn_and_other_metrics_are_told() -> None:
    graph = focused(example(), of(example(), "novapay-gold", "availability"))
    group = box_of(graph, "any of")
    assert box_of(graph, "tier2").y < group.y < box_of(graph, "line-north").y
    assert "commits to 99.5% a month" in lines_of(box_of(graph, "line-north"))
    assert [row.remark for row in graph.rows if row.to in ("line-north", "development")] == ["any of", "only fix"]
    assert [arrow.label.text for arrow in graph.arrows if arrow.kind == "x" and arrow.label] == ["only fix"]


def test_all_that_supplies_an_amount_is_on_its_way() -> None:
    line = of(of_amounts(), "acme-gold", "availability")
    graph = focused(of_amounts(), line)
    assert {(row.start, row.to) for row in graph.rows if row.breaks} == {("acme-gold", "web"), ("acme-gold", "database")}
    assert kinds(graph).count("f") == 3


def test_a_promise_with_nobody_behind_it_is_a_picture_of_two() -> None:
    line = of(of_amounts(), "alone", "availability")
    assert line.verdict == "unsupported"
    assert names(focused(of_amounts(), line)) == ["alone", "alone"]


def test_a_crowd_is_left_out_and_counted() -> None:
    crowd = [agreement(f"vendor-{n}", 2, f"vendor-{n}", "uc") for n in range(60)]
    hub = agreement("hub", 1, "hub", relies_on=tuple(reliance(one.id, place=f"relies_on[{n}]") for n, one in enumerate(crowd)))
    acme = [agreement(f"acme-{n}", 0, "us", "sla", "acme", relies_on=(reliance("hub"),)) for n in range(50)]
    line = promise(acme[0], "gap", ("acme-0", "hub", "vendor-7"))
    graph = focused(report_of([*crowd, hub, *acme], [line]), line)
    assert len(graph.boxes) == 4 + 6 + 3
    assert graph.notes == ("99 agreements next to these not drawn.",)
    assert_sound(graph)


def test_an_endless_way_is_told_from_both_ends() -> None:
    chain = [agreement(f"a{n}", n, "us", "ola" if n else "sla", relies_on=(reliance(f"a{n + 1}"),) if n < 199 else ()) for n in range(200)]
    line = promise(chain[0], "gap", tuple(one.id for one in chain), cause="commitment")
    graph = focused(report_of(chain, [line]), line)
    assert names(graph)[1:21] == [f"a{n}" for n in range(20)]
    assert names(graph)[-20:] == [f"a{n}" for n in range(180, 200)]
    assert graph.notes == ("160 agreements in the middle of the way not drawn.",)
    assert_sound(graph)


def test_hand_overs_of_other_priorities_are_told_as_a_range() -> None:
    desk = agreement("desk", 1, "desk", relies_on=(reliance("team", ("High", "30m"), ("Low", "90s")),))
    acme = agreement(
        "acme", 0, "us", "sla", "acme", relies_on=(reliance("desk"), reliance("team", ("*", "1bd"), ("P1", "2h"), place="relies_on[1]"))
    )
    line = replace(promise(acme, "holds", ("acme", "desk")), worst_case=None)
    graph = focused(report_of([acme, desk, agreement("team", 2, "team")], [line]), line)
    assert [row.hand_over for row in graph.rows] == ["", "2h"]
    line = promise(acme, "holds", ("acme", "desk"))
    graph = focused(report_of([acme, desk, agreement("team", 2, "team")], [line]), line)
    assert [row.hand_over for row in graph.rows] == ["", "2h", "90s–30m"]


def test_groups_in_groups_lead_to_one_another() -> None:
    lines = (
        reliance("a", how="any_of", place="relies_on[0].any_of"),
        reliance("b", how="all_of", place="relies_on[0].any_of.all_of"),
        reliance("c", ("*", "1h"), how="all_of", place="relies_on[0].any_of.all_of"),
    )
    found = [agreement("sla", 0, "us", "sla", "acme", relies_on=lines), *(agreement(id, 1, id) for id in "abc")]
    line = promise(found[0], "gap", ("sla", "c"))
    graph = focused(report_of(found, [line]), line)
    assert [box.texts[0].text for box in sorted(graph.boxes, key=lambda box: box.y)][:4] == ["acme", "sla", "any of", "all of"]
    assert [row.remark for row in graph.rows] == ["all of in any of", "any of", "all of in any of"]
    assert kinds(graph).count("f") == 4
    assert {box.texts[0].text for box in graph.boxes if "f" in box.kind.split()} == {"sla", "any of", "all of", "c"}
    assert_sound(graph)


# --- the whole catalogue ---------------------------------------------------------------------------------------------


SIZES_OF_CATALOGUES = [(4, 6, 4, 3), (100, 100, 40, 20), (100, 200, 60, 40)]


def counted(graph: Graph, sign: str) -> int:
    return sum(int(number) for box in graph.boxes for line in lines_of(box) for number in re.findall(rf"{sign} (\d+)", line))


@pytest.mark.parametrize("size", SIZES_OF_CATALOGUES)
def test_customers_stand_above_all_and_vendors_below(size: tuple[int, ...]) -> None:
    graph = overviewed(synthetic(*size))
    assert_sound(graph)
    depths = {shape: [box.y for box in graph.boxes if box.kind[0] == shape] for shape in "ctv"}
    assert max(depths["c"]) < min(depths["t"])
    assert max(depths["t"]) < min(depths["v"])
    assert [text.text for text in graph.layers] == ["Customers", "Teams", "Vendors"]
    assert all(text.x + width(text.text, "b") <= 0 for text in graph.layers)


@pytest.mark.parametrize("size", SIZES_OF_CATALOGUES)
def test_every_promise_is_counted_once(size: tuple[int, ...]) -> None:
    found = synthetic(*size)
    graph = overviewed(found)
    assert [counted(graph, sign) for sign in "✗≈✓"] == [found.count(verdict) for verdict in ("gap", "tolerated", "holds")]


def test_the_example_by_parties() -> None:
    graph = overviewed(example())
    assert names(graph)[:5] == ["fenwick", "larkspur", "novapay", "service-desk", "engineering"]
    assert lines_of(graph.boxes[0]) == ["fenwick", "9 promises", "✗ 1 · ≈ 1 · ✓ 7"]
    assert {(row.start, row.to) for row in graph.rows if row.breaks} == {
        ("fenwick", "service-desk"),
        ("novapay", "service-desk"),
        ("service-desk", "engineering"),
        ("engineering", "development"),
        ("engineering", "nordhost"),
    }
    assert next(row for row in graph.rows if row.to == "engineering").hand_over == "30m–4h"
    assert next(row for row in graph.rows if row.to == "nordhost").breaks == "novapay-gold resolution P2"
    assert kinds(graph).count("f") == 5
    assert graph.notes == ()


def test_what_is_promised_and_relied_on_is_drawn_once_as_its_providers() -> None:
    inner = agreement("inner", 1, "platform", "sla", "sales", relies_on=(reliance("cable"),))
    outer = agreement("outer", 0, "sales", "sla", "acme", relies_on=(reliance("inner"),))
    found = report_of(
        [inner, outer, agreement("cable", 2, "telco", "uc")],
        [promise(inner, "gap", ("inner", "cable")), promise(outer, "holds", ("outer", "inner", "cable"))],
    )
    graph = overviewed(found)
    assert names(graph) == ["acme", "platform", "telco"]
    assert lines_of(box_of(graph, "platform")) == ["platform", "1 agreement", "1 promise", "✗ 1"]
    assert [row.breaks for row in graph.rows] == ["", "inner resolution P1"]


def test_customers_who_rely_on_the_same_with_the_same_verdict_are_one() -> None:
    desk = agreement("desk", 1, "desk")
    slas = [agreement(f"sla-{n}", 0, "us", "sla", f"customer-{n}", relies_on=(reliance("desk"),)) for n in range(40)]
    promises = [promise(one, "gap" if n < 3 else "holds", (one.id, "desk")) for n, one in enumerate(slas)]
    graph = overviewed(report_of([desk, *slas], promises), promises={key_of(promises[0]): "#first"})
    assert sorted(names(graph)) == ["3 customers with gaps", "37 customers, all kept", "desk"]
    assert box_of(graph, "3 customers with gaps").link == "#first"
    assert graph.notes == ("Customers who rely on the same parties with the same verdict are drawn as one.",)
    assert overviewed(report_of([desk, *slas[:12]], promises[:12])).notes == ()


def test_circles_between_parties_are_drawn_upwards() -> None:
    found = report_of(
        [
            agreement("sla", 0, "us", "sla", "acme", relies_on=(reliance("a1"),)),
            agreement("a1", 1, "alpha", relies_on=(reliance("b1"), reliance("a2", place="relies_on[1]"))),
            agreement("b1", 2, "beta", relies_on=(reliance("a2"), reliance("v", place="relies_on[1]"))),
            agreement("a2", 3, "alpha"),
            agreement("v", 3, "vendor", "uc", relies_on=(reliance("b1"),)),
        ],
        [],
    )
    graph = overviewed(found)
    assert names(graph) == ["acme", "alpha", "beta", "vendor"]
    assert sorted(box.y for box in graph.boxes) == [box.y for box in graph.boxes]
    assert ("beta", "alpha") in {(row.start, row.to) for row in graph.rows}
    assert ("vendor", "beta") in {(row.start, row.to) for row in graph.rows}
    assert_sound(graph)


@pytest.mark.parametrize(("deep", "wide"), [(1, 2000), (1000, 1)])
def test_the_picture_of_a_huge_catalogue_is_bounded_and_says_so(deep: int, wide: int) -> None:
    below: tuple[str, ...] = ()
    found: list[AgreementLine] = []
    for tier in range(deep, 0, -1):
        layer = [agreement(f"ola-{tier}-{n}", tier, f"team-{tier}-{n}", relies_on=tuple(map(reliance, below))) for n in range(wide)]
        found, below = [*found, *layer], tuple(one.id for one in layer)
    found.append(agreement("sla", 0, "us", "sla", "acme", relies_on=tuple(map(reliance, below))))
    graph = overviewed(report_of(found, []))
    assert len(graph.boxes) <= MOST_PARTIES
    assert len(graph.arrows) <= MOST_BONDS
    assert any("with the fewest agreements are drawn together" in note for note in graph.notes)
    assert_sound(graph)


# --- markup ----------------------------------------------------------------------------------------------------------

HOSTILE = [
    '"quotes" & \\N\\G\\\\',
    "</text></svg><script>alert(1)</script>",
    "<<TABLE><TR><TD>html</TD></TR></TABLE>>",
    "line\nbreak\ttab",
    "x" * 400,
    "שלום עולם \u202eoverride",
    "👩‍👩‍👧‍👦🚀 a\u0301\u0301\u0301\u0301",
    "n0];graph{a->b}",
    "{{ 7 * 7 }}{% raw %}",
    "",
]


def hostile() -> tuple[Report, PromiseLine]:
    ids = [f"{n}{text}" for n, text in enumerate(HOSTILE)]
    found = [
        agreement(
            id, n, text, "sla" if n == 0 else "ola", text, title=f"{text} again", clock=text, relies_on=tuple(chained(ids[n + 1 : n + 3]))
        )
        for n, (id, text) in enumerate(zip(ids, HOSTILE, strict=True))
    ]
    line = promise(found[0], "gap", tuple(ids), priority=HOSTILE[1])
    return report_of(found, [line]), line


def chained(below: list[str]) -> Iterator[RelianceLine]:
    for to in below:
        yield reliance(to, (HOSTILE[1], HOSTILE[0]), share=HOSTILE[1], how="any_of", place="relies_on[0].any_of")


def test_hostile_text_is_text() -> None:
    found, line = hostile()
    links = dict.fromkeys((agreement.id for agreement in found.agreements), '#"><script>')
    for graph in (focused(found, line, links), overviewed(found, links=links)):
        assert_sound(graph)
        root = ElementTree.fromstring(svg(graph))
        assert {element.tag for element in root.iter()} <= {"svg", "title", "desc", "text", "path", "g", "a"}
        assert {name for element in root.iter() for name in element.attrib} <= {
            *("class", "role", "width", "height", "viewBox", "aria-labelledby", "aria-describedby"),
            *("id", "x", "y", "d", "transform", "href"),
        }
        assert not re.search("[\n\u202e]", "".join(text.text or "" for text in root.iter("text")))


def test_a_picture_tells_what_it_is_and_is_one_image_where_nothing_leads_anywhere() -> None:
    root = ElementTree.fromstring(svg(overviewed(example())))
    assert (root.get("role"), root.get("aria-labelledby"), root[0].get("id")) == ("img", "here.title", "here.title")
    assert root[1].text == (
        "From above to below: 3 customers, 3 teams, 3 vendors. Promises break where these rely on others: fenwick on service-desk; "
        "novapay on service-desk; engineering on development; engineering on nordhost; service-desk on engineering."
    )
    linked = ElementTree.fromstring(svg(overviewed(example(), parties={"novapay": "#novapay"}, links={"desk": "#desk"})))
    assert linked.get("role") == "group"
    assert [link.get("href") for link in linked.iter("a")] == ["#novapay", "#desk"]


def test_the_description_of_a_promise_tells_its_way() -> None:
    graph = focused(example(), of(example(), "novapay-gold", "resolution", "P1"))
    assert graph.title == "The chain behind Novapay, payments platform, Gold: resolution P1"
    assert graph.description == (
        "novapay is promised resolution P1 of 4h: gap. The worst ticket goes from novapay-gold to desk to tier2. desk hands over to tier2 "
        "within 30m, around the clock. tier2 finishes within 3h, Mon-Fri 09:00-17:30 Europe/London. Beside: hosting, development, "
        "line-north, line-south, fenwick-silver, larkspur-bronze."
    )


def test_no_colours_and_no_styles_in_the_markup_and_few_bytes() -> None:
    graph = focused(example(), of(example(), "novapay-gold", "update", "P3"))
    markup = svg(graph)
    assert len(graph.boxes) == 6
    assert len(markup.encode()) < 3300
    assert not re.search(r"style|fill|stroke|#[0-9a-f]{3}|\d\.\d", markup)


def test_the_same_report_gives_the_same_bytes() -> None:
    line = of(example(), "novapay-gold", "fix")
    before = svg(focused(example(), line)), svg(overviewed(synthetic(100, 100, 40, 20)))
    layout.cache_clear()
    assert (svg(focused(example(), line)), svg(overviewed(synthetic(100, 100, 40, 20)))) == before


def test_nothing_is_said_aside(capfd: pytest.CaptureFixture[str]) -> None:
    """Graphviz writes its complaints to standard error itself."""
    layout.cache_clear()
    overviewed(synthetic(100, 100, 40, 20))
    found, line = hostile()
    focused(found, line)
    assert capfd.readouterr() == ("", "")


def test_without_graphviz_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    drawable.cache_clear()
    try:
        assert not drawable()
        assert overview(example(), {}) is None
        assert focus(example(), example().promises[0], {}) is None
    finally:
        drawable.cache_clear()


def test_every_class_has_a_colour() -> None:
    css = Path(ROOT / "templates" / "graph.css").read_text(encoding="utf-8")
    drawn = [focused(example(), line) for line in example().promises] + [overviewed(example())]
    used = {name for graph in drawn for kind in (*kinds(graph), *(box.kind for box in graph.boxes)) for name in kind.split()}
    assert {name for name in used if f".{name}" not in css} == set()


# --- the layout ------------------------------------------------------------------------------------------------------


def test_lines_that_go_up_or_sideways_are_drawn() -> None:
    """dot itself has ended its process over labelled lines within a rank."""
    frames = (Frame(80, 40, 0), Frame(80, 40, 1), Frame(80, 40, 1))
    plan = Plan(frames, (Line(0, 1, None), Line(2, 0, (30, 18)), Line(1, 2, (30, 18)), Line(2, 1, (30, 18))), upright=False)
    upper, left, right = (layout(plan).middles[n] for n in (0, 1, 2))
    down, up, across, _ = layout(plan).curves
    assert down.points[0][1] < down.tip[1] <= left[1]
    assert up.points[0][1] > up.tip[1] >= upper[1]
    assert (across.points[0][1], across.tip[1]) == (left[1], right[1])
    assert all(curve.label for curve in (up, across))


def test_no_plan_is_too_much(capfd: pytest.CaptureFixture[str]) -> None:
    for seed in range(40):
        random = Random(seed)
        count = random.choice([2, 5, 12, 25])
        frames = tuple(Frame(60 + 2 * random.randrange(90), 52, random.randrange(4), leads=random.random() < 0.2) for _ in range(count))
        pairs = {(random.randrange(count), random.randrange(count)) for _ in range(2 * count)}
        lines = tuple(Line(one, other, random.choice([None, (40, 18)])) for one, other in sorted(pairs) if one != other)
        found = layout(Plan(frames, lines, upright=random.random() < 0.5))
        assert len(found.curves) == len(lines)
        assert len(set(found.middles)) == count
    assert capfd.readouterr() == ("", "")


# --- lettering -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "short", "W" * 60, "iii " * 40, "日本語" * 20, "🚀" * 20, "a\u0301" * 80])
@pytest.mark.parametrize("kind", ["", "b", "q"])
def test_a_text_is_cut_to_what_fits(text: str, kind: str) -> None:
    cut = fitted(text, 120, kind)
    assert width(cut, kind) <= 120
    assert cut == one_line(text) or cut.endswith("…")
    assert all(width(line, kind) <= 120 for line in wrapped(text, 120, kind, 3))


def test_a_title_is_broken_between_words_into_lines_alike() -> None:
    assert wrapped("Service desk, Leeds and Manila", 150, "q") == ("Service desk,", "Leeds and Manila")
    assert wrapped("desk", 150) == ("desk",)
    assert wrapped("one two three four five six seven", 60, most=2)[1].endswith("…")


def test_letters_keep_their_accents_but_no_piles_of_them() -> None:
    assert one_line("e\u0301le\u0300ve") == "e\u0301le\u0300ve"
    assert one_line("Z" + "\u0301" * 50) == "Z\u0301\u0301"
    assert one_line("a\x00b\u202ec\n d") == "abc d"
