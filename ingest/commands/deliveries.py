"""``iza ingest``, ``iza status``, ``iza key new``, ``iza clean``."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ingest.commands.console import messages, output, print_json, say, shown, table
from ingest.commands.judgement import show_analysis, show_judgement
from ingest.errors import DataRefusedError, UsageError

if TYPE_CHECKING:  # what a command needs it imports itself, so that all others start without it
    from ingest.ledger import Removal
    from ingest.reading import Soort
    from ingest.report import IntakeReport, Reden

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_COUNT_COLUMNS = ["table", "delivered", "accepted", "quarantined", "duplicate"]


def _count_rows(report: IntakeReport) -> list[list[object]]:
    rows: list[list[object]] = [
        [naam, t.aangeleverd, t.geaccepteerd, t.quarantaine, t.dubbel]
        for naam, t in report.tabellen.items()
    ]
    total = report.total()
    rows.append(["total", total.aangeleverd, total.geaccepteerd, total.quarantaine, total.dubbel])
    return rows


def _explanations(report: IntakeReport) -> dict[tuple[str, str], str]:
    """What the sender is told of the first example of a reason, by code and kind of record."""
    from ingest.terugkoppeling.files import read_content

    content = read_content(_feedback(report).parent) or {"redenen": []}
    return {
        (str(reden["code"]), str(reden["record"])): str(reden["voorbeelden"][0]["toelichting"])
        for reden in content["redenen"]
        if reden["voorbeelden"] and reden["voorbeelden"][0]["toelichting"]
    }


def show_reasons(
    reasons: list[Reden], explanations: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> None:
    """Print reasons by code: what it means, what to do, how many records and where the first is.

    Args:
        reasons: of a report.
        explanations: of the first example, by code and kind of record.
    """
    from ingest.report import reason_texts

    texts = reason_texts()
    for code, group in groupby(reasons, key=lambda reden: reden.code):
        text = texts.get(code, {})
        output.print(
            f"\n[bold]{code}[/] {text.get('omschrijving', '')} {text.get('wat_te_doen', '')}",
            soft_wrap=True,
        )
        for reden in group:
            where = reden.voorbeeld
            element = f", {where['element']}" if where["element"] else ""
            place = f"{where['bestand']}:{where['regel']}{element}"
            output.print(
                f"  {reden.aantal:>9,} x {reden.tabel}, first {shown(place)}", soft_wrap=True
            )
            if explained := explanations.get((code, reden.tabel)):
                output.print(f"{'':13} {shown(explained)}", soft_wrap=True)
            if len(reden.elementen) > 1:
                named = ", ".join(f"{name} ({n:,})" for name, n in reden.elementen.items())
                output.print(f"{'':13} in elements {named}", soft_wrap=True)


def _feedback(report: IntakeReport) -> Path:
    from ingest.settings import load_settings
    from ingest.terugkoppeling.files import feedback_page

    return feedback_page(load_settings().home, report.bron_id, report.levering_id)


def show_report(report: IntakeReport) -> None:
    """Print a report for people: counts, the judgement of the whole, then reasons and warnings."""
    title = f"Delivery {report.levering_id} of {report.bron_id}, {report.periode}: {report.status}"
    output.print(table(title, _COUNT_COLUMNS, _count_rows(report)))
    show_judgement(report)
    for outcome in report.eerder:
        output.print(
            f"\nReplayed. Before: {outcome.status}, {outcome.geaccepteerd:,} accepted, "
            f"{outcome.quarantaine:,} refused.",
            soft_wrap=True,
        )
    show_reasons(report.redenen, _explanations(report))
    if report.waarschuwingen:
        output.print("\nAccepted, with a warning:")
        show_reasons(report.waarschuwingen)
    show_analysis(report.analyse)
    if (page := _feedback(report)).is_file():
        output.print(f"\nReport for the sender: {page}", soft_wrap=True)
    if report.herhaling:
        output.print("  This delivery was loaded before; nothing changed.")


def ingest(
    path: Annotated[Path, typer.Argument(help="One delivery: a file or a folder.")],
    bron: Annotated[str, typer.Option(help="Source that delivers, such as fhir-huisartsen.")],
    soort: Annotated[
        str | None, typer.Option(help="fhir, declaratie or register; recognised when left out.")
    ] = None,
    periode: Annotated[str | None, typer.Option(help="2025, 2025Q1 or 2025-01.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read a loaded delivery again, after a view changed.")
    ] = False,
    received: Annotated[
        str | None,
        typer.Option(help="Day or moment it was received, when it is loaded later: 2026-11-20."),
    ] = None,
    accept_despite: Annotated[
        list[str] | None,
        typer.Option(help="Load it although this rule passed its threshold; may be repeated."),
    ] = None,
    because: Annotated[
        str | None, typer.Option(help="Why, for the report; goes with --accept-despite.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Claim and load one delivery, and report what became of every record."""
    from ingest.intake import ingest_path
    from ingest.moments import read_moment
    from ingest.oordeel.thresholds import acceptance
    from ingest.settings import load_settings

    if soort not in (None, "fhir", "declaratie", "register"):
        raise UsageError(f"--soort {soort} is unknown: use fhir, declaratie or register.")
    family: Soort | None = soort  # type: ignore[assignment]
    aanvaard = acceptance(accept_despite or [], because)
    report = ingest_path(
        path,
        bron,
        load_settings(),
        soort=family,
        periode=periode,
        again=again,
        received=read_moment(received, "--received") if received else None,
        aanvaard=aanvaard,
    )
    if as_json:
        print_json(report.as_dict())
    else:
        show_report(report)
    if unused := aanvaard.codes - {passed.code for passed in report.drempels}:
        say(f"No threshold of {', '.join(sorted(unused))} was passed: nothing had to be let pass.")
    if report.status == "geweigerd":
        raise DataRefusedError(
            f"Nothing of delivery {report.levering_id} was accepted; "
            f"'iza explain {report.levering_id}' says why."
        )


