"""A report as text or bytes, one file for each rendering."""
