"""Start a program and tell what it took: a small process between whoever asks and the program.

The peak that a system tells of a process is never below what the process that started it held then, and one that runs tests or compares
libraries holds hundreds of megabytes. So this is a script of its own, that imports next to nothing:

    python -S -I launch.py DESCRIPTOR ADDRESSES SECONDS PROGRAM [ARGUMENT ...]

`ADDRESSES` (bytes) and `SECONDS` (of the processor) are what the program may take, -1 for as much as it likes. `DESCRIPTOR` is where the answer goes, as JSON:
`status` (what it exited with, negative for a signal), `cpu` and `wall` (seconds of the processor and on the wall), and `memory` (bytes, at the peak).
"""

import json
import os
import resource
import sys
import time

MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere


def main(descriptor: int, addresses: int, seconds: int, program: list[str]) -> None:
    """Run the program to its end, and write what it took."""
    os.set_inheritable(descriptor, False)
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os.execv(program[0], program)
    _, status, used = os.wait4(child, 0)
    took = {
        "status": os.waitstatus_to_exitcode(status),
        "cpu": used.ru_utime + used.ru_stime,
        "wall": time.perf_counter() - began,
        "memory": used.ru_maxrss * MAXRSS_UNIT,
    }
    os.write(descriptor, json.dumps(took).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
