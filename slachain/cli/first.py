"""The files of a first check: another process reads them, while we import what judging them takes."""

from __future__ import annotations

import pickle

from slachain.cli.cores import second
from slachain.cli.files import Gathered, gather
from slachain.cli.leaves import prepare


def gathered(paths: tuple[str, ...], cores: int) -> Gathered:
    """What `gather` finds of these paths, and what judging it takes imported; it matters not who has read. Raises a usage error for a path that is not there."""

    def read() -> bytes:
        return pickle.dumps(gather(paths), pickle.HIGHEST_PROTOCOL)

    with second(cores, read) as somebody:
        if not somebody.begin():
            return gather(paths)
        prepare()
        told = somebody.heard()
    if told is None:
        return gather(paths)
    found: Gathered = pickle.loads(told)
    return found
