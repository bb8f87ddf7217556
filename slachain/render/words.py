"""Sentences that several renderings share."""

from __future__ import annotations

from slachain.decisions.report import FixLine, PromiseLine, Report


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 gap`, `2 gaps`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def verdict_line(report: Report) -> str:
    """The whole verdict in a sentence."""
    counts = report.counts()
    total = counts.total()
    if total == 0:
        return f"No promise to judge among {counted(len(report.agreements), 'agreement')} on {report.as_of}."
    if counts["holds"] == total:
        kept = "the one promise holds" if total == 1 else f"all {total} promises hold"
        return f"{kept[0].upper()}{kept[1:]} on {report.as_of}."
    parts = [
        (counts["gap"], counted(counts["gap"], "gap")),
        (counts["unsupported"], f"{counts['unsupported']} unsupported"),
        (counts["tolerated"], f"{counts['tolerated']} tolerated"),
        (counts["holds"], counted(counts["holds"], "holds", "hold")),
    ]
    return f"{counted(total, 'promise')} on {report.as_of}: {', '.join(told for number, told in parts if number)}."


def fix_words(fix: FixLine) -> str:
    """One fix as something to do."""
    instead = f" instead of {fix.before}" if fix.before is not None else ""
    most = "" if fix.before is not None else "at most "
    if fix.change == "promise":
        return f"promise {fix.after}{instead}"
    if fix.change == "commitment":
        return f"{fix.agreement} commits to {most}{fix.after}{instead}"
    if fix.change == "hand-over":
        return f"{fix.agreement} hands over after {most}{fix.after}{instead}"
    if fix.change == "calendar":
        return f"{fix.agreement} works on {fix.after}{instead}"
    return f"{fix.agreement} hands every ticket on (share: {fix.after})"


def name_of(promise: PromiseLine) -> str:
    """`acme-gold resolution P1`, with the alternative's number where there are several."""
    alternative = "" if promise.alternative is None else f" #{promise.alternative + 1}"
    return f"{promise.agreement} {promise.metric} {promise.priority}{alternative}"


def clock_words(promise: PromiseLine) -> str:
    """`around the clock`; of an amount with its period, `a month, around the clock`."""
    return f"a {promise.period}, {promise.clock}" if promise.period else promise.clock


def changed_lines(fix: FixLine) -> tuple[tuple[str, str], ...]:
    """The lines of a file that a change concerns: `same`, `minus` for those that go and `plus` for those that come; none where they cannot be told."""
    if not fix.yaml:
        return ()
    from difflib import ndiff

    marks = {"  ": "same", "- ": "minus", "+ ": "plus"}
    told = ((line[:2], line[2:]) for line in ndiff(fix.was.split("\n"), fix.yaml.split("\n")))
    return tuple((marks[sign], text) for sign, text in told if sign in marks)
