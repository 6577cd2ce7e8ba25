"""``iza replay`` and ``iza withdraw``: judge refused records again, and take a delivery back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ingest.commands.console import output, print_json, say, table
from ingest.commands.deliveries import AsJson

if TYPE_CHECKING:  # what a command needs it imports itself, so that all others start without it
    from ingest.replay import Replayed
    from marts.withdrawn import BuildWith
    from publish.use import Release

_OUTCOMES = {"herspeeld": "read again", "bestanden_weg": "files are gone"}


def replay_refused(
    bron: Annotated[str | None, typer.Option(help="Deliveries of this source alone.")] = None,
    levering: Annotated[
        str | None, typer.Option(help="This delivery alone; a first part of its name will do.")
    ] = None,
    reden: Annotated[
        str | None, typer.Option(help="Those refused for this reason code alone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Judge refused records again where rules, layouts, views or code lists changed since."""
    from ingest.errors import UsageError
    from ingest.replay import replay
    from ingest.report import reason_texts
    from ingest.settings import load_settings

    if reden is not None and reden not in reason_texts():
        raise UsageError(f"--reden {reden} is no code of schemas/redenen.csv.")
    found = replay(load_settings(), bron=bron, levering=levering, reden=reden)
    if as_json:
        print_json({"leveringen": [each.as_dict() for each in found]})
        return
    if not found:
        say("Nothing to replay: no refused record was judged by other rules than those of now.")
        return
    rows: list[list[object]] = [
        [r.bron_id, r.periode, r.levering_id, _OUTCOMES[r.uitkomst], r.geweigerd, r.geaccepteerd,
         r.nog_geweigerd, r.status]
        for r in found
    ]  # fmt: skip
    columns = ["source", "period", "delivery", "outcome", "refused before", "accepted more",
               "still refused", "status"]  # fmt: skip
    output.print(table("Replayed", columns, rows))
    _tell_gone([r for r in found if r.uitkomst == "bestanden_weg"])
    if any(r.geaccepteerd for r in found):
        say("'iza build' brings what is accepted now into the marts.")


def _tell_gone(gone: list[Replayed]) -> None:
    """What becomes of deliveries whose files are no longer there, and what can be done."""
    if not gone:
        return
    refused = sum(r.nog_geweigerd for r in gone)
    say(
        f"The files of {len(gone)} of them are no longer in landing/, so they were not read again: "
        f"{refused:,} refused records stay refused, and what was accepted stays accepted. Ask the "
        "source to send the delivery again. The same files are read by the rules of now with "
        "'iza ingest … --again', and counted once; corrected files are a delivery of their own."
    )


def _show_builds(builds: list[BuildWith], purged: list[BuildWith], levering_id: str) -> None:
    for build in purged:
        say(f"Removed build {build.bouw_id}, which had read it.")
    left = [build for build in builds if build not in purged]
    for build in left:
        kind = "the current build, has its rows until the next 'iza build'" if build.actueel else (
            "an earlier build, has its rows"
        )  # fmt: skip
        say(f"{build.map}: {kind}.")
    if left:
        say(
            "To remove what they hold: 'iza build', then "
            f"'iza withdraw {levering_id} --reason … --purge-builds'."
        )


def _show_releases(releases: list[Release]) -> None:
    if releases:
        named = ", ".join(f"{r.extract} {r.versie}" for r in releases)
        say(f"Made with it and published: {named}. A release does not change; publish a new one.")


def withdraw_delivery(
    levering: Annotated[
        str,
        typer.Argument(help="Delivery, as 'iza status' lists it; a first part of it will do."),
    ],
    reason: Annotated[
        str, typer.Option(help="Why; it is kept for good, so without anything about a person.")
    ],
    purge_builds: Annotated[
        bool, typer.Option("--purge-builds", help="Remove earlier builds that had read it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Withdraw a whole delivery: its files go, no build sees it again, the ledger says why."""
    from ingest.ledger import ledger_of
    from ingest.retention import withdraw
    from ingest.settings import load_settings
    from marts.lock import build_lock
    from marts.withdrawn import builds_with
    from marts.withdrawn import purge_builds as purge
    from publish.use import releases_with

    settings = load_settings()
    levering_id = ledger_of(settings).resolve(levering)
    # Not while a build reads the files that go.
    with build_lock(settings.room("bouw")):
        done = withdraw(levering_id, reason, settings)
        builds = builds_with(settings, levering_id)
        purged = purge(builds) if purge_builds else []
    releases = releases_with(settings, levering_id)
    if as_json:
        kept = [build.bouw_id for build in builds if build not in purged]
        print_json(
            done.as_dict()
            | {"bouwen": kept, "bouwen_verwijderd": [build.bouw_id for build in purged],
               "uitgaven": [vars(release) for release in releases]}
        )  # fmt: skip
        return
    gone = done.intrekking
    say(
        f"Delivery {levering_id} of {gone.bron_id}, {gone.periode} "
        f"{'was withdrawn before' if done.herhaling else 'is withdrawn'}: {escape(gone.reden)}"
    )
    rows: list[list[object]] = [
        [r.ruimte, r.bestanden, "" if r.records is None else r.records, r.bytes]
        for r in done.verwijderd
    ]
    output.print(table("Removed", ["room", "files", "records", "bytes"], rows))
    _show_builds(builds, purged, levering_id)
    _show_releases(releases)
