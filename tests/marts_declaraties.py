"""Declaration messages of the small region: debits, credits, corrections and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from marts_levering import Record, Row

DIAGNOSES = [("0320", "302"), ("0322", "1241"), ("0313", "999"), (None, None)]
ACTIVITIES = ["190008", "190013", "190162", "190163", "190007"]


def claims(
    persons: list[Row], hospitals: list[str], practices: list[str], random: Random
) -> Iterator[Record]:
    """Messages of two years; a quarter of the lines of the first is reversed in the second."""
    for agb in [*hospitals, "06888888"]:
        debits = list(_lines(agb, "ZH308", persons, 2024, random))
        yield _message(agb, "ZH308", 2024, debits)
        reversed_lines = [line for line in debits if random.random() < 0.25]
        reversals = [_credit(line, nummer) for nummer, line in enumerate(reversed_lines)]
        if reversals:
            reversals += [_twice(reversals[0]), _orphan(reversals[0])]
        later = list(_lines(agb, "ZH308", persons, 2025, random))
        yield _message(agb, "ZH308", 2025, [*reversals, *later])
    for agb in practices:
        yield _message(agb, "HA304", 2024, list(_lines(agb, "HA304", persons, 2024, random)))
    yield from _sent_again(hospitals[0], persons, random)


def _sent_again(agb: str, persons: list[Row], random: Random) -> Iterator[Record]:
    """One invoice twice: lines repeated, lines with another amount, lines that are gone."""
    lines = [
        line | {"referentie": f"{line['referentie']}-f"}
        for line in _lines(agb, "ZH308", persons, 2024, random)
    ]
    first = _message(agb, "ZH308", 2024, lines, factuur="s-factuur", dagtekening=date(2025, 2, 1))
    again = [
        line | {"bedragen": [bedrag + 100 for bedrag in line["bedragen"]]} if nummer % 3 else line
        for nummer, line in enumerate(lines[:50])
    ]
    second = _message(agb, "ZH308", 2025, again, factuur="s-factuur", dagtekening=date(2025, 3, 1))
    yield from (first, second)


def _lines(
    agb: str, standaard: str, persons: list[Row], jaar: int, random: Random
) -> Iterator[Row]:
    for nummer, person in enumerate(random.sample(persons, 60)):
        specialisme, diagnose = random.choice(DIAGNOSES)
        begin = date(jaar, 1, 1) + timedelta(days=random.randrange(365))
        bedragen = [random.randrange(1000, 900000) for _ in range(random.choice([1, 1, 2]))]
        yield {
            "person": person,
            "referentie": f"{agb}-{jaar}-{nummer}",
            "voorgaande": None,
            "teken": 1,
            "specialisme": specialisme,
            "diagnosecode": diagnose,
            "begin": begin,
            # One line in forty has no record 06, so its money is unknown.
            "bedragen": bedragen if standaard == "HA304" or random.random() > 0.025 else [],
            "activiteiten": [
                (random.choice(ACTIVITIES), begin + timedelta(days=random.randrange(40)))
                for _ in range(random.randrange(4))
            ],
        }


def _credit(line: Row, nummer: int) -> Row:
    reference = line["referentie"]
    return line | {"referentie": f"{reference}-c{nummer}", "voorgaande": reference, "teken": -1}


def _twice(credit: Row) -> Row:
    return credit | {"referentie": credit["referentie"] + "-nogmaals"}


def _orphan(credit: Row) -> Row:
    return credit | {"referentie": credit["referentie"] + "-wees", "voorgaande": "bestaat-niet"}


def _message(
    agb: str,
    standaard: str,
    jaar: int,
    lines: list[Row],
    factuur: str | None = None,
    dagtekening: date | None = None,
) -> Record:
    sleutel = f"s-bericht-{agb}-{standaard}-{jaar}-{factuur}"
    rows: list[tuple[str, Row]] = [
        (
            "decl_bericht",
            {
                "bericht_sleutel": sleutel, "standaard": standaard, "declarant_id": agb,
                "ei_code": {"ZH308": "101", "HA304": "112"}[standaard],
                "dagtekening": dagtekening or date(jaar + 1, 1, 15), "factuur_sleutel": factuur,
            },
        )
    ]  # fmt: skip
    for nummer, line in enumerate(lines):
        rows += [
            (tabel, {"bericht_sleutel": sleutel} | row)
            for tabel, row in _line_rows(line, nummer, standaard)
        ]
    bron = "declaraties-msz" if standaard == "ZH308" else "declaraties-huisartsen"
    return Record(bron, "declaratie", str(jaar), tuple(rows))


def _line_rows(line: Row, nummer: int, standaard: str) -> Iterator[tuple[str, Row]]:
    person, soort = line["person"], "D" if line["teken"] == 1 else "C"
    who = {
        "pseudo_id": person["pseudo_id"],
        "uzovi": person["uzovi"],
        # Without BSN and without insurance number nobody knows who it is.
        "verzekerde_sleutel": f"s-verz-{person['nummer']}" if person["nummer"] % 3 else None,
    }
    yield "decl_verzekerde", who | {
        "identificatie": f"v{nummer}", "geboortejaar": person["geboortejaar"],
        "geslacht": {"male": "1", "female": "2", "unknown": "0"}[person["geslacht"]],
        "pc4": person["pc4"],
    }  # fmt: skip
    yield "decl_prestatie", who | {
        "identificatie": f"p{nummer}", "prestatiecodelijst": "041", "prestatiecode": "15A001",
        "begindatum": line["begin"], "specialisme": line["specialisme"],
        "diagnosecode": line["diagnosecode"], "aantal": 1, "debet_credit": soort,
        "bedrag_cent": sum(line["bedragen"]) * line["teken"] if standaard == "HA304" else None,
        "referentie_sleutel": line["referentie"],
        "voorgaande_referentie_sleutel": line["voorgaande"],
    }  # fmt: skip
    if standaard == "HA304":
        return
    for volgnummer, bedrag in enumerate(line["bedragen"]):
        yield "decl_tarief", {
            "identificatie": f"t{nummer}-{volgnummer}", "prestatie_identificatie": f"p{nummer}",
            "bedrag_cent": bedrag * line["teken"], "debet_credit": soort,
            "referentie_sleutel": f"{line['referentie']}-t{volgnummer}",
        }  # fmt: skip
    for volgnummer, (code, datum) in enumerate(line["activiteiten"]):
        yield "decl_zorgactiviteit", {
            "identificatie": f"z{nummer}-{volgnummer}", "prestatie_identificatie": f"p{nummer}",
            "zorgactiviteitcode": code, "begindatum": datum, "aantal": 1, "debet_credit": soort,
        }  # fmt: skip
