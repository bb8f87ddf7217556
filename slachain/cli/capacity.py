"""`slachain capacity`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slachain.cli import options

if TYPE_CHECKING:
    from slachain.decisions.capacity_lines import Change, Plan
    from slachain.language.catalogue import Catalogue
    from slachain.study import Study

DEFAULT = "agreements/"
MOST_TOLD = 10


class Demand(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """An agreement and its tickets: acme=P1:10/month,P2:3/week."""

    name = "demand"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, dict[str, Fraction]]:
        """The agreement's id, and tickets a month by priority; or a usage error."""
        if isinstance(value, tuple):
            return value
        from slachain.language.agreements import read_demand
        from slachain.language.scalars import ScalarError
        from slachain.language.targets import read_priority

        id, sign, demand = (part.strip() for part in value.partition("="))
        found: dict[str, Fraction] = {}
        for part in demand.split(","):
            name, colon, tickets = (piece.strip() for piece in part.partition(":"))
            if not (id and sign and name and colon and tickets):
                self.fail(f"{value!r} is no demand of an agreement: write acme=P1:10/month,P2:3/week", param, ctx)
            if name in found:
                self.fail(f"{name} is written twice", param, ctx)
            try:
                found[read_priority(name)] = read_demand(tickets)
            except ScalarError as error:
                self.fail(str(error), param, ctx)
        return id, found


@click.command()
@click.option("--add", multiple=True, metavar="AGREEMENT", help="What this agreement, or a file with a draft, changes; repeatable.")
@click.option(
    "--demand", "demand", type=Demand(), multiple=True, metavar="ID=P1:N/month,…", help="What another demand changes; repeatable."
)
@options.catalogue
@options.as_of
@options.format_of("text", "json", "html")
@options.output
def command(
    add: tuple[str, ...],
    demand: tuple[tuple[str, dict[str, Fraction]], ...],
    paths: tuple[str, ...],
    as_of: date | None,
    form: str,
    output: str | None,
) -> None:
    """Who is overloaded, what response the staff can keep, and what more people would reach and cost.

    With --add or --demand the teams before and after: who is pushed over, and what it takes. Exits with 0 if every team has
    enough people (then), 1 if one has not, 2 if something cannot be read as written.

    \b
    Examples:
      slachain capacity
      slachain capacity --add draft.yaml --demand acme=P1:10/month,P2:30/month
      slachain capacity --format html -o capacity.html
    """
    from slachain.cli.rendering import put
    from slachain.decisions.capacity_change import NotReckoned, WhatIf, change
    from slachain.decisions.capacity_plan import plan

    study, added = _study(paths, add, options.today_or(as_of))
    asked = WhatIf(added, _by_id(demand))
    try:
        found: Plan | Change = change(study, asked) if add or demand else plan(study)
    except NotReckoned as error:
        raise click.UsageError(str(error)) from None
    put(drawn(found, form), output)
    sys.exit(int(_falls_short(found)))


def drawn(found: Plan | Change, form: str) -> str:
    """A plan, or two side by side, in one of the formats."""
    from slachain.decisions.capacity_lines import Plan
    from slachain.render import capacity
    from slachain.render.json import dump

    if form == "html":
        from slachain.render.capacity_page import capacity_html

        return capacity_html(found)
    if isinstance(found, Plan):
        return dump(capacity.capacity_data(found)) if form == "json" else capacity.capacity_text(found)
    return dump(capacity.change_data(found)) if form == "json" else capacity.change_text(found)


def _falls_short(found: Plan | Change) -> bool:
    from slachain.decisions.capacity_lines import Plan

    return (found if isinstance(found, Plan) else found.latter).falls_short


def _by_id(demand: Sequence[tuple[str, dict[str, Fraction]]]) -> Mapping[str, dict[str, Fraction]]:
    found: dict[str, dict[str, Fraction]] = {}
    for id, tickets in demand:
        if id in found:
            raise click.UsageError(f"--demand is written twice for {id}: name all its priorities in one, {id}=P1:10/month,P2:3/month")
        found[id] = tickets
    return found


def _study(paths: tuple[str, ...], add: tuple[str, ...], day: date) -> tuple[Study, tuple[str, ...]]:
    """The catalogue together with the files that are added, and the ids of what is new. Raises a usage error."""
    from slachain.cli.files import shown
    from slachain.study import Study

    files = tuple(name for name in add if _is_file(name))
    for name in files:
        if not Path(name).is_file():
            raise click.UsageError(f"there is no file {name}")
    study = Study.of(options.load_catalogue((*(paths or (DEFAULT,)), *files)), day)
    _whole(study)
    ids = []
    for name in add:
        drafts = _in_file(study.catalogue, shown(Path(name))) if name in files else [name]
        if not drafts:
            raise click.UsageError(f"{name} holds no agreement: what is to be added stands under agreements:")
        ids += drafts
    return study, tuple(dict.fromkeys(ids))


def _is_file(name: str) -> bool:
    """What ends in .yaml or .yml or has a slash in it is a file."""
    return name.lower().endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def _in_file(catalogue: Catalogue, file: str) -> list[str]:
    return [id for id, agreement in catalogue.agreements.items() if agreement.at.file == file]


def _whole(study: Study) -> None:
    """A slip of the pen may hide tickets or people: nothing is reckoned then. Raises a usage error."""
    from slachain.decisions.capacity_plan import LANGUAGE, findings_of

    found = findings_of(study, LANGUAGE)
    if found:
        lines = [f"  {finding.at}: {finding.code}: {finding.message}" for finding in found[:MOST_TOLD]]
        more = [f"  and {len(found) - MOST_TOLD} more: 'slachain check' lists them"] if len(found) > MOST_TOLD else []
        raise click.UsageError("\n".join(["the catalogue cannot be read as written, so nothing is reckoned:", *lines, *more]))
