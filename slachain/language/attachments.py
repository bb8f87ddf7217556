"""Files that a catalogue names beside its own: how they are asked for, and what is said where one cannot be had."""

from __future__ import annotations

from collections.abc import Callable


class AttachmentError(Exception):
    """A file that a catalogue names cannot be had; the message is for the user."""


Attach = Callable[[str, str], bytes]
"""From a catalogue file and a path written in it to the bytes there; raises `AttachmentError`."""


def no_attachments(file: str, path: str) -> bytes:
    """For catalogues that stand alone: nothing can be attached."""
    raise AttachmentError(f"'{path}' cannot be read from here")
