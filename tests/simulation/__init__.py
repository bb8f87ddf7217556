"""A discrete simulation of what a catalogue allows, for looking whether a green verdict can be broken.

It shares no code with `slachain.clocks`, `slachain.analysis` or `tests.oracle`, and goes another way than both: calendars are
rows of cells, open or closed, as a wall clock would show them; tickets are moved forward through the agreements by
everyone who may choose; outages are put into real months. Only the reading of the files is the package's.
"""
