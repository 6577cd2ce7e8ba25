"""``iza report`` and ``iza retour``: the answer for the sender of a delivery, written again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.console import output, print_json
from ingest.commands.judgement import show_analysis

if TYPE_CHECKING:  # what a command needs it imports itself, so that all others start without it
    from ingest.terugkoppeling.again import Answered

Levering = Annotated[str, typer.Argument(help="Delivery, as 'iza status' lists it.")]
Out = Annotated[Path | None, typer.Option(help="Write to this folder instead.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def _without(answered: Answered) -> Counter[str]:
    """Why messages have no retour message, and how many."""
    reasons = (m["retour"]["ontbreekt"] for m in answered.content.get("berichten", []))
    return Counter(str(reason) for reason in reasons if reason)


def _show(answered: Answered, *, retour: bool, as_json: bool) -> None:
    from ingest.oordeel.analysis import Analyse
    from ingest.terugkoppeling.files import RAPPORT_HTML, RAPPORT_JSON

    written = answered.content["retourbestanden"]
    if as_json:
        print_json(
            {
                "levering": answered.content["levering"],
                "map": str(answered.folder),
                "rapport": [RAPPORT_JSON, RAPPORT_HTML],
                "retour": written,
                "zonder_retour": dict(_without(answered)),
            }
        )
        return
    output.print(f"Report for the sender: {answered.folder / RAPPORT_HTML}", soft_wrap=True)
    if not retour:
        show_analysis(Analyse.from_dict(answered.content["analyse"]))
        return
    output.print(f"Retour messages: {len(written)}", soft_wrap=True)
    for name in written:
        output.print(f"  {answered.folder / name}", soft_wrap=True)
    for reason, number in sorted(_without(answered).items()):
        output.print(f"  {number:,} x none: {reason}", soft_wrap=True)
    if written:
        output.print("They hold personal data: give them to the sender alone.", soft_wrap=True)


def _answer(levering: str, out: Path | None, *, retour: bool, as_json: bool) -> None:
    from ingest.settings import load_settings
    from ingest.terugkoppeling.again import answer_again

    answered = answer_again(levering, load_settings(), retour=retour, out=out)
    _show(answered, retour=retour, as_json=as_json)


def report(levering: Levering, out: Out = None, as_json: AsJson = False) -> None:
    """Write the report for the sender of a delivery again."""
    _answer(levering, out, retour=False, as_json=as_json)


def retour(levering: Levering, out: Out = None, as_json: AsJson = False) -> None:
    """Write the retour messages of a delivery of declarations, and its report."""
    _answer(levering, out, retour=True, as_json=as_json)
