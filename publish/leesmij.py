"""``LEESMIJ.md``: what a regional partner reads first."""

from __future__ import annotations

from typing import Any

from publish.disclosure.definitie import definitie

_REDEN = {
    "klein_aantal": "te weinig personen, of (bijna) iedereen of niemand in een groep",
    "dominantie": "het bedrag komt van te weinig zorgaanbieders",
    "afleidbaar": "een ander verborgen cijfer zou met dit cijfer uit te rekenen zijn",
}


def leesmij(manifest: dict[str, Any], rijen: int) -> str:
    """The text.

    Args:
        manifest: the manifest, version included.
        rijen: number of rows of ``data.parquet``.

    Returns:
        Markdown, in Dutch.
    """
    return "\n".join(
        [
            *_what(manifest, rijen),
            *_open(manifest),
            *_indicators(manifest),
            *_hidden(manifest),
            *_columns(manifest),
            *_use(manifest),
        ]
    )


def _what(manifest: dict[str, Any], rijen: int) -> list[str]:
    vorige = manifest["vorige_versie"]
    return [
        f"# {manifest['titel']}",
        "",
        f"{manifest['omschrijving'].strip()}",
        "",
        f"Versie **{manifest['versie']}**"
        + (f" (volgt op {vorige})" if vorige else " (eerste versie)")
        + f", {rijen} regels, jaren {', '.join(manifest['peiljaren'])}. Een versie verandert nooit:"
        " wie haar versie noemt, noemt precies deze cijfers.",
        "",
        "Elke regel is één cijfer: een indicator, voor een eenheid (kolommen `niveau` en"
        " `eenheid_id`), een uitsplitsing en een periode. `TOTAAL` betekent: niet uitgesplitst.",
        "",
    ]


def _open(manifest: dict[str, Any]) -> list[str]:
    return [
        "## Openen",
        "",
        "- DuckDB: `select * from 'data.parquet' where niveau = 'landelijk';`",
        "- Python: `import pandas; cijfers = pandas.read_parquet('data.parquet')`",
        "- Excel: Gegevens > Gegevens ophalen > Uit bestand > Uit Parquet, kies `data.parquet`",
        "",
        "Controleren of alles heel is aangekomen: `iza verify .` in deze map.",
        "",
    ]


def _named(row: dict[str, Any]) -> str:
    return definitie(str(row.get("indicator_id")), str(row.get("definitie_versie", "1")))


def _indicators(manifest: dict[str, Any]) -> list[str]:
    lines = ["## Indicatoren", ""]
    for naam in sorted(manifest["bescherming"]["soort_indicator"]):
        definition: dict[str, Any] = next(
            (row for row in manifest["definities"] if _named(row) == naam), {}
        )
        text = definition.get("naam") or definition.get("titel") or ""
        lines.append(f"- `{naam}`" + (f": {text}" if text else ""))
    return [*lines, "", "De volledige definities en normen staan in `manifest.json`.", ""]


def _hidden(manifest: dict[str, Any]) -> list[str]:
    counts = manifest["bescherming"]["verborgen"]
    lines = [
        "## Verborgen cijfers",
        "",
        f"Een cijfer over minder dan {manifest['drempel']} personen wordt niet getoond. Ook cijfers"
        " waarmee een verborgen cijfer uit te rekenen is, zijn verborgen. De regel staat er dan"
        " wel, met `onderdrukt = true` en lege cijfers. Leeg is dus **niet** nul.",
        "",
        "| reden | regels | betekenis |",
        "|---|---|---|",
    ]
    lines += [f"| {reden} | {counts[reden]} | {_REDEN[reden]} |" for reden in sorted(counts)]
    return [
        *lines,
        "",
        manifest["bescherming"]["weglaten"],
        "",
        "Wie een totaal en de getoonde delen naast elkaar legt, ziet in het verschil alle verborgen"
        " en niet vermelde delen samen.",
        "",
    ]


def _columns(manifest: dict[str, Any]) -> list[str]:
    lines = ["## Kolommen", "", "| kolom | type | betekenis |", "|---|---|---|"]
    for column in manifest["schema"]:
        text = column["omschrijving"].replace("|", "/")
        lines.append(f"| {column['naam']} | {column['type']} | {text} |")
    return [*lines, ""]


def _use(manifest: dict[str, Any]) -> list[str]:
    licence = manifest["licentie"]
    where = f" ({licence['adres']})" if licence["adres"] else ""
    return [
        "## Gebruik",
        "",
        f"- Doelen: {', '.join(manifest['doelen'])}",
        f"- Grondslag: {manifest['grondslag']}",
        f"- Ontvangers: {', '.join(manifest['ontvangers'])}",
        f"- Bewaartermijn: {manifest['bewaartermijn']}",
        f"- Licentie: {licence['naam']}{where}",
        *(f"  - {voorwaarde}" for voorwaarde in licence["voorwaarden"]),
        "",
    ]
