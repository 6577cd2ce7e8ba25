"""What intake found against records of the small region: refusals and warnings of every kind.

Of one hospital half of the prestaties of a year was refused; of the others little. Some was put
right, by a newer version, by the same message or prestatie again, by a wait that was accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from marts_levering import Record, Row

SLECHT = "06000002"


def judgements(records: list[Record]) -> Iterator[Record]:
    """Rows of ``dq_oordeel`` for a region; some are about its own records."""
    yield from _claims()
    yield from _messages()
    yield from _resources(records)
    yield from _waits(records)
    yield _judged("fhir-huisartsen", "2024", naam="onleesbaar", reden_code="REGEL-ONLEESBAAR")
    yield _judged("fhir-huisartsen", "2025", naam="onleesbaar", reden_code="REGEL-ONLEESBAAR")
    yield _judged("fhir-huisartsen", "2024", naam="Media", reden_code="FHIR-TYPE-GEEN-VIEW")


def _judged(bron: str, periode: str, **row: object) -> Record:
    plain: Row = {"soort": "geweigerd", "inhoud_sleutel": "s-onbekend"}
    soort = {"f": "fhir", "d": "declaratie", "r": "register"}[bron[0]]
    return Record(bron, soort, periode, (("dq_oordeel", plain | row),))


def _claim(nummer: int, **row: object) -> Row:
    plain: Row = {
        "naam": "ZH308/04", "tabel": "decl_prestatie", "reden_code": "VERPLICHT-LEEG",
        "inhoud_sleutel": f"s-regel-{nummer}", "referentie_sleutel": f"s-ref-{nummer}",
        "bericht_sleutel": f"s-bericht-geweigerd-{nummer // 10}", "identificatie": str(nummer),
        "zorgaanbieder_id": SLECHT, "jaar": 2024,
    }  # fmt: skip
    return plain | row


def _claims() -> Iterator[Record]:
    bron = "declaraties-msz"
    for nummer in range(60):
        yield _judged(bron, "2024", **_claim(nummer))
        if nummer % 5 == 0:
            yield _judged(bron, "2024", **_claim(nummer, reden_code="CODE-ONBEKEND"))
    other: Row = {"tabel": "decl_zorgactiviteit", "naam": "ZH308/16"}
    for nummer in range(60, 70):
        yield _judged(bron, "2024", **_claim(nummer, **other))
    # Refused, and then accepted in another message.
    again = {"zorgaanbieder_id": "06000003", "referentie_sleutel": "06000003-2024-5"}
    yield _judged(bron, "2024", **_claim(70, **again))


def _messages() -> Iterator[Record]:
    """Messages that were refused as a whole, of an invoice that was accepted later or earlier."""
    for dag, nummers in ((date(2025, 1, 15), range(80, 90)), (date(2025, 4, 1), range(90, 93))):
        for nummer in nummers:
            row = _claim(
                nummer, zorgaanbieder_id="06000001", factuur_sleutel="s-factuur", dagtekening=dag,
                bericht_sleutel=f"s-dag-{dag}", reden_code="EI-BERICHT-GEWEIGERD",
            )  # fmt: skip
            yield _judged("declaraties-msz", "2024", **row)
    test = {"tabel": None, "reden_code": "EI-TESTBERICHT", "referentie_sleutel": None}
    for nummer, row in ((95, test | {"naam": "ZH308/01"}), (96, {})):
        row = _claim(nummer, bericht_sleutel="s-proef") | row
        yield _judged("declaraties-msz", "2024", **row)


def _resources(records: list[Record]) -> Iterator[Record]:
    found = [
        (record, record.rijen[0][1])
        for record in records
        if record.rijen[0][0] in ("fhir_diagnose", "fhir_meting")
    ]
    for nummer, (record, row) in enumerate(islice(found, 120)):
        tabel = record.rijen[0][0]
        naam = {"fhir_diagnose": "Condition", "fhir_meting": "Observation"}[tabel]
        moment, hour = row["beschikbaar_op"], timedelta(hours=1)
        when = [moment + hour, moment - hour, moment, None, moment][nummer % 5]
        soort = "waarschuwing" if nummer % 2 else "geweigerd"
        yield _judged(
            record.bron_id, record.periode, soort=soort, naam=naam, tabel=tabel,
            reden_code="FHIR-CODELIJST" if nummer % 2 else "FHIR-STRUCTUUR",
            resource_sleutel=row["resource_sleutel"], beschikbaar_op=when,
            inhoud_sleutel=f"s-tekst-{nummer}", jaar=2023,
        )  # fmt: skip
        if nummer % 7 == 0:
            yield _judged(
                record.bron_id, record.periode, naam=naam, tabel=tabel,
                reden_code="FHIR-STRUCTUUR", resource_sleutel=f"s-nooit-{nummer}",
                contact_sleutel=row["contact_sleutel"], inhoud_sleutel=f"s-nooit-{nummer}",
                jaar=2024 if nummer % 3 else None,
            )  # fmt: skip


def _waits(records: list[Record]) -> Iterator[Record]:
    waits = [r for r in records if r.rijen[0][0] == "reg_ggz_wachttijd"]
    for nummer, record in enumerate(islice(waits, 0, 60, 3)):
        row = record.rijen[0][1]
        for periode in ("2024", "2025") if nummer % 2 else ("2024",):
            yield _judged(
                record.bron_id, periode, naam="reg_ggz_wachttijd", tabel="reg_ggz_wachttijd",
                reden_code="FORMAAT-ONJUIST", fase=row["fase"], jaar=2025,
                wachtregistratie_sleutel=row["wachtregistratie_sleutel"]
                + ("-nooit" if nummer % 5 == 0 else ""),
                zorgaanbieder_id=row["zorgaanbieder_id"], inhoud_sleutel=f"s-wacht-{nummer}",
            )  # fmt: skip
