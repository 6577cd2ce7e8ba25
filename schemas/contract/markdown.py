"""The data dictionary as Markdown: an index, a page a raw table, a page a mart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.contract.mart import Mart, MartKolom
from schemas.contract.registratielast import LASTEN, last_van, lees_lasten
from schemas.contract.uitgaven import Uitgave, verschil
from schemas.contract.veld import FAMILIES, Veld, familie, tabel_doelen, velden
from schemas.tables import HERKOMST, TABELLEN, tabel

_MADE = "<!-- Made by 'iza contract write'; change schemas/tables, not this page. -->\n"


def pages(marts: Sequence[Mart], releases: Sequence[Uitgave]) -> dict[str, str]:
    """All pages.

    Args:
        marts: what the dbt contracts say of the marts.
        releases: mandatory fields of each release, newest first.

    Returns:
        Text by path below the folder of the dictionary.
    """
    made = {"README.md": _index(marts), "registratielast.md": _burden(releases)}
    made |= {f"ruw/{naam}.md": _table(naam) for naam in TABELLEN}
    made |= {f"marts/{mart.naam}.md": _mart(mart) for mart in marts}
    return made


def values(veld: Veld) -> str:
    """What a field may hold, as far as a list says so."""
    lists = [f"codelijst {name}" for name in veld.codelijsten]
    return "; ".join([*([", ".join(veld.waarden)] if veld.waarden else []), *lists])


def mart_values(column: MartKolom) -> str:
    """What a column of a mart may hold: its values, or the mart that lists them."""
    return ", ".join(column.waarden) or (f"zie {column.lijst}" if column.lijst else "")


def origin(veld: Veld) -> str:
    """Where a field comes from, or that there is no element for it."""
    return "; ".join(veld.bronelementen) or "geen: de bron heeft hier geen element voor"


def sensitivity(veld: Veld) -> str:
    """Sensitivity, and that of what was delivered when the treatment lowers it."""
    word = veld.gevoeligheid.replace("_", " ")
    if veld.gevoeligheid_aangeleverd == veld.gevoeligheid:
        return word
    return f"{word} (aangeleverd: {veld.gevoeligheid_aangeleverd.replace('_', ' ')})"


def _cell(value: str) -> str:
    return value.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _rows(header: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _index(marts: Sequence[Mart]) -> str:
    parts = [
        _MADE,
        "# Woordenboek\n",
        "Wat de gegevens betekenen: elke ruwe tabel en elke mart, met velden, eenheden, codes en "
        "herkomst. Alles op één doorzoekbare pagina: [woordenboek.html](woordenboek.html). Voor "
        "programma's: [velden.json](velden.json). Wat verplicht is en waarom: "
        "[registratielast](registratielast.md).\n",
        "*Data dictionary of the raw tables and the marts. The text is Dutch; every field has an "
        "English gloss.*\n",
        "## Marts\n",
        "Wat analisten bevragen en waaruit wordt gepubliceerd.\n",
        _rows(
            ["mart", "wat erin staat"],
            ([f"[{mart.naam}](marts/{mart.naam}.md)", mart.omschrijving] for mart in marts),
        ),
    ]
    for kind in FAMILIES.values():
        parts += [
            f"## Ruwe tabellen: {kind}\n",
            _rows(
                ["tabel", "wat erin staat", "velden"],
                (
                    [f"[{naam}](ruw/{naam}.md)", tabel(naam).omschrijving, str(len(velden(naam)))]
                    for naam in TABELLEN
                    if familie(naam) == kind
                ),
            ),
        ]
    return "\n".join(parts)


def _table(naam: str) -> str:
    table = tabel(naam)
    return "\n".join(
        [
            _MADE,
            f"# {naam}\n",
            f"{table.omschrijving} *{table.korrel}*\n",
            f"- Familie: {familie(naam)}",
            f"- Doelen: {', '.join(tabel_doelen(naam))}",
            f"- Gaat over personen: {'ja' if table.persoonsgebonden else 'nee'}\n",
            _rows(
                [
                    "veld",
                    "type",
                    "wat het is",
                    "English",
                    "eenheid",
                    "waarden",
                    "gevoeligheid",
                    "verplicht",
                    "bron",
                ],
                (_field(veld) for veld in velden(naam) if veld.naam not in HERKOMST),
            ),
            "Voor elke rij schrijft de ontvangst: "
            + ", ".join(f"`{name}`" for name in HERKOMST)
            + ".\n",
            *_reasons(naam),
            "[Woordenboek](../README.md)\n",
        ]
    )


def _field(veld: Veld) -> Sequence[str]:
    return [
        f"`{veld.naam}`", veld.type.lower(), veld.uitleg, veld.engels, veld.eenheid or "",
        values(veld), sensitivity(veld), "ja" if veld.verplicht else "", origin(veld),
    ]  # fmt: skip


def _reasons(naam: str) -> list[str]:
    found = [(v, last_van(v, lees_lasten())) for v in velden(naam) if v.verplicht]
    if not found:
        return []
    return [
        "## Waarom velden verplicht zijn\n",
        _rows(
            ["veld", "eigenaar", "doel", "last", "reden"],
            ([f"`{v.naam}`", x.eigenaar, x.doel, x.last, x.reden] for v, x in found if x),
        ),
    ]


def _mart(mart: Mart) -> str:
    return "\n".join(
        [
            _MADE.replace("schemas/tables", "the dbt contract"),
            f"# {mart.naam}\n",
            f"{mart.omschrijving}\n",
            f"- Sleutel: {', '.join(mart.sleutel)}",
            f"- Doelen: {', '.join(mart.doelen)}",
            f"- Gebruikt voor: {', '.join(mart.gebruik) or 'beheer'}\n",
            _rows(
                ["kolom", "type", "wat het is", "English", "eenheid", "waarden", "altijd gevuld"],
                (_mart_column(column) for column in mart.kolommen),
            ),
            "[Woordenboek](../README.md)\n",
        ]
    )


def _mart_column(column: MartKolom) -> Sequence[str]:
    return [
        f"`{column.naam}`", column.type, column.omschrijving, column.engels, column.eenheid or "",
        mart_values(column), "ja" if column.verplicht else "",
    ]  # fmt: skip


def _burden(releases: Sequence[Uitgave]) -> str:
    now = releases[0]
    parts = [
        _MADE.replace("schemas/tables", "schemas/registratielast.csv"),
        "# Registratielast\n",
        "Velden zonder welke een record niet wordt aangenomen. *afgeleid*: volgt uit wat er al is; "
        "*bestaand*: de standaard of publicatie heeft het altijd al; *extra*: wordt voor deze "
        "spiegel gevraagd. Een nieuw verplicht veld heeft een eigenaar, een doel en een reden "
        "nodig.\n",
        f"## Nu ({now.versie})\n",
        _rows(
            ["familie", *LASTEN, "samen"],
            (
                [kind, *(str(counts[last]) for last in LASTEN), str(counts.total())]
                for kind, counts in sorted(now.per_familie().items())
            ),
        ),
        "## Per uitgave\n",
        _rows(["uitgave", "verplichte velden", "erbij", "eraf"], _release_rows(releases)),
        "## Per tabel\n",
        _rows(
            ["tabel", *LASTEN, "samen"],
            (
                [f"[{naam}](ruw/{naam}.md)", *(str(c[x]) for x in LASTEN), str(c.total())]
                for naam, c in now.per_tabel().items()
            ),
        ),
        "[Woordenboek](README.md)\n",
    ]
    return "\n".join(parts)


def _release_rows(releases: Sequence[Uitgave]) -> Iterator[Sequence[str]]:
    for release, before in zip(releases, [*releases[1:], None], strict=True):
        changed = verschil(release, before) if before else None
        yield [
            release.versie,
            str(release.aantal),
            ", ".join(changed.erbij) if changed else "",
            ", ".join(changed.eraf) if changed else "",
        ]
