"""The scalars of an export's map that no agreement has."""

from __future__ import annotations

import codecs

from slachain.language.scalars import ScalarError

ASCII = ',"\n;\t09'


def read_delimiter(text: str) -> str:
    """One character, or `tab`."""
    if text in ("tab", "\\t"):
        return "\t"
    if len(text) != 1 or text in '"\n\r\0':
        raise ScalarError(f"'{text}' is no delimiter: write one character such as ';', or tab")
    return text


def read_encoding(text: str) -> str:
    """An encoding in which commas and line ends are what they are in ASCII."""
    try:
        found = codecs.lookup(text)
        if found.encode(ASCII)[0] == ASCII.encode("ascii"):
            return found.name
    except (LookupError, UnicodeError, TypeError):
        pass
    raise ScalarError(f"'{text}' is no encoding that can be read: write utf-8, windows-1252 or iso-8859-1 (save UTF-16 as UTF-8)")
