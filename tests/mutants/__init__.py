"""Mutation testing: a mistake is put into clocks or analysis on purpose, and the tests must see it."""
