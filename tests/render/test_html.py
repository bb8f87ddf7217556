"""The page: complete in itself, every promise reachable, and nothing from a catalogue is ever markup."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from slachain.analysis.not_checked import NotChecked
from slachain.decisions.report import Report
from slachain.decisions.reporting import report
from slachain.language.loader import load
from slachain.language.values import replace
from slachain.render.anchors import names
from slachain.render.html import html
from slachain.render.page.case import write_exposure
from slachain.render.page.summary import headline
from slachain.render.templates import text_of
from slachain.study import Study
from tests.transcripts import ROOT

AS_OF = date(2026, 1, 1)
EVERYTHING = """
policy: {margin: 50%}
calendars:
  london: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}}
agreements:
  acme-gold:
    kind: sla
    title: Acme, payments platform, Gold
    provider: service-desk
    customer: acme
    calendar: 24x7
    targets:
      resolution: {P1: 4h, P2: {within: 5d, attainment: 95%}, P3: {within: 50h, attainment: 60%}}
      update: {P1: 1h}
      response: {P1: [{within: 1h, opened_in: london}, {within: 2h}]}
      availability: 99.95%
    relies_on: [desk]
  desk:
    kind: ola
    provider: service-desk
    customer: service-desk
    calendar: 24x7
    targets: {response: {P1: 90m}}
    relies_on: [{agreement: tier2, after: {P1: 30m, P2: 1h, P3: 1h}, share: 100%}]
  tier2: {kind: ola, provider: engineering, customer: service-desk, calendar: london, targets: {resolution: 3h, response: 5m}}
  hooli: {kind: sla, provider: desk, customer: hooli, calendar: 24x7, targets: {resolution: {P1: {within: 4h, attainment: 99%}}}}
"""
GAP = """
agreements:
  promise: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [tier2]}
  tier2: {kind: ola, provider: engineering, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
"""


@dataclass
class Page(HTMLParser):
    """What a page consists of: its elements with their attributes, and the text under each."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    joined: bool = False  # where a line may break inside a word, the word goes on

    VOID = frozenset({"meta", "br", "rect", "line", "path", "circle", "wbr", "input"})

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.joined = tag == "wbr"
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] not in ("style", "script"):
            if self.joined:
                self.said[-1] += data
            else:
                self.said.append(data)
            self.joined = False

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]

    def links(self) -> list[str]:
        return [attributes["href"] or "" for _, attributes in self.elements if "href" in attributes]

    def count(self, tag: str, kind: str = "") -> int:
        return sum(name == tag and kind in [*(attributes.get("class") or "").split(), ""] for name, attributes in self.elements)


def of(text: str) -> Report:
    return report(Study.of(load({"agreements/a.yaml": text.encode()}), AS_OF), (("holidays", "0.109"), ("tzdata", "2026b")))


def read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    return page


@pytest.fixture(scope="module")
def found() -> Report:
    return of(EVERYTHING)


@pytest.fixture(scope="module")
def page(found: Report) -> Page:
    return read(html(found))


def test_the_fixture_has_every_verdict(found: Report) -> None:
    assert {promise.verdict for promise in found.promises} == {"gap", "holds", "tolerated", "unsupported"}


def test_every_element_is_closed(page: Page) -> None:
    assert not page.wrong
    assert not page.stack


def test_every_promise_has_one_anchor_and_every_link_leads_somewhere(found: Report, page: Page) -> None:
    assert len(set(page.ids)) == len(page.ids)
    assert set(names(found).values()) <= set(page.ids)
    assert {"acme-gold.resolution.P1", "acme-gold.response.P1.0", "acme-gold.response.P1.1", "hooli.resolution.P1"} <= set(page.ids)
    assert all(link.startswith("#") and unquote(link[1:]) in page.ids for link in page.links())
    assert {f"#{name}" for name in names(found).values()} <= set(page.links())


def test_anchors_stay_apart_where_dots_make_names_alike(found: Report) -> None:
    line = next(promise for promise in found.promises if promise.priority == "P1")
    alike = (replace(line, agreement="a.b", metric="c"), replace(line, agreement="a", metric="b.c"))
    assert list(names(replace(found, promises=alike)).values()) == ["a.b.c.P1", "a.b.c.P1~2"]


