"""The pages ``docs/indicatoren``: one a definition, of register and specification; in Dutch."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from marts.dbt_run import PROJECT, definitie_id

ROOT = PROJECT.parent
PAGES = ROOT / "docs" / "indicatoren"
SPECS = ROOT / "tests" / "spec" / "indicatoren"

Row = dict[str, str]

_VALUE = {
    "proportie_som": "teller gedeeld door noemer; beide zijn optellingen",
    "proportie_personen": "het deel van de mensen bij wie het zo is; ieder mens telt één keer",
    "gemiddelde_per_persoon": "het gemiddelde per mens",
    "aantal_per_persoon": "hoe vaak het voorkomt per mens",
    "verhouding": "teller gedeeld door noemer; een verhouding, geen aandeel",
    "aantal": "het aantal zelf: de teller",
}
_DIRECTION = {
    "hoger_is_beter": "hoger is beter",
    "lager_is_beter": "lager is beter",
    "neutraal": "hoger is niet beter of slechter",
}
_INTRO = """# Indicatoren

Gemaakt met `make docs` uit het register (`dbt_project/seeds/ref_*.csv`) en de specificaties
(`tests/spec/indicatoren`); wijzig die. Een indicator is **geaccepteerd** als alle partijen die
akkoord moeten zijn dat zijn; wat een **voorstel** is, wordt berekend en niet gepubliceerd. Wie
akkoord ging is in deze versie verzonnen voor de demonstratie.

