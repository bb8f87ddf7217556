"""Time zones from the `tzdata` package alone, so that the version the report names is the one that was used."""

from __future__ import annotations

from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo


@cache
def zone_names() -> frozenset[str]:
    """Every zone of the IANA database."""
    return frozenset((resources.files("tzdata") / "zones").read_text(encoding="utf-8").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of a known name."""
    path = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def zone_version() -> str:
    """The release of the IANA database, such as 2026a."""
    import tzdata

    return str(tzdata.IANA_VERSION)
