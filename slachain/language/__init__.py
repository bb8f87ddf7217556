"""Agreements as text: positions, scalars, the nouns, and the loader that joins them."""
