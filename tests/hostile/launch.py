"""Start a program within bounds, and tell what it took: a small process between the tests and the program.

The peak that a system tells of a process is never below what the process that started it held then, and a process that runs tests holds
hundreds of megabytes. So this is a script of its own, that imports next to nothing:

    python -S -I launch.py DESCRIPTOR ADDRESSES SECONDS PROGRAM [ARGUMENT ...]

`DESCRIPTOR` is where the answer goes, as JSON: `status` (what it exited with, negative for a signal), `busy` (seconds of the processor) and `peak` (kilobytes).
"""

import json
import os
import resource
import sys


def main(descriptor: int, addresses: int, seconds: int, program: list[str]) -> None:
    """Run the program to its end, in at most so many bytes of addresses and seconds of the processor, and write what it took."""
    os.set_inheritable(descriptor, False)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (addresses, addresses))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os.execv(program[0], program)
    _, status, used = os.wait4(child, 0)
    took = {"status": os.waitstatus_to_exitcode(status), "busy": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss}
    os.write(descriptor, json.dumps(took).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
