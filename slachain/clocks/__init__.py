"""Clocks: calendars as stretches of time, and curves over them. Local time lives in `wall` and nowhere else."""
