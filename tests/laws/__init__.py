"""Laws that hold between two catalogues: what a change of the one must, or must not, do to the verdicts."""
