"""Time zones from the `tzdata` package alone, so that the version the report names is the one that was used."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pkgutil import get_data
from zoneinfo import ZoneInfo


@cache
def zone_names() -> frozenset[str]:
    """Every zone of the IANA database."""
    return frozenset(_data("zones").decode().split())


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of a known name."""
    return ZoneInfo.from_file(BytesIO(_data(f"zoneinfo/{name}")), key=name)


def zone_version() -> str:
    """The release of the IANA database, such as 2026a."""
    import tzdata

    return str(tzdata.IANA_VERSION)


def _data(path: str) -> bytes:
    content = get_data("tzdata", path)
    assert content is not None
    return content
