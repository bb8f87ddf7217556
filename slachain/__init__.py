"""slachain: can an organisation keep what it promises, before it signs."""

__version__ = "0.1.0"
