"""Writes a ticket log of any size, for measuring time and memory: `python -m tests.million 1000000 big.csv`, with big.yaml beside it.

Not a part of the tests. Then: `slachain baseline big.csv --map big.yaml --as-of 2026-12-31`.
"""

from __future__ import annotations

import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

FORM = "%Y-%m-%d %H:%M:%S"
AGREEMENTS = ("novapay-gold", "fenwick-silver", "larkspur-bronze")
MAP = """columns: {ticket: ticket, agreement: agreement, priority: priority, opened: opened}
metrics: {response: responded, resolution: resolved}
pauses: {awaiting-customer: {from: hold_from, to: hold_to}}
time: "%Y-%m-%d %H:%M:%S"
zone: Europe/London
"""


def row(number: int, drawn: random.Random) -> str:
    """One ticket of two years; three in ten were on hold, two in a thousand are open."""
    opened = datetime(2024, 1, 1) + timedelta(seconds=drawn.randrange(2 * 365 * 86400))
    answered = opened + timedelta(seconds=int(drawn.expovariate(1 / 1200)))
    done = opened + timedelta(seconds=int(drawn.lognormvariate(9.5, 1.1)))
    held = ["", ""]
    if drawn.random() < 0.3:
        start = opened + (done - opened) * drawn.random()
        held = [f"{start:{FORM}}", f"{start + (done - start) * drawn.random():{FORM}}"]
    end = f"{done:{FORM}}" if drawn.random() > 0.002 else ""
    cells = [
        f"INC{number:07d}",
        drawn.choice(AGREEMENTS),
        f"P{drawn.choice('12344')}",
        f"{opened:{FORM}}",
        f"{answered:{FORM}}",
        *held,
        end,
    ]
    return ",".join(cells) + ',"a note, quoted"\n'


def main(number: int, file: Path) -> None:
    """The log and its map."""
    drawn = random.Random(7)
    with file.open("w") as out:
        out.write("ticket,agreement,priority,opened,responded,hold_from,hold_to,resolved,note\n")
        out.writelines(row(n, drawn) for n in range(number))
    file.with_suffix(".yaml").write_text(MAP)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
