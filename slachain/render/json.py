"""The report as JSON, the data that every other rendering shows."""

from __future__ import annotations

import json
from typing import Any

from slachain.decisions.data import as_data
from slachain.decisions.report import Report


def json_text(report: Report) -> str:
    """`slachain-report/1`, indented, with a final newline."""
    return dump(as_data(report))


def dump(data: Any) -> str:
    """Any data of ours as JSON text."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