def test_a_promise_for_every_priority_can_be_linked() -> None:
    page = read(html(of(GAP.replace("{P1: 4h}", "4h"))))
    assert "promise.resolution.*" in page.ids
    assert "#promise.resolution.*" in page.links()


def test_nothing_is_requested_and_only_our_script_runs(found: Report) -> None:
    text = html(found)
    page = read(text)
    assert not {tag for tag, _ in page.elements} & {"img", "link", "iframe", "object", "embed", "base", "image", "use"}
    for _, attributes in page.elements:
        assert not {"src", "srcset", "action", "formaction", "data", "style", "xlink:href"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
    assert "http://" not in text
    assert "https://" not in text
    assert not re.search(r"url\((?!#hatch\)|#slant\)|#dots\))|@import", text)
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy") or ""
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert len(scripts) == page.count("script") == 1
    assert policy.startswith(f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:;")


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=1>', "'-->]]></style></svg><svg onload=alert(1)>", "{{ 7 * 7 }}{% raw %}"]


@pytest.mark.parametrize("attack", HOSTILE)
def test_text_from_a_catalogue_never_becomes_markup(found: Report, attack: str) -> None:
    promises = tuple(
        replace(
            line,
            agreement=line.agreement + attack,
            title=attack,
            customer=attack,
            provider=attack,
            metric=line.metric + attack,
            priority=line.priority + attack,
            clock=attack,
            written=attack,
            fixes=tuple(replace(fix, agreement=attack, field=attack, after=attack, yaml=attack) for fix in line.fixes),
            at=replace(line.at, file=attack),
            worst_case=line.worst_case
            and replace(
                line.worst_case,
                path=tuple(stop + attack for stop in line.worst_case.path),
                steps=tuple(
                    replace(
                        s,
                        agreement=s.agreement + attack,
                        clock=attack,
                        allowed=s.allowed and attack,
                        to_agreement=s.to_agreement and s.to_agreement + attack,
                        says=attack,
                        written=attack,
                    )
                    for s in line.worst_case.steps
                ),
            ),
        )
        for line in found.promises
    )
    findings = tuple(
        replace(f, message=attack, help=attack, when=attack, because=tuple(replace(n, message=attack) for n in f.because))
        for f in found.findings
    )
    skipped = tuple(replace(n, agreement=attack, metric=attack, why=attack) for n in found.not_checked)
    agreements = tuple(
        replace(
            a,
            id=a.id + attack,
            title=attack,
            customer=attack,
            provider=attack,
            owner=attack,
            clock=attack,
            relies_on=tuple(replace(r, to=r.to + attack, after=((attack, attack),), share=attack) for r in a.relies_on),
        )
        for a in found.agreements
    )
    hostile = replace(
        found,
        agreements=agreements,
        promises=promises,
        findings=findings,
        not_checked=skipped,
        assumptions=(attack,),
        data_used=((attack, attack),),
    )
    text = html(hostile)
    plain, page = read(html(found)), read(text)
    assert attack not in text or attack.startswith("{{")
    assert "49" not in re.findall(r">([^<]*)<", text)
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}
    assert {name for _, attributes in page.elements for name in attributes} <= {name for _, a in plain.elements for name in a}
    assert not page.wrong
    assert page.text.count(attack) > 40


@pytest.mark.parametrize("attack", HOSTILE[:2])
@pytest.mark.parametrize("key", ["title", "provider", "colour"])
def test_a_hostile_file_is_read_and_shown_as_text(attack: str, key: str) -> None:
    """As a title it is shown; where an id or a known key belongs, the finding that refuses it quotes it."""
    text = GAP.replace("provider: desk", f"provider: desk, {key}: '{attack}'" if key != "provider" else f"provider: '{attack}'", 1)
    text += f"  ? '{attack}'\n  : {{kind: sla}}\n"
    rendered = html(of(text))
    assert attack not in rendered
    assert attack in read(rendered).text


def test_the_same_report_gives_the_same_bytes(found: Report) -> None:
    assert html(found) == html(found) == html(of(EVERYTHING))


