"""`python -m slachain`, also under a profiler: it ends as every Python program does."""

from slachain.cli.main import main

main.main()
