"""`slachain document`."""

from __future__ import annotations

from datetime import date

import click

from slachain.cli import options


@click.command()
@click.argument("agreement")
@options.catalogue
@options.as_of
@options.format_of("html", "markdown", "json")
@options.output
@click.option(
    "--internal", is_flag=True, help="For the house alone: with what lies below, what is supported, and where each clause is written."
)
def command(agreement: str, paths: tuple[str, ...], as_of: date | None, form: str, output: str | None, internal: bool) -> None:
    """An AGREEMENT as a contract to read and sign: its effective terms, plans resolved, in numbered clauses.

    It says nothing of what lies below the agreement: no team, vendor, hand-over, demand, option or accepted risk. Those are
    in the copy that --internal makes, which is marked on each page.

    \b
    Examples:
      slachain document novapay-gold -o novapay.html
      slachain document novapay-gold --format markdown
    """
    from slachain.cli.rendering import put
    from slachain.cli.signing import whole
    from slachain.decisions.contract.document import document
    from slachain.decisions.contract.slips import slips
    from slachain.study import Study

    study = Study.of(options.load_catalogue(paths), options.today_or(as_of))
    whole(study, agreement)
    put(drawn(document(study, agreement, internal), form), output)
    if not internal:
        for slip in slips(study, agreement):
            click.echo(f"note: {slip.at}: '{slip.name}' lies below {agreement}, and is printed", err=True)


def drawn(found: object, form: str) -> str:
    """A contract in one of the formats."""
    from slachain.decisions.contract.nouns import Document

    assert isinstance(found, Document)
    if form == "html":
        from slachain.render.document_page import document_html

        return document_html(found)
    from slachain.render.document import document_data, document_markdown

    if form == "markdown":
        return document_markdown(found)
    from slachain.render.json import dump

    return dump(document_data(found))
