"""What tells one finding from another, from one day to the next."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from slachain.decisions.report import FindingLine, PromiseLine, Report
from slachain.render.sentences import concerned, one_line


def fingerprints(report: Report) -> list[str]:
    """A digest of what each finding is about, in their order; each once.

    That is the check, the agreement (of none: the file), the metric, the priority and the alternative; where no promise is
    named, or one has several findings of a check, also what is said, but for its numbers. What is alike even so is counted, in
    the order of the files. Neither lines nor columns are in it, nor anything that changes with a promised time.
    """
    promises = concerned(report)
    names = [_names(finding, promises.get(finding)) for finding in report.findings]
    times = Counter(names)
    full = [
        (*name, _numberless(finding.message)) if times[name] > 1 or not finding.priority else name
        for finding, name in zip(report.findings, names, strict=True)
    ]
    found, met = [""] * len(full), Counter[tuple[str, ...]]()
    for index in sorted(range(len(full)), key=lambda i: (full[i], report.findings[i].at, report.findings[i].message)):
        met[full[index]] += 1
        found[index] = _digest([*full[index], str(met[full[index]])])
    return found


def _names(finding: FindingLine, promise: PromiseLine | None) -> tuple[str, ...]:
    alternative = "" if promise is None or promise.alternative is None else str(promise.alternative)
    whose = f"agreement {finding.agreement}" if finding.agreement else f"file {finding.at.file}"
    return finding.code, whose, finding.metric or "", finding.priority or "", alternative


def _numberless(message: str) -> str:
    return re.sub(r"\b\d\S*", "#", one_line(message))


def _digest(parts: Iterable[str]) -> str:
    """Half a SHA-256; no part can be taken for two."""
    return hashlib.sha256(repr(tuple(parts)).encode(errors="surrogatepass")).hexdigest()[:32]
