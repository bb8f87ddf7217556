"""Input that nobody means well with, given to the real program: `inputs` makes it, `running` measures, `make hostile` prints."""