"""


@dataclass(frozen=True)
class Register:
    """The lists the pages are made of.

    Attributes:
        definitions: rows of ``ref_indicator``.
        norms: rows of ``ref_norm``.
        acceptances: rows of ``ref_indicator_akkoord``.
        parties: rows of ``ref_partijtype``.
        models: rows of ``ref_casemix``.
    """

    definitions: list[Row]
    norms: list[Row]
    acceptances: list[Row]
    parties: list[Row]
    models: list[Row]

    def fair_comparison(self, row: Row) -> str:
        """How units are compared in a definition, and why so."""
        (model,) = [m for m in self.models if m["casemix_versie"] == row["casemix"]]
        return f"model `{row['casemix']}`: {model['naam'].lower()}. {row['casemix_reden']}"

    def accepted_by(self, row: Row) -> list[Row]:
        """Who agreed with a definition."""
        return [
            found
            for found in self.acceptances
            if all(found[key] == row[key] for key in ("indicator_id", "definitie_versie"))
        ]

    def missing(self, row: Row) -> list[str]:
        """Names of party types that still have to agree, as in model ``indicator_akkoord``."""
        agreed = {a["partijtype"] for a in self.accepted_by(row) if not a["ingetrokken_op"]}
        return [
            party["naam"]
            for party in self.parties
            if party["vereist"] == "ja" and party["partijtype"] not in agreed
        ]

    def norms_of(self, row: Row) -> list[Row]:
        """The norms of an indicator, by year."""
        found = [norm for norm in self.norms if norm["indicator_id"] == row["indicator_id"]]
        return sorted(found, key=lambda norm: (norm["doeljaar"], norm["norm_id"]))


def read_register(project: Path = PROJECT) -> Register:
    """Read the lists.

    Args:
        project: folder with ``seeds``.
    """
    names = (
        "ref_indicator", "ref_norm", "ref_indicator_akkoord", "ref_partijtype", "ref_casemix",
    )  # fmt: skip
    return Register(*(_rows(project / "seeds" / f"{name}.csv") for name in names))


def pages(register: Register, specs: Path = SPECS) -> dict[str, str]:
    """All pages.

    Args:
        register: the lists.
        specs: folder with the specification of each definition.

    Returns:
        Content by file name.
    """
    made = {f"{definitie_id(row)}.md": _page(register, row, specs) for row in register.definitions}
    return {"README.md": _index(register)} | made


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _page(register: Register, row: Row, specs: Path) -> str:
    key = definitie_id(row)
    spec = (specs / f"{key}.md").read_text(encoding="utf-8")
    body = spec.partition("\n")[2].replace("\n## ", "\n### ").strip()
    return (
        "\n\n".join(
            [
                f"# {row['naam']}",
                row["uitleg"],
                _facts(register, row),
                "## Normen",
                _norms(register.norms_of(row)),
                "## Akkoord",
                _acceptance(register.accepted_by(row)),
                "## Wat telt en wat niet",
                body,
            ]
        )
        + "\n"
    )


def _facts(register: Register, row: Row) -> str:
    key = definitie_id(row)
    lines = [
        ("indicator", f"`{row['indicator_id']}`, versie {row['definitie_versie']}"),
        ("status", _status(register, row)),
        ("teller", row["teller_omschrijving"]),
        ("noemer", row["noemer_omschrijving"]),
        ("waarde", f"{_VALUE[row['soort_meting']]} ({row['eenheid']})"),
        ("richting", _DIRECTION[row["richting"]]),
        ("soort", f"{row['type']}; {row['kwaliteitsaspect']}"),
        ("doelgroep, sector", f"{row['doelgroep']}; {row['sector']}"),
        ("niveaus", _list(row["niveaus"])),
        ("perioden", _list(row["periode_typen"])),
        ("eerlijke vergelijking", register.fair_comparison(row)),
        ("minimum", f"onder {row['minimum_volume']} mensen is een cijfer indicatief"),
        ("feiten", ", ".join(f"`{fact}`" for fact in row["feiten"].split(";"))),
        ("gevraagd in", row["bron"]),
        ("in deze versie", row["wijziging"]),
        ("berekening", f"[ind_{key}.sql](../../dbt_project/models/indicatoren/ind_{key}.sql)"),
    ]
    return _table(["", ""], [[name, text] for name, text in lines])


def _status(register: Register, row: Row) -> str:
    missing = register.missing(row)
    return f"voorstel; nog niet akkoord: {', '.join(missing)}" if missing else "geaccepteerd"


def _norms(norms: list[Row]) -> str:
    if not norms:
        return "Er is geen norm."
    return _table(
        ["norm", "jaar", "waarde", "hoe hard", "bron", "wat er staat"],
        [
            [
                norm["norm_id"],
                norm["doeljaar"],
                f"{norm['operator']} {norm['doelwaarde']}" if norm["doelwaarde"] else "nog geen",
                norm["status"],
                norm["bron"],
                norm["toelichting"],
            ]
            for norm in norms
        ],
    )


def _acceptance(acceptances: list[Row]) -> str:
    if not acceptances:
        return "Nog niemand is akkoord."
    columns = ("partijtype", "partij", "akkoord_op", "ingetrokken_op", "herkomst")
    return _table(list(columns), [[row[column] for column in columns] for row in acceptances])


def _index(register: Register) -> str:
    rows = sorted(
        register.definitions,
        key=lambda row: (row["sector"], row["indicator_id"], int(row["definitie_versie"])),
    )
    return (
        _INTRO
        + _table(
            ["sector", "indicator", "versie", "soort", "doelgroep", "norm", "status"],
            [
                [
                    row["sector"],
                    f"[{row['naam']}]({definitie_id(row)}.md)",
                    row["definitie_versie"],
                    row["type"],
                    row["doelgroep"],
                    _shortest(register.norms_of(row)),
                    "voorstel" if register.missing(row) else "geaccepteerd",
                ]
                for row in rows
            ],
        )
        + "\n"
    )


def _shortest(norms: list[Row]) -> str:
    return ", ".join(
        f"{norm['operator']} {norm['doelwaarde']} ({norm['doeljaar']})"
        for norm in norms
        if norm["doelwaarde"]
    )


def _list(text: str) -> str:
    return text.replace(";", ", ")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def write_pages(folder: Path = PAGES) -> None:
    """Write the pages and remove those of definitions that are gone.

    Args:
        folder: where they go.
    """
    made = pages(read_register())
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.md"):
        if file.name not in made:
            file.unlink()
    for name, content in made.items():
        (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
