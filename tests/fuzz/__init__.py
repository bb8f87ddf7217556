"""Everything that reads a file, fed with what nobody would write: `python -m tests.fuzz --seconds 3600`.

`targets` says what is called and what must hold, `seeds` what the search begins with, `one` searches with one target, and
`found/` keeps each input that ever broke a rule, to be tried again by `make test`.
"""
