"""`python -m slachain`."""

from slachain.cli.main import main

main()
