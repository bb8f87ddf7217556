"""`slachain repair`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from slachain.cli import options

if TYPE_CHECKING:
    from slachain.cli.files import Gathered
    from slachain.decisions.repair import Repairer
    from slachain.decisions.repair_files import Rewritten
    from slachain.decisions.trials import Chosen
    from slachain.study import Study


class Budget(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """An amount of money such as 10000 EUR/month; without a period, a month's."""

    name = "money"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """The amount, or a usage error."""
        from slachain.language.pricing import read_cost
        from slachain.language.scalars import ScalarError

        if not isinstance(value, str):
            return value
        try:
            return read_cost(value if "/" in value else f"{value}/month")
        except ScalarError:
            self.fail(f"{value!r} is no budget: write '10000 EUR/month'", param, ctx)


@click.command()
@options.paths
@options.as_of
@click.option("--budget", type=Budget(), metavar="MONEY", help="The best that can be had for this, such as '10000 EUR/month'.")
@click.option("--only", multiple=True, metavar="AGREEMENT", help="Only the promises of this agreement; repeatable.")
@click.option("--apply", "write", is_flag=True, help="Write the changes into the files.")
@options.format_of("text", "json")
@options.output
def command(
    paths: tuple[str, ...], as_of: date | None, budget: Any, only: tuple[str, ...], write: bool, form: str, output: str | None
) -> None:
    """The cheapest set of priced changes that makes the promises hold, and the proof that nothing less does.

    What can be bought stands in the agreements, as options. What is kept today is kept. Exits with 0 if every promise
    asked about is kept then, 1 if not, 2 if the agreements cannot be read as written.

    \b
    Examples:
      slachain repair agreements/
      slachain repair --budget '10000 EUR/month' --only acme-gold
      slachain repair --apply
    """
    from slachain.cli.files import gather
    from slachain.cli.rendering import put
    from slachain.decisions.hitting_set import Unproven
    from slachain.decisions.repair import CannotRepair, Repairer
    from slachain.decisions.repair_files import rewritten
    from slachain.decisions.repair_lines import repair_line
    from slachain.language.loader import load
    from slachain.render.json import dump
    from slachain.render.repair import repair_data, repair_text
    from slachain.study import Study

    paths = paths or ("agreements/",)
    if write:
        finish_what_was_cut_short(paths)
    gathered = gather(paths)
    study = Study.of(load(gathered.files, gathered.attach, tuple(gathered.findings)), options.today_or(as_of))
    refuse_unreadable(study)
    try:
        repairer = Repairer(study, only, budget)
        answer = repairer.answer()
        found = repair_line(repairer, answer)
    except (CannotRepair, Unproven) as error:
        raise click.UsageError(str(error)) from None
    chosen = answer.chosen or frozenset()
    text = rewritten(gathered.files, (repairer.priced[number] for number in sorted(chosen)), study.catalogue.metrics)
    written = apply(repairer, chosen, text, gathered) if write else []
    put(dump(repair_data(found, text, written)) if form == "json" else repair_text(found, text, written), output)
    sys.exit(int(not found.possible or bool(found.remains)))


def finish_what_was_cut_short(paths: tuple[str, ...]) -> None:
    """What an earlier run was killed in the middle of is done first, and told."""
    from slachain.cli.files import home_of
    from slachain.cli.replacing import finish

    for file in finish(home_of(paths)):
        click.echo(f"{file}: an earlier change, which was cut short, is finished", err=True)


def refuse_unreadable(study: Study) -> None:
    """Tell what cannot be read as written, and exit with 2: what is judged would not be what is written."""
    from slachain.checks.registry import all_checks

    found = sorted((f for check in all_checks() if check.CODE.startswith("SC1") for f in check.check(study)), key=lambda f: (f.at, f.code))
    for finding in found:
        click.echo(f"{finding.at}: {finding.code} {finding.message}", err=True)
    if found:
        click.echo("The agreements cannot be read as written: nothing is repaired. 'slachain check' tells more.", err=True)
        sys.exit(2)


def apply(repairer: Repairer, chosen: Chosen, text: Rewritten, gathered: Gathered) -> list[str]:
    """Write all the files or none, once what is to be written has been read and judged again; the names of those written."""
    from slachain.cli.replacing import Replacement, replace_all
    from slachain.decisions.repair_files import confirmed
    from slachain.language.loader import load

    if text.refused:
        why = "; ".join(f"{refusal.option} cannot be written ({refusal.why})" for refusal in text.refused)
        raise click.UsageError(f"{why}: nothing was written")
    if text.files and not confirmed(repairer, chosen, load({**gathered.files, **text.files}, gathered.attach)):
        raise click.UsageError("the changed text would not be judged as the options were: nothing was written")
    places = {file: Path(gathered.places[file][0]) for file in text.files}
    replace_all({places[file]: Replacement(gathered.files[file], content) for file, content in text.files.items()}, gathered.home)
    return list(text.files)
