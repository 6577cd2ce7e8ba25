"""``iza declaratie check``: judge EI messages before they are sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.console import output, print_json, table
from ingest.errors import DataRefusedError

if TYPE_CHECKING:  # what a command needs it imports itself, so that all others start without it
    from ingest.declaraties.check import Bericht, Oordeel
    from ingest.declaraties.rules.attention import Waarschuwing

#: So many findings are shown to people; --json has them all.
_SHOWN = 200


def _verdict(bericht: Bericht) -> str:
    if bericht.dubbel:
        return "repeats a message before it"
    if bericht.bericht_geweigerd:
        return "refused"
    return f"{bericht.geweigerd:,} records refused" if bericht.geweigerd else "accepted"


def _total(cent: int | None) -> str:
    return "-" if cent is None else f"{abs(cent)} {'C' if cent < 0 else 'D'}"


def _show_advice(oordeel: Oordeel) -> None:
    """What could be better, one line a rule with its first place; and what was not judged."""
    first: dict[tuple[str, str], Waarschuwing] = {}
    number: Counter[tuple[str, str]] = Counter()
    for w in oordeel.waarschuwingen:
        first.setdefault((w.record, w.toelichting), w)
        number[w.record, w.toelichting] += 1
    rows: list[list[object]] = [
        [f"{w.bestand}:{w.regel}", w.record, ", ".join(w.elementen), number[key], w.toelichting]
        for key, w in first.items()
    ]
    if rows:
        columns = ["first place", "record", "elements", "records", "what could be better"]
        output.print(table("Accepted, but look at this", columns, rows))
    lists: list[list[object]] = [
        [n.standaard, n.codelijst, n.naam, ", ".join(n.elementen)] for n in oordeel.niet_getoetst
    ]
    if lists:
        columns = ["standard", "code list", "what it says", "elements"]
        output.print(table("Not judged: code lists that are not available", columns, lists))


def _show(oordeel: Oordeel) -> None:
    messages: list[list[object]] = [
        [b.bestand, b.standaard, b.detailrecords, _total(b.totaal_cent), _verdict(b)]
        for b in oordeel.berichten
    ]
    columns = ["file", "standard", "detail records", "total (eurocent)", "verdict"]
    output.print(table("Messages", columns, messages))
    found: list[list[object]] = [
        [f"{f.bestand}:{f.regel}", f.record, f.element or "", f.positie or "", f.reden_code,
         f.retourcode, f.toelichting]
        for f in oordeel.bevindingen[:_SHOWN]
    ]  # fmt: skip
    if found:
        columns = ["place", "record", "element", "position", "reason", "retour", "what is wrong"]
        output.print(table("Findings", columns, found))
    if len(oordeel.bevindingen) > _SHOWN:
        output.print(f"{len(oordeel.bevindingen) - _SHOWN:,} more; --json lists all.")
    _show_advice(oordeel)


def declaratie_check(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders with EI messages.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Judge EI messages without loading them; test messages (T) too. Exit code 1: refused."""
    from ingest.declaraties.check import check_files

    oordeel = check_files(paths)
    if as_json:
        print_json(
            {
                "goed": oordeel.is_goed,
                "berichten": [asdict(b) for b in oordeel.berichten],
                "bevindingen": [asdict(f) for f in oordeel.bevindingen],
                "waarschuwingen": [asdict(w) for w in oordeel.waarschuwingen],
                "niet_getoetst": [asdict(n) for n in oordeel.niet_getoetst],
            }
        )
    else:
        _show(oordeel)
    if not oordeel.is_goed:
        raise DataRefusedError(
            f"An insurer would refuse this: {len(oordeel.bevindingen):,} findings."
        )