def status(as_json: AsJson = False) -> None:
    """List the deliveries: source, period, status and counts."""
    from ingest.ledger import ledger_of
    from ingest.moments import show_moment
    from ingest.report import IntakeReport
    from ingest.settings import load_settings

    settings = load_settings()
    ledger = ledger_of(settings)
    committed = ledger.committed()
    reports = [IntakeReport.from_dict(d.rapport, herhaling=False) for d in committed]
    unfinished = ledger.unfinished()
    if as_json:
        withdrawn = [gone.as_dict() for gone in ledger.withdrawals.all()]
        print_json(
            {"leveringen": [r.as_dict() for r in reports], "onafgemaakt": unfinished,
             "ingetrokken": withdrawn}
        )  # fmt: skip
        return
    received = {d.levering_id: d.ontvangen_op for d in committed}
    rows: list[list[object]] = []
    for report in reports:
        t = report.total()
        moment = received[report.levering_id]
        rows.append(
            [report.bron_id, report.periode, report.levering_id,
             show_moment(moment)[:16] if moment else "", report.status,
             t.aangeleverd, t.geaccepteerd, t.quarantaine, t.dubbel]
        )  # fmt: skip
    columns = ["source", "period", "delivery", "received", "status", *_COUNT_COLUMNS[1:]]
    output.print(table(f"Deliveries in {settings.home}", columns, rows))
    for gone in ledger.withdrawals.all():
        messages.print(
            f"{gone.levering_id} of {gone.bron_id}, {gone.periode} was withdrawn on "
            f"{show_moment(gone.moment)[:10]}: {escape(gone.reden)}"
        )
    for levering_id in unfinished:
        messages.print(f"{levering_id} was claimed and not finished; load it again to finish it.")


def new_key(
    demo: Annotated[
        bool, typer.Option("--demo", help="The public demonstration key; never for real data.")
    ] = False,
) -> None:
    """Make the secret key of the pseudonyms, unless there is one."""
    from ingest.pseudonym import write_key
    from ingest.settings import load_settings

    say(f"Key in {write_key(load_settings(), demo=demo)}; keep it outside backups of the data.")


def _show_removals(removals: list[Removal], *, dry_run: bool) -> None:
    if not removals:
        return
    rows: list[list[object]] = [
        [r.ruimte, r.bron_id, r.levering_id or "", r.aanleiding,
         "" if r.termijn_dagen is None else r.termijn_dagen, r.bestanden,
         "" if r.records is None else r.records, r.bytes]
        for r in removals
    ]  # fmt: skip
    columns = ["room", "source", "delivery", "cause", "term", "files", "records", "bytes"]
    title = "Term is over" if dry_run else "Removed, with proof in the ledger"
    output.print(table(title, columns, rows))


def clean_up(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would go, and remove nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Remove landed files and refused rows whose retention term is over."""
    from ingest.retention import clean
    from ingest.settings import load_settings

    removed = clean(load_settings(), dry_run=dry_run)
    if as_json:
        print_json(removed.as_dict())
    else:
        _show_removals(removed.bewijs, dry_run=dry_run)
        if removed.afgemaakt:
            say(f"{len(removed.afgemaakt)} removals that were stopped half way come first.")
        say(
            f"{'Would remove' if dry_run else 'Removed'} {len(removed.landing)} landed deliveries, "
            f"the refused rows of {len(removed.quarantaine)}, retour messages of "
            f"{len(removed.retour)}, and "
            f"{len(removed.ophalen)} files of pulls."
        )