def test_the_top_says_it_all(found: Report, page: Page) -> None:
    gaps, total = found.count("gap"), len(found.promises)
    assert f"{gaps} of {total} promises cannot be kept as written, and 1 more has nobody behind it." in page.text
    assert "as of Thu 1 Jan 2026" in page.text
    assert "Furthest from the promise Acme, payments platform, Gold: availability 99.95% promised, nothing agreed" in page.text
    for number, name in ((total, "Promises"), (found.count("holds"), "✓ Hold"), (gaps, "✗ Gaps"), (1, "? Unsupported"), (1, "≈ Tolerated")):
        assert f"{number} {name}" in page.text


def test_a_ticket_that_is_never_done_is_the_furthest_from_its_promise() -> None:
    page = read(html(of(EVERYTHING.replace("      availability: 99.95%\n", ""))))
    assert "Furthest from the promise Acme, payments platform, Gold: update, P1 1h promised, never done for certain" in page.text


@pytest.mark.parametrize(
    ("verdicts", "sentence"),
    [
        ("", "There is no promise to judge."),
        ("holds", "The one promise holds."),
        ("holds holds", "All 2 promises hold."),
        ("gap", "The one promise cannot be kept as written."),
        ("gap gap", "All 2 promises cannot be kept as written."),
        ("gap holds holds", "1 of 3 promises cannot be kept as written."),
        ("gap unsupported unsupported", "1 of 3 promises cannot be kept as written, and 2 more have nobody behind them."),
        ("unsupported holds", "1 of 2 promises has nobody behind it."),
        ("unsupported unsupported holds", "2 of 3 promises have nobody behind them."),
        ("tolerated holds", "All promises are kept, one of them only because its percentage leaves room for late tickets."),
    ],
)
def test_the_verdict_is_one_sentence(found: Report, verdicts: str, sentence: str) -> None:
    promises = tuple(replace(found.promises[0], verdict=verdict) for verdict in verdicts.split())
    assert headline(replace(found, promises=promises)).word == sentence


def test_verdicts_are_told_by_word_and_symbol_and_not_by_colour_alone(page: Page) -> None:
    for badge in ("✗ Gap", "≈ Tolerated", "✓ Holds", "? Unsupported"):
        assert badge in page.text


def test_gaps_come_first(page: Page) -> None:
    kinds = [(attributes["class"] or "").split()[-1] for tag, attributes in page.elements if tag == "article"]
    order = ["gap", "unsupported", "tolerated"]
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == set(order)


def test_a_gap_tells_its_whole_story() -> None:
    text = EVERYTHING.replace("[{within: 1h, opened_in: london}, {within: 2h}]", "2h")
    page = read(html(of(text)))
    for told in (
        "4h promised around the clock, 68h possible",
        "The allowed times would fit, but the customer's clock runs on while somebody who has the ticket is closed.",
        "promised by service-desk to acme, around the clock",
        "As written agreements/a.yaml:13 resolution: {P1: 4h, P2:",
        "acme desk tier2",
        "Opened Fri 23 Oct 2026 13:00:01 UTC",
        "Done Mon 26 Oct 2026 09:00:01 UTC",
        "desk service-desk hands over to tier2 Fri 23 Oct 2026 13:00:01 UTC Fri 23 Oct 2026 13:30:01 UTC 30m around the clock 30m even at once is too late",
        "tier2 engineering finishes Fri 23 Oct 2026 14:30:01 BST Mon 26 Oct 2026 09:00:01 GMT 3h Mon-Fri 09:00-17:30 Europe/London 67h30m takes the longest",
        "Any one of these is enough:",
        "Promise 68h1m instead of 4h in acme-gold , field targets.resolution.P1",
        "tier2 works on 24x7 (around the clock) instead of london in tier2 , field calendar",
        "Headroom -64h",
        "In time, assured 17.87%",
        "Exposure 82.13%",
        "Times along the top: UTC.",
    ):
        assert told in page.text


def test_each_case_has_a_picture_with_a_title_and_a_description(page: Page) -> None:
    pictures = [attributes for tag, attributes in page.elements if tag == "svg" and attributes.get("role") in ("img", "group")]
    assert len(pictures) == page.count("figure") > 3
    for attributes in pictures:
        assert attributes["aria-labelledby"] in page.ids
        assert attributes.get("aria-describedby", attributes["aria-labelledby"]) in page.ids


