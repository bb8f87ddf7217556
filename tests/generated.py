"""What is written by a program and kept in the repository: docs/checks.md, golden files, the output in transcripts and documents."""

from __future__ import annotations

import re
import sys

from slachain.checks.registry import all_checks, page, text
from tests import golden
from tests.transcripts import CASES, ROOT, Transcript

SHOWN = ("published", "quote", "compare", "capacity", "repair", "review", "document", "diff", "baseline")
SHOWING = (ROOT / "README.md", *(ROOT / "docs" / f"{name}.md" for name in SHOWN))
CHECKS = ROOT / "docs" / "checks.md"
HEAD = """# Findings

Every finding has a code, a severity and a page; `slachain explain CODE` prints it. This file is made from those pages by
`make docs`, and the tests run every Breaks and Holds below.

"""


def checks() -> str:
    """docs/checks.md."""
    rows = "".join(f"| [{c.CODE}](#{c.CODE.lower()}-{c.SLUG}) | {c.SLUG} | {c.SEVERITY} | {page(c).title} |\n" for c in all_checks())
    table = f"| code | slug | severity | |\n|---|---|---|---|\n{rows}\n"
    pages = "\n".join(
        text(c).replace("\n## ", "\n### ").replace(f"# {c.CODE} {c.SLUG} ({c.SEVERITY})", f"## {c.CODE} {c.SLUG}", 1) for c in all_checks()
    )
    return HEAD + table + pages


def shown(text: str) -> str:
    """A document with what its commands print now."""
    return re.sub(r"(?<=```console\n)\$ slachain .*?(?=```)", lambda block: Transcript.parse(block[0]).run(), text, flags=re.DOTALL)


def main(what: str) -> None:
    """Write one kind or the other."""
    if what == "docs":
        CHECKS.write_text(checks())
    if what == "golden":
        for form, path in golden.files().items():
            path.write_text(golden.drawn(form), encoding="utf-8")
    if what == "transcripts":
        for case in CASES:
            case.write_text(Transcript.parse(case.read_text()).run())
        for document in SHOWING:
            document.write_text(shown(document.read_text()))


if __name__ == "__main__":
    main(sys.argv[1])
