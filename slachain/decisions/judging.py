"""A study judged and checked, some of it by whoever is beside us: promises by groups of classes, and checks that need no verdict.

What somebody else finds is what we should find, so that it does not matter who did what.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from slachain.analysis.beside import Beside, nobody
from slachain.analysis.likeness import Alike
from slachain.analysis.parcels import packed, take_over
from slachain.checks.registry import OF_VERDICTS, Check, all_checks
from slachain.language.findings import Finding
from slachain.study import Study

FEWEST = 16  # groups of which it is worth to give somebody some
MOST_CARRIED = 500  # findings of one check; more are as soon found as carried


def judged(study: Study, tell: Callable[[int], None] = lambda done: None, beside: Beside = nobody) -> Mapping[str, Sequence[Finding]]:
    """Have every promise judged, `tell` being told how many are; and what the checks find that need no verdict, by their codes."""
    checks = [check for check in all_checks() if not check.CODE.startswith(OF_VERDICTS)]
    groups = study.promised.groups(study.routes)

    def do(number: int) -> bytes:
        if number < len(groups):
            return packed(_judged(study, groups[number]))
        return _packed(checks[number - len(groups)], study)

    with (beside if len(groups) >= FEWEST else nobody)(len(groups) + len(checks), do) as found:
        done = 0
        for number, group in enumerate(groups):
            take_over(found(number), group, study.chains)
            done += sum(study.promised.sizes[alike] * len(study.all_verdicts.told(alike)) for alike in _judged(study, group))
            tell(done)
        return {check.CODE: _found(found(number), check, study) for number, check in enumerate(checks, len(groups))}


def _judged(study: Study, classes: Sequence[Alike]) -> Sequence[Alike]:
    """Classes, when they have been told their verdicts."""
    for alike in classes:
        study.all_verdicts.told(alike)
    return classes


def _packed(check: Check, study: Study) -> bytes:
    """What a check finds; nothing where that is too much to carry."""
    told = list(islice(check.check(study), MOST_CARRIED + 1))
    return b"" if len(told) > MOST_CARRIED else pickle.dumps(told, pickle.HIGHEST_PROTOCOL)


def _found(parcel: bytes | None, check: Check, study: Study) -> Sequence[Finding]:
    """The same, as it came; where nothing came, or not as it was, what the check finds now."""
    try:
        told: Sequence[Finding] | None = pickle.loads(parcel) if parcel else None
    except Exception:
        told = None
    sound = isinstance(told, list) and all(isinstance(one, Finding) and one.code == check.CODE for one in told)
    return told if told is not None and sound else list(check.check(study))
