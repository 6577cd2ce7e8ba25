"""``iza marts``: what analysts can ask, and what each column means."""

from __future__ import annotations

from typing import Annotated

import typer

from ingest.commands.console import output, print_json, table
from ingest.commands.deliveries import AsJson


def marts(
    mart: Annotated[
        str | None, typer.Argument(help="A mart, such as wlz_wachtlijst; all when left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the marts of the current build, or the columns of one: meaning, unit, values, row."""
    from ingest.settings import load_settings
    from marts.serving import read_described

    found = read_described(load_settings().home / "serving.duckdb", mart)
    if as_json:
        rows = [{"naam": d.naam, "type": d.type, "omschrijving": d.omschrijving} for d in found]
        print_json({"marts" if mart is None else "mart": rows})
        return
    if mart is None:
        shown = [[d.naam, *_parts(d.omschrijving)] for d in found]
        output.print(table("Marts", ["mart", "what it holds", "for"], shown))
        output.print("'iza marts NAME' tells of one: what a row is, its columns, units and values.")
        return
    output.print(found[0].omschrijving, soft_wrap=True)
    columns = [[d.naam, d.type.lower(), d.omschrijving] for d in found[1:]]
    output.print(table(f"Columns of {mart}", ["column", "type", "meaning"], columns))


def _parts(text: str) -> tuple[str, str]:
    """The first sentence of a description, and what it says of its use."""
    first, _, rest = text.partition(". ")
    use = rest.rpartition("Eén rij per ")[2].partition(". ")[2]
    return f"{first}.", use.removeprefix("Voor ").rstrip(".")
