"""``iza build``, ``iza publish``, ``iza verify``, ``iza dbt``: what follows intake."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.console import output, print_json, say, table
from ingest.commands.deliveries import AsJson
from ingest.errors import UsageError, VerificationError

if TYPE_CHECKING:
    from marts.as_of import AsOf


def build(
    keep_database: Annotated[
        Path | None,
        typer.Option(help="Copy the build database here, facts about persons included."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Build what was known at the end of a day (2026-11-20) or at a moment, beside the "
            "current build; it is not published.",
        ),
    ] = None,
    serve: Annotated[
        Path | None,
        typer.Option(help="With --as-of: write a DuckDB file of views over those marts here."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build the marts from all committed deliveries, in one dbt run."""
    from ingest.settings import load_settings
    from marts.as_of import read_as_of
    from marts.build import build as build_marts

    settings = load_settings()
    if serve is not None and as_of is None:
        raise UsageError("--serve goes with --as-of; the current build has serving.duckdb.")
    stand = read_as_of(as_of, settings, serve) if as_of else None
    result = build_marts(settings, progress=say, keep_database=keep_database, as_of=stand)
    if as_json:
        print_json(
            {
                "bouw": result.bouw_id,
                "map": str(result.map),
                "stand": stand.moment.isoformat() if stand else None,
            }
        )
        return
    output.print(f"Build {result.bouw_id} in {result.map}", soft_wrap=True)
    if stand is not None:
        _tell_stand(stand, result.leveringen)


def _tell_stand(stand: AsOf, leveringen: int) -> None:
    from ingest.moments import show_moment

    output.print(
        f"It holds what was known on {show_moment(stand.moment)}, of {leveringen} deliveries. The "
        "current build, serving.duckdb and what is published are as they were.",
        soft_wrap=True,
    )
    place = stand.serve or "a file of its own: add --serve FILE"
    output.print(f"Query it in {place}, or the Parquet files in the folder.", soft_wrap=True)


def publish(as_json: AsJson = False) -> None:
    """Publish the current marts: disclosure control, release, manifest, pointer."""
    from ingest.settings import load_settings
    from publish.release import publish as publish_marts

    results = publish_marts(load_settings(), progress=say)
    if as_json:
        rows = [{"extract": r.extract, "versie": r.versie, "nieuw": r.nieuw} for r in results]
        print_json({"extracten": rows})
        return
    shown: list[list[object]] = [
        [r.extract, r.versie, "new" if r.nieuw else "unchanged", str(r.map)] for r in results
    ]
    output.print(table("Published extracts", ["extract", "version", "state", "folder"], shown))


def verify(
    folder: Annotated[Path, typer.Argument(help="A release, an extract or a publication folder.")],
    as_json: AsJson = False,
) -> None:
    """Check a downloaded release against its manifest."""
    from publish.verify import verify as verify_folder

    result = verify_folder(folder)
    if as_json:
        print_json({"goed": not result.problems, "problemen": result.problems})
    elif not result.problems:
        output.print(f"{folder}: {result.releases} release(s) match their manifest.")
    if result.problems:
        raise VerificationError("\n".join(result.problems))


def dbt(context: typer.Context) -> None:
    """Run any dbt command on the project with the platform's settings: iza dbt docs generate."""
    from ingest.settings import load_settings
    from marts.dbt_run import run_dbt

    raise typer.Exit(run_dbt(load_settings(), context.args))


def explain_figure(
    indicator: Annotated[str, typer.Argument(help="Indicator, such as hartfalen_acute_opname.")],
    niveau: Annotated[str, typer.Option(help="zorgaanbieder, landelijk ...")] = "landelijk",
    eenheid: Annotated[str | None, typer.Option(help="Unit, such as an AGB code.")] = None,
    periode: Annotated[str | None, typer.Option(help="2025 or 2025Q1.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell how a figure came about: definition, counts, reference, norm and build."""
    from ingest.settings import load_settings
    from marts.figure import explain

    figures = explain(load_settings(), indicator, niveau, eenheid, periode)
    if as_json:
        print_json({"cijfers": figures})
        return
    for figure in figures:
        for naam, waarde in figure.items():
            for line in waarde if isinstance(waarde, list) else [waarde]:
                output.print(f"{naam:24} {line}")
        output.print("")


def synthetic(
    out: Annotated[Path, typer.Option(help="Folder to write the deliveries to.")],
    personen: Annotated[int, typer.Option(help="Number of persons, 200 or more.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
) -> None:
    """Write the demo region: deliveries of three years and the planted truth."""
    from synthetic.region import write_region

    try:
        write_region(personen, seed, out, progress=say)
    except (ValueError, FileExistsError) as error:
        raise UsageError(str(error)) from error


def view_run(
    view: Annotated[Path, typer.Argument(help="A SQL on FHIR ViewDefinition (JSON).")],
    inputs: Annotated[
        list[Path],
        typer.Argument(
            help="FHIR files, folders or patterns: NDJSON, JSON, Bundles, XML; plain, gz, zst, zip."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Result: .parquet, .csv or .ndjson.")],
    as_json: AsJson = False,
) -> None:
    """Flatten FHIR into one table with any SQL on FHIR ViewDefinition.

    Resources of other types than the view's are passed over. Rows come in the order of the files
    and their lines. The result appears when all went well, or not at all.

    Example: iza view run schemas/views/fhir_meting.json export/ --out meting.parquet
    """
    from ingest.fhir.view.runner import run_files

    begin = time.perf_counter()
    result = run_files(view, inputs, out)
    seconds = time.perf_counter() - begin
    if as_json:
        print_json(
            {
                "bestand": os.fspath(out),
                "rijen": result.rows,
                "resources": result.resources,
                "bestanden": result.files,
                "seconden": round(seconds, 2),
            }
        )
        return
    read = "" if result.resources is None else f"{result.resources:,} resources in "
    say(f"{result.rows:,} rows from {read}{result.files:,} file(s), {seconds:.1f} s: {out}")
