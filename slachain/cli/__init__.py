"""The commands: arguments in, exit status out; the thinking is done on the floors below.

What is set here is set before anything is imported.
"""

import gc
import os

gc.set_threshold(500_000, 10, 10)  # until a command begins: what modules make while they are imported is no garbage
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing here asks for linear algebra, and idle threads of numpy spin for 50 ms
