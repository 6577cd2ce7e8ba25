"""``iza explain LEVERING``: the whole story of one delivery, in plain words or as JSON."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from ingest.commands.console import output, print_json, table
from ingest.commands.deliveries import AsJson, show_reasons, show_report

if TYPE_CHECKING:  # what a command needs it imports itself, so that all others start without it
    from typer._click import Context

    from ingest.ledger import History, Removal
    from ingest.settings import Settings
    from marts.use import Use
    from publish.use import Release


class ExplainGroup(TyperGroup):
    """``iza explain`` with a delivery right behind it, or one of its commands."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words; without the name of a command they are about a delivery."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["delivery", *args]
        return super().parse_args(ctx, args)


def _what_is_left(settings: Settings, history: History) -> str:
    folder = settings.home / "landing" / history.bron_id / history.levering_id
    if folder.is_dir():
        return f"They are in {folder}"
    return "They are no longer in landing/: removed, or never taken in here"


def _more(bijzonder: dict[str, Any]) -> str:
    found = next((bijzonder[name] for name in ("fout", "van", "reden") if name in bijzonder), "")
    return escape(str(found))


def _show_steps(history: History) -> None:
    from ingest.ledger.history import STAPPEN
    from ingest.moments import show_moment

    rows: list[list[object]] = []
    for step in history.stappen:
        more = _more(step.bijzonder)
        meaning = STAPPEN.get(step.stap, "") + (f" ({more})" if more else "")
        rows.append([show_moment(step.moment), step.stap, meaning, step.houder])
    output.print("")
    output.print(table("What happened", ["when", "step", "meaning", "by"], rows))


def _show_files(settings: Settings, history: History) -> None:
    if not history.bestanden:
        return
    rows: list[list[object]] = [
        [str(file.volgnr), file.soort or "?", file.bytes, file.sha256] for file in history.bestanden
    ]
    output.print("")
    output.print(
        table("Files, in the order of their names", ["", "kind", "bytes", "SHA-256"], rows)
    )
    output.print(f"{_what_is_left(settings, history)}.", soft_wrap=True)


def _show_versions(history: History) -> None:
    from ingest.versions import versions

    kept = history.versies
    if history.status == "bezig":
        return
    output.print("")
    if kept["code_hash"] is None:
        output.print("Loaded before versions of code and schemas were kept.")
        return
    output.print(
        f"Loaded with version {kept['code_versie']} (code {kept['code_hash']}, schemas "
        f"{kept['schema_hash']}) and pseudonym key {kept['sleutel_id']}.",
        soft_wrap=True,
    )
    now = versions(history.soort, str(kept["sleutel_id"]))
    changed = [
        name
        for name, then, here in (
            ("code", kept["code_hash"], now.code_hash),
            ("schemas", kept["schema_hash"], now.schema_hash),
        )
        if then != here
    ]
    if changed:
        output.print(
            f"The {' and '.join(changed)} of this installation changed since; 'iza ingest … "
            "--again' reads it anew.",
            soft_wrap=True,
        )


def _show_removals(removals: list[Removal]) -> None:
    from ingest.moments import show_moment

    if not removals:
        return
    rows: list[list[object]] = [
        [show_moment(r.gereed_op) if r.gereed_op else "not finished", r.ruimte, r.aanleiding,
         r.bestanden, "" if r.records is None else r.records, r.bytes]
        for r in removals
    ]  # fmt: skip
    output.print("")
    output.print(table("Removed", ["when", "room", "cause", "files", "records", "bytes"], rows))


def _what_it_left(use: Use | None) -> str:
    if use is None or not use.gelezen:
        return "The current build has nothing of it."
    return f"The current build {use.bouw_id} still has its rows; the next 'iza build' has not."


def _show_use(history: History, use: Use | None, releases: list[Release]) -> None:
    output.print("")
    if history.status == "ingetrokken":
        output.print(f"It is withdrawn. {_what_it_left(use)}", soft_wrap=True)
    elif use is None:
        output.print("There are no marts yet; 'iza build' makes them.")
    elif not use.gelezen:
        output.print(
            f"The current build {use.bouw_id} did not read it: it was made before this delivery "
            "was committed. The next 'iza build' does.",
            soft_wrap=True,
        )
    else:
        rows = ", ".join(f"{n:,} in {tabel}" for tabel, n in sorted(use.rijen.items()) if n)
        output.print(
            f"The current build {use.bouw_id} read its rows: {rows or 'none'}.", soft_wrap=True
        )
        for tabel, vervangen in sorted(use.vervangen.items()):
            by = ", ".join(f"{name} ({n:,})" for name, n in vervangen.door.items())
            output.print(
                f"  {vervangen.aantal:,} of its records in {tabel} no longer hold; what holds came "
                f"with {by or 'a later version, period or deletion'}.",
                soft_wrap=True,
            )
        if use.geweigerd:
            output.print("Refused by that build, which sees all deliveries:")
            show_reasons(use.geweigerd)
    if releases:
        named = ", ".join(f"{r.extract} {r.versie}" for r in releases)
        output.print(f"Releases made with it: {named}.", soft_wrap=True)
    else:
        output.print("No release was made with it.")


def _as_json(
    history: History, use: Use | None, releases: list[Release], removals: list[Removal]
) -> dict[str, Any]:
    return history.rapport | {
        "levering": history.levering_id,
        "bron": history.bron_id,
        "soort": history.soort,
        "periode": history.periode,
        "status": history.status,
        "stappen": [
            {"stap": s.stap, "moment": s.moment.isoformat(), "houder": s.houder} | s.bijzonder
            for s in history.stappen
        ],
        "bestanden": [asdict(file) for file in history.bestanden],
        "versies": history.versies,
        "bouw": asdict(use) if use else None,
        "redenen_bouw": [asdict(reden) for reden in use.geweigerd] if use else [],
        "uitgaven": [asdict(release) for release in releases],
        "verwijderd": [removal.as_dict() for removal in removals],
    }


def explain_delivery(
    levering: Annotated[
        str,
        typer.Argument(help="Delivery, as 'iza status' lists it; a first part of it will do."),
    ],
    as_json: AsJson = False,
) -> None:
    """Tell the story of one delivery: steps, files, counts, reasons, builds and releases.

    'iza explain LEVERING' does the same.
    """
    from ingest.errors import UsageError
    from ingest.filenames import named
    from ingest.landing import landed_names
    from ingest.ledger import ledger_of
    from ingest.report import IntakeReport
    from ingest.settings import load_settings
    from marts.use import use_of_delivery
    from publish.use import releases_with

    settings = load_settings()
    ledger = ledger_of(settings)
    history = ledger.history(ledger.resolve(levering))
    if history is None:
        raise UsageError(f"There is no delivery {levering}; 'iza status' lists them.")
    if history.rapport:
        names = landed_names(history.bron_id, history.levering_id, settings)
        history = replace(history, rapport=named(history.rapport, names))
    use = use_of_delivery(settings, history.levering_id)
    releases = releases_with(settings, history.levering_id)
    removals = ledger.removals.all(history.levering_id)
    if as_json:
        print_json(_as_json(history, use, releases, removals))
        return
    if history.rapport:
        show_report(IntakeReport.from_dict(history.rapport, herhaling=False))
    else:
        output.print(
            f"Delivery {history.levering_id} of {history.bron_id}, {history.periode}: not "
            "finished. Load it again to finish it; nothing of it is visible.",
            soft_wrap=True,
        )
    _show_steps(history)
    _show_files(settings, history)
    _show_removals(removals)
    _show_versions(history)
    _show_use(history, use, releases)
