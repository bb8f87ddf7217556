"""What a repair writes into the files: the changes of the options that are bought, in their own text, and nothing else."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from difflib import unified_diff

from slachain.analysis.amounts import AmountVerdict
from slachain.analysis.verdicts import Verdict
from slachain.decisions.options import Priced, changes_of
from slachain.decisions.repair import Repairer
from slachain.decisions.trials import Chosen
from slachain.language.catalogue import Catalogue
from slachain.language.editing import CannotEdit, edited
from slachain.language.layout import with_plain_breaks
from slachain.language.model import Metric
from slachain.language.values import dataclass
from slachain.study import Study

NO_LAST_BREAK = "\n\\ No newline at end of file"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An option whose change cannot be made in the text alone, and why."""

    option: str
    why: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The files with the changes in them, those alone that differ; what differs; and what could not be changed."""

    files: Mapping[str, bytes]
    diff: str
    refused: tuple[Refusal, ...]


def rewritten(files: Mapping[str, bytes], bought: Iterable[Priced], metrics: Mapping[str, Metric]) -> Rewritten:
    """The files with these options in them, as far as each can be written."""
    now, refused = dict(files), []
    for priced in bought:
        try:
            now.update(edited(now, changes_of(priced), metrics).files)
        except CannotEdit as error:
            refused.append(Refusal(priced.name, str(error)))
    changed = {file: content for file, content in now.items() if content != files[file]}
    return Rewritten(changed, "".join(difference(file, files[file], content) for file, content in changed.items()), tuple(refused))


def difference(file: str, before: bytes, after: bytes) -> str:
    """A unified diff of one file, with all lines ended alike."""
    lines = unified_diff(_lines(before), _lines(after), f"a/{file}", f"b/{file}", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _lines(content: bytes) -> list[str]:
    text = with_plain_breaks(content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace"))
    *lines, last = text.split("\n")
    return [*lines, last + NO_LAST_BREAK] if last else lines


def confirmed(repairer: Repairer, chosen: Chosen, written: Catalogue) -> bool:
    """Whether every promise that the options have a part in stands, read from the new text, as it was judged."""
    study = Study.of(written, repairer.study.as_of)
    verdicts: list[Verdict | AmountVerdict] = [*study.verdicts, *study.amount_verdicts]
    found = {verdict.promise.key: verdict.verdict for verdict in verdicts}
    judged = {row.key: repairer.trials.verdict(row.key, chosen) for row in repairer.rows.values() if repairer.stakes[row].parts & chosen}
    return not written.findings and all(found.get(key) == (verdict.verdict if verdict else None) for key, verdict in judged.items())
