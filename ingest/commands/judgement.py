"""Printing the judgement of a delivery as a whole: thresholds, remarks, and how it compares."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.markup import escape

from ingest.commands.console import output

if TYPE_CHECKING:
    from ingest.oordeel.analysis import Analyse
    from ingest.report import IntakeReport

#: So many differences of one rule are printed.
_SHOWN = 8


def show_judgement(report: IntakeReport) -> None:
    """Print what is said of the delivery as a whole: thresholds and remarks."""
    for passed in report.drempels:
        hit = (
            f"{passed.code} refuses {passed.aantal:,} of {passed.van:,} records of {passed.tabel} "
            f"({passed.aandeel:.1%}); the threshold is {passed.drempel:.0%}, from "
            f"{passed.vanaf:,} records."
        )
        if passed.omdat:
            output.print(f"\n[bold]Accepted despite a threshold:[/] {hit}", soft_wrap=True)
            output.print(f"  Why: {escape(passed.omdat)}", soft_wrap=True)
        else:
            output.print(f"\n[bold]Refused as a whole:[/] {hit}", soft_wrap=True)
            output.print(
                "  One cause is likely: let the source repair it and deliver again. To load the "
                f"rest nevertheless: iza ingest … --accept-despite {passed.code} --because 'why'",
                soft_wrap=True,
            )
    for remark in report.opmerkingen:
        output.print(f"\n[bold]{remark.code}[/] {remark.omschrijving} {remark.wat_te_doen}",
                     soft_wrap=True)  # fmt: skip


def _value(value: float, element: str | None) -> str:
    return f"{value:,.0f}" if element is None else f"{value:.1%}"


def show_analysis(found: Analyse) -> None:
    """Print what stands out beside earlier deliveries of the source."""
    from ingest.report import reason_texts

    if not found.vergeleken_met:
        return
    number = len(found.afwijkingen) or "nothing"
    against = " and ".join(found.vergeleken_met)
    output.print(
        f"\nBeside {against}: {found.toetsen:,} comparisons, {number} out of line "
        f"(chance of any when the source did not change: {found.kans:.1%} at most).",
        soft_wrap=True,
    )
    for code, group in groupby(found.afwijkingen, key=lambda each: each.code):
        text = reason_texts().get(code, {})
        output.print(
            f"[bold]{code}[/] {text.get('omschrijving', '')} {text.get('wat_te_doen', '')}",
            soft_wrap=True,
        )
        each_of_code = list(group)
        for each in each_of_code[:_SHOWN]:
            what = each.tabel if each.element is None else f"{each.tabel}, {each.element}"
            output.print(
                f"  {escape(what)}: {_value(each.nu, each.element)} now, "
                f"{_value(each.toen, each.element)} in {each.periode}",
                soft_wrap=True,
            )
        if len(each_of_code) > _SHOWN:
            output.print(f"  and {len(each_of_code) - _SHOWN} more; --json lists them all")
