"""A page that is open in a browser, and everything that goes on in it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright

# Where systems put a Chromium: the first that is there.
BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--disable-background-networking",  # what a browser asks for by itself is not the page's doing
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name leads anywhere
)
AXE = Path(sys.prefix, "axe", "node_modules", "axe-core", "axe.min.js")  # `make test` puts it beside the tests' Python
ASKING = Path(__file__).with_name("asking.js").read_text(encoding="utf-8")

NARROWEST, PHONE, TABLET, DESKTOP = 320, 375, 768, 1280  # CSS pixels; 320 is what WCAG 2.2 (1.4.10) asks for
MOST = 12  # of many things that are wrong, as many are told
PAPER = 703  # CSS pixels across an A4 page inside margins of 12 mm


@cache
def chromium() -> str | None:
    """The browser to use, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """A browser without a window. Its sandbox needs rights that root and containers do not have, and every page here is ours."""
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS, chromium_sandbox=False)


@dataclass(slots=True)
class Reading:
    """An open page. `happened` is what a report never does: ask for anything, complain, fail, raise a dialog, open another page."""

    page: Page
    own: str = ""
    happened: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep what happens from now on."""
        page, tell = self.page, self.happened.append

        def asked(url: str) -> None:
            if url.partition("#")[0].partition("?")[0] != self.own and not url.startswith(("blob:", "data:")):  # these two ask nobody
                tell(f"request: {url[:200]}")

        def raised(dialog: Dialog) -> None:
            tell(f"{dialog.type}: {dialog.message}")
            dialog.dismiss()

        page.on("request", lambda request: asked(request.url))
        page.on("console", lambda message: tell(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: tell(f"error: {error}"))
        page.on("dialog", raised)
        page.on("popup", lambda other: tell(f"another page: {other.url}"))
        page.on("websocket", lambda socket: tell(f"socket: {socket.url}"))

    def go(self, behind: str = "") -> None:
        """Open the page afresh, with this behind its address."""
        self.page.goto("about:blank")
        self.page.goto(self.own + behind)

    def resize(self, width: int, height: int = 800) -> None:
        """Make the window so large."""
        self.page.set_viewport_size({"width": width, "height": height})

    def unfold(self) -> None:
        """Open everything that is folded."""
        self.page.evaluate("document.querySelectorAll('details').forEach(folded => { folded.open = true })")

    def on_paper(self) -> None:
        """Lay the page out as for an A4 page."""
        self.page.emulate_media(media="print")
        self.resize(PAPER)

    def text(self) -> str:
        """What can be seen, in one line."""
        return " ".join(self.page.inner_text("body").split())

    def ask(self, function: str, argument: object = None) -> Any:
        """What a function of asking.js finds in the page."""
        return self.page.evaluate(f"argument => {{ {ASKING}; return {function}(argument) }}", argument)


@dataclass(slots=True)
class Readings:
    """The pages that tests open. Starting one takes longer than any test here, so those that are done with are used again."""

    browser: Browser
    free: dict[tuple[bool, bool, bool, str], list[Reading]] = field(default_factory=dict)
    used: list[tuple[tuple[bool, bool, bool, str], Reading]] = field(default_factory=list)

    def read(
        self,
        file: Path,
        *,
        width: int = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        lenient: bool = False,
        first: str = "",
    ) -> Reading:
        """Open a page as wide, in this colour scheme, with or without scripts.

        `lenient` ignores the page's content security policy: what it would stop then runs. `first` is a script that runs before
        the page's own, whatever its policy.
        """
        kind = (width < TABLET, scripts, lenient, first)
        waiting = self.free.setdefault(kind, [])
        reading = waiting.pop() if waiting else self._fresh(*kind)
        self.used.append((kind, reading))
        reading.own = file.as_uri()
        reading.page.emulate_media(media="null", color_scheme=scheme)  # on the screen, and printed on paper
        reading.resize(width)
        reading.page.goto(reading.own)
        return reading

    def _fresh(self, phone: bool, scripts: bool, lenient: bool, first: str) -> Reading:
        context: BrowserContext = self.browser.new_context(
            java_script_enabled=scripts, bypass_csp=lenient, is_mobile=phone, has_touch=phone, reduced_motion="reduce"
        )
        context.set_default_timeout(10_000)
        if first:
            context.add_init_script(first)
        reading = Reading(context.new_page())
        reading.listen()
        return reading

    def done(self) -> list[str]:
        """What happened that should not have. The pages forget what they kept, and are free again."""
        found = []
        for kind, reading in self.used:
            reading.page.evaluate("localStorage.clear(), sessionStorage.clear()")  # its answer comes after all that was on its way
            found += reading.happened
            reading.happened.clear()
            self.free[kind].append(reading)
        self.used.clear()
        return found