def test_never_done_is_said_in_the_picture_and_in_the_table() -> None:
    page = read(html(of(EVERYTHING)))
    assert "Never done" in page.text
    assert "desk commits to no update Thu 1 Jan 2026 00:00:00 UTC never no time agreed" in page.text
    assert page.count("path", "arrow") >= 1


def test_findings_of_gaps_stand_with_them_and_all_others_in_their_section(found: Report, page: Page) -> None:
    assert page.text.count("1h promised around the clock, but desk commits to no update for P1") == 1
    thin = next(finding for finding in found.findings if finding.code == "SC208")
    assert thin.message in page.text
    assert "SC208" in page.text
    assert page.text.count(thin.message) == 1


def test_alternatives_have_their_own_findings() -> None:
    page = html(of(EVERYTHING))
    first, second = (page.index(f'id="acme-gold.response.P1.{n}"') for n in (0, 1))
    assert "1h promised around the clock" in page[first:second]
    assert "2h promised around the clock" not in page[first:second]


def test_what_is_accepted_and_what_was_not_checked_is_said() -> None:
    accept = "accept: [{finding: SC201, until: 2026-12-31, because: known}]"
    page = read(html(of(GAP.replace("relies_on: [tier2]", f"relies_on: [tier2], {accept}")).selecting(("SC201",), None)))
    assert "Accepted risks (1)" in page.text
    assert "Accepted until 2026-12-31 : known" in page.text
    assert "0 Findings 1 accepted" in page.text
    skipped = read(html(replace(of(GAP), not_checked=(NotChecked("promise", "resolution", "its clock never runs"),))))
    assert "Not checked (1)" in skipped.text
    assert "promise , resolution: its clock never runs" in skipped.text


def test_files_that_cannot_be_read_are_announced_at_the_top() -> None:
    page = read(html(of(GAP + "  broken: {kind: sla, colour: red}\n")))
    assert re.search(r"\d+ errors? in the files: part of them could not be read as written, so this report may be incomplete\.", page.text)


def test_versions_and_assumptions_are_named(found: Report, page: Page) -> None:
    assert "Data used: holidays 0.109, tzdata 2026b." in page.text
    assert all(assumption in page.text for assumption in found.assumptions)


def test_an_empty_catalogue_has_a_page_too() -> None:
    page = read(html(of("agreements: {}\n")))
    assert "There is no promise to judge." in page.text
    assert not page.wrong


def test_exposure_is_never_flattered(found: Report) -> None:
    exposed = next(promise.exposure for promise in found.promises if promise.exposure)
    assert write_exposure(exposed / 10**9) == "0.01%"
    assert write_exposure(exposed * 0) == "0%"


def test_a_ticket_over_easter_says_so() -> None:
    """Holidays and clock changes that a ticket meets stand under its picture."""
    text = """
calendars:
  office: {timezone: Europe/London, hours: {mon-fri: "09:00-17:30"}, holidays: {country: GB, subdivision: ENG}}
agreements:
  acme: {kind: sla, provider: desk, customer: acme, calendar: 24x7, targets: {resolution: {P1: 4h}}, relies_on: [team]}
  team: {kind: ola, provider: team, customer: desk, calendar: office, targets: {resolution: {P1: 3h}}}
"""
    found = report(Study.of(load({"a.yaml": text.encode()}), date(2026, 1, 1)))
    assert "Fri 3 Apr 2026: Good Friday (office)" in html(found)


def test_five_hundred_promises_go_into_a_mail() -> None:
    """The example's customers again and again, each with terms of its own: the largest that such a report gets with as many gaps."""
    from tests.browser.reports import REPORTS

    report = REPORTS["example"]()
    many = tuple(
        replace(p, agreement=f"{p.agreement}-{n}", customer=f"{p.customer}-{n}", at=replace(p.at, line=p.at.line + 1000 * n))
        for n in range(19)
        for p in report.promises
    )
    customers = tuple(replace(a, id=f"{a.id}-{n}") for n in range(19) for a in report.agreements)
    text = html(replace(report, promises=many[:500], agreements=(*report.agreements, *customers)))
    assert len(text.encode()) < 2_000_000


def test_the_glossary_is_that_of_the_guide(page: Page) -> None:
    terms = re.findall(r"<dt>(.*?)</dt>", text_of("glossary.html.j2"))
    known = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    assert len(terms) > 10
    assert not [term for term in terms if term.lower() not in known]
