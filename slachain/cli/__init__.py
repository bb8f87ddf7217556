"""The commands: arguments in, exit status out; the thinking is done on the floors below."""
