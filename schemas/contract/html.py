"""The data dictionary as one page that needs no network: readable, searchable, printable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from schemas.contract.markdown import mart_values, origin, sensitivity, values
from schemas.contract.mart import Mart, MartKolom
from schemas.contract.veld import FAMILIES, Veld, familie, tabel_doelen, velden
from schemas.tables import HERKOMST, TABELLEN, tabel

_ROOM = Path(__file__).parent

_RAW_HEADER = ("veld", "wat het is", "type", "waarden", "gevoeligheid", "bron")
_MART_HEADER = ("kolom", "wat het is", "type", "waarden")


def dictionary_html(marts: Sequence[Mart]) -> str:
    """The whole dictionary.

    Args:
        marts: what the dbt contracts say of the marts.

    Returns:
        One HTML document with its style and its search inside.
    """
    style = (_ROOM / "page.css").read_text(encoding="utf-8")
    script = (_ROOM / "page.js").read_text(encoding="utf-8")
    fields = sum(len(velden(naam)) for naam in TABELLEN)
    groups = [("marts", "Marts", [_mart(mart) for mart in marts])]
    groups += [
        (kind, f"Ruwe tabellen: {kind}", [_table(n) for n in TABELLEN if familie(n) == kind])
        for kind in FAMILIES.values()
    ]
    menu = " · ".join(f'<a href="#{name}">{escape(title)}</a>' for name, title, _ in groups)
    body = "\n".join(
        f'<section id="{name}"><h2>{escape(title)}</h2>\n' + "\n".join(parts) + "\n</section>"
        for name, title, parts in groups
    )
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Woordenboek IZA Spiegel</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>Woordenboek</h1>
<p>{len(marts)} marts en {len(TABELLEN)} ruwe tabellen met {f"{fields:,}".replace(",", ".")} velden.
<span lang="en">Data dictionary; every field has an English gloss.</span></p>
<p><label for="zoek">Zoek een veld, tabel, code of element</label>
<input id="zoek" type="search" autocomplete="off" spellcheck="false">
<output id="gevonden" for="zoek"></output></p>
<nav>{menu}</nav>
</header>
<main>
{body}
<p id="niets" hidden>Niets gevonden.</p>
</main>
<script>
{script}</script>
</body>
</html>
"""


def _table(naam: str) -> str:
    table = tabel(naam)
    about = (
        f"<p><i lang='en'>{escape(table.korrel)}</i></p>"
        f"<p class='k'>Doelen: {escape(', '.join(tabel_doelen(naam)))}"
        f"{' · gaat over personen' if table.persoonsgebonden else ''}</p>"
    )
    rows = "".join(_field(veld) for veld in velden(naam) if veld.naam not in HERKOMST)
    return _details(naam, table.omschrijving, about, _RAW_HEADER, rows)


def _mart(mart: Mart) -> str:
    about = (
        f"<p class='k'>Sleutel: {escape(', '.join(mart.sleutel))} · "
        f"Doelen: {escape(', '.join(mart.doelen))} · "
        f"Gebruikt voor: {escape(', '.join(mart.gebruik) or 'beheer')}</p>"
    )
    rows = "".join(_column(column) for column in mart.kolommen)
    return _details(mart.naam, mart.omschrijving, about, _MART_HEADER, rows)


def _details(naam: str, kort: str, about: str, header: Sequence[str], rows: str) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in header)
    return (
        f"<details id='{naam}'><summary><b>{naam}</b> <span>{escape(kort)}</span></summary>{about}"
        f"<div class='t'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        "</div></details>"
    )


def _field(veld: Veld) -> str:
    unit = f"<br><small>{escape(veld.eenheid)}</small>" if veld.eenheid else ""
    return _row(
        [
            _name(veld.naam, veld.engels) + ("<br><em>verplicht</em>" if veld.verplicht else ""),
            escape(veld.uitleg),
            escape(veld.type.lower()) + unit,
            escape(values(veld)),
            escape(sensitivity(veld)),
            "<br>".join(_breakable(part) for part in origin(veld).split("; ")),
        ]
    )


def _column(column: MartKolom) -> str:
    filled = "<br><em>altijd gevuld</em>" if column.verplicht else ""
    unit = f"<br><small>{escape(column.eenheid)}</small>" if column.eenheid else ""
    return _row(
        [
            _name(column.naam, column.engels) + filled,
            escape(column.omschrijving),
            escape(column.type) + unit,
            escape(mart_values(column)),
        ]
    )


def _name(naam: str, engels: str) -> str:
    return f"<code>{_breakable(naam)}</code><br><i lang='en'>{escape(engels)}</i>"


def _breakable(text: str) -> str:
    return escape(text).replace(".", ".<wbr>").replace("_", "_<wbr>")


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
