"""One file per finding: its code, slug and severity, its page as the docstring, and a generator that finds it."""
