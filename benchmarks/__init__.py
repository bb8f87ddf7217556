"""How fast it is, against what: `make bench`. Each module but the runner's own is a row of the table."""
