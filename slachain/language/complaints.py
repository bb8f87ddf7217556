"""What the YAML parser complains of, as a finding."""

from __future__ import annotations

import yaml

from slachain.language.characters import end_of
from slachain.language.findings import Finding, Note
from slachain.language.source import Span


def complaint(error: yaml.MarkedYAMLError, text: str, file: str) -> tuple[Finding, int]:
    """What the parser says, at the character that it could not read (at where it began, if that is the end of the file).

    And the line on which to look for the mistake.
    """
    problem, context = error.problem_mark or error.context_mark, error.context_mark
    if problem is None:
        return Finding("SC101", _sentence(error, ""), Span(file, 1, 1, 1, 1)), 1
    at, begun = _at(problem, text, file), _at(context or problem, text, file)
    if not text[problem.index :].strip():
        return Finding("SC101", _sentence(error, ""), begun), begun.line
    note = (Note("this began here", begun),) if _unclosed(error) and begun.line != at.line else ()
    found = Finding("SC101", _sentence(error, text[problem.index : problem.index + 1]), at, because=note)
    return found, begun.line if _unclosed(error) else at.line


def _unclosed(error: yaml.MarkedYAMLError) -> bool:
    """Whether what the parser was reading began where the mistake is, rather than at the block around it."""
    return (error.context or "").startswith(("while scanning", "while parsing a flow"))


def _at(mark: yaml.Mark, text: str, file: str) -> Span:
    line, column = min((mark.line + 1, mark.column + 1), end_of(text))
    width = 1 if text[mark.index : mark.index + 1].strip("\r\n") else 0
    return Span(file, line, column, line, column + width)


def _sentence(error: yaml.MarkedYAMLError, character: str) -> str:
    said = " ".join(part for part in (error.context, error.problem) if part)
    hint = ""
    if character == "\t":
        hint = ": a tab, where YAML indents with spaces"
    elif character in ("@", "`", "%") and "token" in said:
        hint = ": put quotes around it"
    elif "mapping values are not allowed" in said:
        hint = ": put quotes around a text that has ': ' in it"
    return f"not YAML: {said}{hint}"
