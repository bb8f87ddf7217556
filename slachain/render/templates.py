"""Where the templates lie, and how they are filled in: text from a catalogue can never become markup."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import slachain

if TYPE_CHECKING:
    from jinja2 import Environment

# Embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9), and the marks that act like letters of a direction.
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), "\N{REPLACEMENT CHARACTER}")
_TURNS = re.compile(f"[{''.join(map(chr, TURNING))}]")


def template_folder() -> Path:
    """The templates beside the package's modules where it is installed, else the repository's."""
    package = Path(slachain.__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


@cache
def environment() -> Environment:
    """Everything is escaped, whatever the template's name ends in; a name that does not exist is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(template_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=upright,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def upright(value: object) -> object:
    """A value whose text cannot turn around what stands beside it: signs that change the direction of writing become visible."""
    return value.translate(TURNING) if isinstance(value, str) and not value.isascii() and _TURNS.search(value) else value


def fill(template: str, **values: object) -> str:
    """A template's text with these values in it."""
    return environment().get_template(template).render(**values)


def text_of(file: str) -> str:
    """A file beside the templates, as it is."""
    return (template_folder() / file).read_text(encoding="utf-8")
