"""A small region with everything that can go wrong in it, as records of raw rows.

Seeded, so it is the same on every machine. It holds versions of resources, two codings of one
diagnosis, persons without a BSN, unknown patients and providers, waits on the norm to the day,
credits and corrections.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from marts_declaraties import claims
from marts_levering import Record, Row
from marts_oordelen import judgements

SNOMED = "http://snomed.info/sct"
ICPC = "http://hl7.org/fhir/sid/icpc-1-nl"
HOSPITALS = ["06000001", "06000002", "06000003"]
PRACTICES = ["01000001", "01000002", "01000003"]
GGZ = ["54000001", "54000002"]
CLINIC = "22000001"
SOORT = {
    "06000001": "umc", "06000002": "algemeen_ziekenhuis", "06000003": "algemeen_ziekenhuis",
    "22000001": "zbc", "54000001": "ggz", "54000002": "ggz", "01000001": "huisartsenpraktijk",
    "01000002": "huisartsenpraktijk", "01000003": "huisartsenpraktijk",
}  # fmt: skip
GEMEENTEN = ["GM0014", "GM0037", "GM0344", "GM0363"]
PC4 = {
    "9711": "GM0014", "9712": "GM0014", "9501": "GM0037", "3511": "GM0344", "3512": "GM0344",
    "1011": "GM0363",
}  # fmt: skip


def region(personen: int = 240, seed: int = 7) -> list[Record]:
    """All records of the region, in no particular order."""
    random = Random(seed)  # noqa: S311
    persons = list(_persons(personen, random))
    records = [
        *_address_book(),
        *_population(),
        *_waits(persons, random),
        *_fhir("fhir-ziekenhuizen", [*HOSPITALS, CLINIC, *GGZ], persons, random),
        *_fhir("fhir-huisartsen", PRACTICES, persons, random),
        *claims(persons, HOSPITALS, PRACTICES, random),
    ]
    return [*records, *judgements(records)]


def _persons(aantal: int, random: Random) -> Iterator[Row]:
    for nummer in range(aantal):
        yield {
            "nummer": nummer,
            "pseudo_id": f"p{nummer:032x}" if random.random() < 0.95 else None,
            "geboortejaar": random.randint(1930, 2020),
            "geslacht": random.choice(["male", "female", "female", "unknown"]),
            "pc4": random.choice([*PC4, *PC4, "4011", None]),
            "uzovi": random.choice(["9901", "9902", "9903", "9999"]),
            "hartfalen": random.random() < 0.3,
        }


def _address_book() -> Iterator[Record]:
    for periode, achtervoegsel in (("2024", ""), ("2025", " nieuw")):
        for nummer, (agb, soort) in enumerate(SOORT.items()):
            naam = f"Aanbieder {nummer}" + (achtervoegsel if nummer == 1 else "")
            row = {
                "zorgaanbieder_id": agb, "naam": naam, "soort": soort,
                "gemeente_code": GEMEENTEN[nummer % 4], "geldig_van": "2020-01-01",
            }  # fmt: skip
            yield Record(
                "register-zorgaanbieders", "register", periode, (("reg_zorgaanbieder", row),)
            )


def _population() -> Iterator[Record]:
    for jaar in (2024, 2025):
        for nummer, (pc4, gemeente) in enumerate(PC4.items()):
            kwintiel = None if pc4 == "1011" else 1 + (nummer + jaar) % 5
            deel = [(gemeente, "man", 900), (gemeente, "vrouw", 950)]
            if pc4 == "9712":
                deel.append(("GM0037", "man", 1000))
            for gemeente_code, geslacht, inwoners in deel:
                row = {
                    "jaar": jaar, "pc4": pc4, "gemeente_code": gemeente_code,
                    "welvaart_kwintiel": kwintiel, "leeftijdsklasse": "0+", "geslacht": geslacht,
                    "inwoners": inwoners,
                }  # fmt: skip
                yield Record("register-bevolking", "register", str(jaar), (("reg_bevolking", row),))


def _waits(persons: list[Row], random: Random) -> Iterator[Record]:
    for nummer in range(160):
        person = random.choice(persons)
        begin = date(2024, 1, 1) + timedelta(days=random.randrange(640))
        dagen = random.choice([0, 27, 28, 29, 69, 70, 71, random.randrange(120)])
        row = {
            "wachtregistratie_sleutel": f"s{nummer:04}",
            "pseudo_id": person["pseudo_id"],
            "zorgaanbieder_id": random.choice([*GGZ, *GGZ, *GGZ, "54999999"]),
            "echelon": "basis",
            "fase": random.choice(["aanmelding", "behandeling"]),
            "diagnosegroep": random.choice(["depressie", "angststoornis", None]),
            "begin": begin,
            "eind": begin + timedelta(days=dagen if random.random() > 0.03 else -2),
        }
        open_wait = row | {"eind": None}
        if random.random() < 0.3:
            yield _wait("2024", open_wait)
            yield _wait("2025", row)
        else:
            yield _wait("2024", open_wait if random.random() < 0.1 else row)


def _wait(periode: str, row: Row) -> Record:
    return Record("register-ggz-wachttijden", "register", periode, (("reg_ggz_wachttijd", row),))


def _fhir(bron: str, providers: list[str], persons: list[Row], random: Random) -> Iterator[Record]:
    for person in persons:
        if random.random() < 0.2:
            continue
        sleutel = f"s-pat-{person['nummer']}"
        for versie, periode in ((1, "2024"), (2, "2025")):
            if versie == 1 or random.random() < 0.3:
                yield _patient(bron, sleutel, versie, periode, person, random)
        for nummer in range(random.randrange(5)):
            yield from _care(bron, f"{person['nummer']}-{nummer}", providers, person, random)


def _patient(
    bron: str, sleutel: str, versie: int, periode: str, person: Row, random: Random
) -> Record:
    row = {
        "resource_sleutel": sleutel,
        "versie_id": str(versie),
        "beschikbaar_op": datetime(2023 + versie, 1, 5, 8, person["nummer"] % 60),
        "pseudo_id": person["pseudo_id"],
        "geslacht": person["geslacht"],
        "geboortejaar": person["geboortejaar"],
        "pc4": person["pc4"] if versie == 1 else random.choice([*PC4]),
        "overleden": False,
    }
    return Record(bron, "fhir", periode, (("fhir_patient", row),))


def _care(
    bron: str, kenmerk: str, providers: list[str], person: Row, random: Random
) -> Iterator[Record]:
    """A contact with what was recorded in it: a diagnosis, a measurement, a prescription."""
    patient = f"s-pat-{person['nummer']}" if random.random() > 0.03 else "s-pat-onbekend"
    aanbieder = random.choice([*providers * 8, "06999999", None])
    moment = datetime(2024, 1, 1) + timedelta(minutes=random.randrange(2 * 365 * 24 * 60))
    acuut = person["hartfalen"] and random.random() < 0.3
    contact = {
        "resource_sleutel": f"s-con-{kenmerk}",
        "patient_sleutel": patient,
        "status": random.choice(["finished"] * 9 + ["cancelled"]),
        "klasse": "IMP" if acuut else random.choice(["AMB", "VR", "IMP"]),
        "prioriteit": random.choice(["EM", "EM", "EL"]) if acuut else "R",
        "reden_stelsel": SNOMED,
        "reden_code": "84114007" if acuut else "13645005",
        "begin": moment,
        "eind": moment + timedelta(hours=2),
        "zorgaanbieder_id": aanbieder,
    }
    yield _resource(bron, "fhir_contact", contact, moment, random)
    shared = {"patient_sleutel": patient, "contact_sleutel": f"s-con-{kenmerk}"}
    yield _diagnosis(bron, kenmerk, shared, person, moment, random)
    for tabel, code in (("fhir_meting", "59261-8"), ("fhir_medicatie", "C03CA01")):
        row = shared | {
            "resource_sleutel": f"s-{tabel}-{kenmerk}",
            "status": random.choice(["final"] * 12 + ["entered-in-error"]),
            "code_stelsel": "stelsel",
            "code": code,
            "geregistreerd_op": moment if random.random() > 0.03 else None,
            "zorgaanbieder_id": aanbieder if random.random() > 0.2 else None,
        }
        yield _resource(bron, tabel, row, moment, random)


def _diagnosis(
    bron: str, kenmerk: str, shared: Row, person: Row, moment: datetime, random: Random
) -> Record:
    codes = [(SNOMED, "84114007"), (ICPC, "K77")] if person["hartfalen"] else [(ICPC, "R95")]
    row = shared | {
        "resource_sleutel": f"s-dia-{kenmerk}",
        "verificatie_status": random.choice(
            ["confirmed"] * 6 + ["refuted", "entered-in-error", None]
        ),
        "begin": moment - timedelta(days=random.choice([0, 400])),
        "geregistreerd_op": moment,
    }  # fmt: skip
    rows = [row | {"code_stelsel": stelsel, "code": code} for stelsel, code in codes]
    return _available(bron, [("fhir_diagnose", r) for r in rows], moment, random)


def _resource(bron: str, tabel: str, row: Row, moment: datetime, random: Random) -> Record:
    return _available(bron, [(tabel, row)], moment, random)


def _available(bron: str, rows: list[tuple[str, Row]], moment: datetime, random: Random) -> Record:
    """Add version and moment of availability: within a day, exactly a day, or later."""
    uren = random.choice([1, 5, 24, 25, 90])
    herkomst = {"versie_id": "1", "beschikbaar_op": moment + timedelta(hours=uren)}
    made = tuple((tabel, herkomst | row) for tabel, row in rows)
    return Record(bron, "fhir", str(moment.year), made)
