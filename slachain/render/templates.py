"""Where the templates lie, and how they are filled in: text from a catalogue can never become markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import slachain

if TYPE_CHECKING:
    from jinja2 import Environment


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
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def fill(template: str, **values: object) -> str:
    """A template's text with these values in it."""
    return environment().get_template(template).render(**values)
