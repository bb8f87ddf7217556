"""Nothing that stands in a catalogue runs, is drawn as markup, or turns other words around."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from slachain.render.html import html
from tests.browser.conftest import Read
from tests.browser.reading import MOST
from tests.browser.reports import ATTACKS, BACKWARDS, every_verdict, hostile, of, page_of, rewritten, untold

FILE = """
agreements:
  acme-NUMBER:
    kind: sla
    title: 'TITLE ATTACK'
    provider: desk
    customer: acme
    service: payments
    owner: 'OWNER ATTACK'
    calendar: 24x7
    targets: {resolution: {P1: 4h, P2: 'ATTACK'}, update: {P1: 1h}}
    relies_on: [team-NUMBER, 'ATTACK']
    accept: [{finding: SC204, until: 2026-12-31, because: 'REASON ATTACK'}]
    duties: [{who: customer, what: 'DUTY ATTACK', within: 4h}]
    'ATTACK': 1
  team-NUMBER: {kind: ola, title: 'ATTACK', provider: team, customer: desk, calendar: 24x7, targets: {resolution: {P1: 5h}}}
  'ATTACK': {kind: sla}
"""
ACTIVE = {"src", "srcset", "srcdoc", "action", "formaction", "data", "ping", "background"}


@pytest.mark.parametrize("lenient", [False, True], ids=["as-it-is", "without-its-policy"])
def test_no_text_of_a_report_runs(read: Read, lenient: bool) -> None:
    """Not even where the page's security policy would not stop it."""
    usual = read(page_of("every-verdict"), lenient=lenient).ask("made_of")
    reading = read(page_of("hostile"), lenient=lenient)
    found = reading.ask("made_of")
    reading.unfold()
    assert untold(hostile(), reading.text()) == []
    assert found["elements"] == usual["elements"]
    assert [name for name in found["attributes"] if name.startswith("on") or name in ACTIVE] == []
    assert [address for address in found["addresses"] if not address.startswith("#")] == []


def test_no_file_runs(read: Read) -> None:
    """Titles, owners, reasons, duties, ids and the file's own name; the findings that refuse them quote them."""
    texts = {attack: FILE.replace("ATTACK", attack.replace("'", "''")) for attack in ATTACKS}
    files = {f"agreements/{attack}.yaml": text.replace("NUMBER", str(number)) for number, (attack, text) in enumerate(texts.items())}
    reading = read(html(of(files)), lenient=True)
    reading.unfold()
    assert [attack for attack in ATTACKS if attack not in reading.text()] == []


def test_no_address_runs(read: Read) -> None:
    """What somebody put behind the address of a report: before it is opened, and while it is open."""
    reading = read(page_of("every-verdict"), lenient=True)
    for behind in (*ATTACKS[:2], "&".join(ATTACKS), *(f"{name}={quote('&'.join(ATTACKS))}" for name in ("q", "verdict", "sort"))):
        reading.go(f"#{behind}")
        assert reading.page.locator("h1:visible").count() == 1
    for attack in ATTACKS:
        reading.page.evaluate("behind => { location.hash = behind }", attack)
        reading.page.evaluate("behind => { location.hash = behind }", f"q={quote(attack)}&{quote(attack)}=1")
    assert reading.page.locator("h1:visible").count() == 1


def test_no_text_turns_others_around(read: Read) -> None:
    """A sign that makes what follows run from right to left is left out, or does so to its own text at most."""
    reading = read(html(rewritten(every_verdict(), lambda text: text + BACKWARDS)))
    reading.unfold()
    found = reading.ask("turned")
    assert not found, "\n".join(found[:MOST])
