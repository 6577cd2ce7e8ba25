"""The truth of the demo region, computed a second time from the written files alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from math import sqrt

import pytest

from schemas.registers import registers
from schemas.tables import TABELLEN, register
from synthetic.gegevens import codes, table
from synthetic.region import write_region
from tests.synthetic_bestanden import BRONNEN, ZIEKENHUIS, Gebied, agb, moment

SNOMED_HARTFALEN, ICPC_HARTFALEN = "84114007", "K77"
JAREN = (2023, 2024, 2025)
#: Planted indicators that are no share of something: means and a number per person.
NO_SHARE = {"kosten_per_patient", "prom_verschil", "verwijzing_huisarts"}


@pytest.fixture(scope="module")
def gebied(tmp_path_factory: pytest.TempPathFactory) -> Gebied:
    out = tmp_path_factory.mktemp("waarheid")
    write_region(3_000, 1, out, progress=lambda _line: None)
    return Gebied(out)


@pytest.fixture(scope="module")
def figures(gebied: Gebied) -> dict[tuple, tuple[float, int]]:
    return {
        (r["indicator_id"], r["eenheid_id"], int(r["periode"]), r["uitsplitsing_waarde"]): (
            float(r["teller"]),
            float(r["noemer"]),
        )
        for r in gebied.waarheid("indicatoren")
    }


def _totals(figures: dict, indicator: str) -> dict[tuple, tuple[float, int]]:
    return {
        (unit, year): value
        for (name, unit, year, part), value in figures.items()
        if name == indicator and part == "TOTAAL"
    }


def _with_country(found: dict[tuple, list]) -> dict[tuple, tuple[float, int]]:
    for (_, year), (teller, noemer) in list(found.items()):
        whole = found.setdefault(("NL", year), [0, 0])
        whole[0] += teller
        whole[1] += noemer
    return {key: (float(t), n) for key, (t, n) in found.items()}


def _prestaties(gebied: Gebied, bron: str) -> dict[str, dict]:
    """Prestaties that stand in the end, by reference: debits that no later line reverses."""
    known, reversed_, seen = {}, set(), set()
    faulty = {
        (f["bestand"], int(f["regel"])) for f in gebied.waarheid("fouten") if f["bron_id"] == bron
    }
    for message in gebied.berichten():
        if message.bron != bron or message.tekst in seen:
            continue
        seen.add(message.tekst)
        current: dict = {}
        for line, record in enumerate(message.records(), start=1):
            if (message.pad.name, line) in faulty:
                current = {}
            elif record.code == "04":
                values = record.waarden
                current = {
                    "agb": message.pad.name.split("_")[1],
                    "bsn": values["0403"],
                    "jaar": int(record.kolom("begindatum")[:4]),
                    "diagnose": (values.get("0439"), values.get("0431")),
                    "cent": record.cent(),
                    "consulten": [],
                }
                if record.kolom("debet_credit") == "C":
                    reversed_.add((message.standaard, record.kolom("voorgaande_referentie")))
                    current = {}
                else:
                    known[message.standaard, record.kolom("referentie")] = current
            elif record.code == "06" and current:
                current["cent"] += record.cent()
            elif record.code == "16" and current:
                values = record.waarden
                current["consulten"].append((values["1611"], int(values["1614"])))
    assert reversed_ <= set(known)
    return {k: v for k, v in known.items() if k not in reversed_}


@pytest.mark.parametrize("bron", BRONNEN)
def test_money_reconciles_to_the_cent(gebied: Gebied, bron: str) -> None:
    found: dict[tuple, list] = defaultdict(lambda: [0, 0, set()])
    for p in _prestaties(gebied, bron).values():
        total = found[p["agb"], str(p["jaar"])]
        total[0] += p["cent"]
        total[1] += 1
        total[2].add(p["bsn"])
    expected = {
        (r["declarant_id"], r["jaar"]): (
            int(r["netto_cent"]), int(r["aantal_prestaties"]), int(r["aantal_personen"]),
        )
        for r in gebied.waarheid("totalen")
        if r["bron_id"] == bron
    }  # fmt: skip
    assert {key: (c, n, len(who)) for key, (c, n, who) in found.items()} == expected
    assert sum(c for c, _, _ in expected.values()) > 1_000_000


def test_costs_per_patient(gebied: Gebied, figures: dict) -> None:
    groups = {(r["specialisme"], r["diagnosecode"]): r["diagnosegroep"]
              for r in codes("diagnosegroep")}  # fmt: skip
    money: Counter = Counter()
    persons = defaultdict(set)
    for p in _prestaties(gebied, "declaraties-msz").values():
        for unit in (p["agb"], "NL"):
            for part in (groups[p["diagnose"]], "TOTAAL"):
                money[unit, p["jaar"], part] += p["cent"]
                persons[unit, p["jaar"], part].add(p["bsn"])
    expected = {k[1:]: v for k, v in figures.items() if k[0] == "kosten_per_patient"}
    assert {k: (cent / 100, len(persons[k])) for k, cent in money.items()} == expected


def test_digital_follow_up(gebied: Gebied, figures: dict) -> None:
    kind = {r["zorgactiviteitcode"]: r for r in codes("consultsoort")}
    found: dict[tuple, list] = defaultdict(lambda: [0, 0])
    for p in _prestaties(gebied, "declaraties-msz").values():
        for code, n in p["consulten"]:
            if code in kind and kind[code]["soort"] == "vervolg":
                count = found[p["agb"], p["jaar"]]
                count[0] += n * (kind[code]["kanaal"] == "digitaal")
                count[1] += n
    assert _with_country(found) == _totals(figures, "vervolgconsult_digitaal")


def _persons(gebied: Gebied, bron: str) -> dict[str, str]:
    patients = gebied.geldig(bron, "Patient")
    return {f"Patient/{p['id']}": p["identifier"][0]["value"] for p in patients}


def test_heart_failure(gebied: Gebied, figures: dict) -> None:
    since: dict[str, int] = {}
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        who = _persons(gebied, bron)
        for r in gebied.geldig(bron, "Condition"):
            code = r["code"]["coding"][0]["code"]
            status = r["verificationStatus"]["coding"][0]["code"]
            if code in (SNOMED_HARTFALEN, ICPC_HARTFALEN) and status == "confirmed":
                year = moment(r["recordedDate"]).year
                assert r["onsetDateTime"] >= f"{year}-01-01"
                person = who[r["subject"]["reference"]]
                since[person] = min(since.get(person, 9999), year)
    kind = {r["zorgaanbieder_id"]: r["soort"] for r in table("zorgaanbieders")}
    who = _persons(gebied, "fhir-ziekenhuizen")
    visits: dict[tuple, bool] = {}
    for r in gebied.geldig("fhir-ziekenhuizen", "Encounter"):
        where, year = agb(r["serviceProvider"]), moment(r["period"]["start"]).year
        person = who[r["subject"]["reference"]]
        if kind[where] not in ZIEKENHUIS or since.get(person, 9999) > year:
            continue
        acute = (
            r["class"]["code"] == "IMP"
            and r["priority"]["coding"][0]["code"] == "EM"
            and r["reasonCode"][0]["coding"][0]["code"] == SNOMED_HARTFALEN
        )
        for unit in (where, "NL"):
            visits[unit, year, person] = visits.get((unit, year, person), False) or acute
    found: dict[tuple, list] = defaultdict(lambda: [0, 0])
    for (unit, year, _), acute in visits.items():
        found[unit, year][0] += acute
        found[unit, year][1] += 1
    assert {k: (float(t), n) for k, (t, n) in found.items()} == _totals(
        figures, "hartfalen_acute_opname"
    )


def test_refuted_diagnoses_are_there_and_do_not_count(gebied: Gebied) -> None:
    refuted = [
        r
        for r in gebied.geldig("fhir-ziekenhuizen", "Condition")
        if r["verificationStatus"]["coding"][0]["code"] == "refuted"
    ]
    assert len(refuted) >= 3
    assert {r["code"]["coding"][0]["code"] for r in refuted} == {SNOMED_HARTFALEN}


def test_kerngegevens_within_24_hours(gebied: Gebied, figures: dict) -> None:
    found: dict[tuple, list] = defaultdict(lambda: [0, 0])
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        at = {
            f"Encounter/{r['id']}": agb(r["serviceProvider"])
            for r in gebied.geldig(bron, "Encounter")
        }
        sources = (
            ("Condition", "recordedDate", lambda r, at=at: at[r["encounter"]["reference"]]),
            ("Observation", "issued", lambda r: agb(r["performer"][0])),
            ("MedicationRequest", "authoredOn", lambda r: agb(r["requester"])),
        )
        for soort, element, where in sources:
            for r in gebied.geldig(bron, soort):
                registered = moment(r[element])
                delay = moment(r["meta"]["lastUpdated"]) - registered
                assert delay > timedelta(0)
                count = found[where(r), registered.year]
                count[0] += delay <= timedelta(hours=24)
                count[1] += 1
    assert _with_country(found) == _totals(figures, "kerngegevens_binnen_24_uur")


def test_ggz_waits(gebied: Gebied, figures: dict) -> None:
    rows = gebied.tabel("register-ggz-wachttijden", "wachttijden.csv")
    ended: dict[str, dict[str, str]] = {}
    still: set[str] = set()
    for year in JAREN:
        for row in rows[year]:
            if row["eind"]:
                assert row["wachtregistratie_id"] not in ended
                assert row["eind"][:4] == str(year)
                ended[row["wachtregistratie_id"]] = row
            still.add(row["wachtregistratie_id"])
    assert len(still) > len(ended) > 500
    for fase, indicator, weeks in (
        ("aanmelding", "ggz_aanmeldwachttijd_treeknorm", 4),
        ("behandeling", "ggz_behandelwachttijd_treeknorm", 10),
    ):
        found: dict[tuple, list] = defaultdict(lambda: [0, 0])
        for row in ended.values():
            if row["fase"] == fase:
                end = date.fromisoformat(row["eind"])
                days = (end - date.fromisoformat(row["begin"])).days
                count = found[row["zorgaanbieder_id"], end.year]
                count[0] += -(-days // 7) <= weeks
                count[1] += 1
        assert _with_country(found) == _totals(figures, indicator)


def _may_be_left_out(model: type[register.RegisterTabel]) -> set[str]:
    """Columns that a file of this register need not have."""
    (described,) = (r for r in registers() if TABELLEN[r.tabel] is model)
    return {kolom.kolom for kolom in described.kolommen if not kolom.verplicht}


def test_registers_have_the_columns_of_their_model(gebied: Gebied) -> None:
    for bron, bestand, model in (
        ("register-zorgaanbieders", "zorgaanbieders.csv", register.RegZorgaanbieder),
        ("register-ggz-wachttijden", "wachttijden.csv", register.RegGgzWachttijd),
        ("register-bevolking", "bevolking.csv", register.RegBevolking),
    ):
        rows = gebied.tabel(bron, bestand)
        assert set(rows) == set(JAREN)
        written = list(rows[2025][0])
        columns = list(model.to_schema().columns)
        assert written == [naam for naam in columns if naam in written]
        assert set(columns) - set(written) <= _may_be_left_out(model)
    population = gebied.tabel("register-bevolking", "bevolking.csv")
    for year in JAREN:
        assert sum(int(row["inwoners"]) for row in population[year]) == 3_000


def test_planted_outliers_stand_out_and_others_do_not(gebied: Gebied, figures: dict) -> None:
    planted = {(r["indicator_id"], r["zorgaanbieder_id"]): r["richting"]
               for r in gebied.waarheid("effecten")
               if r["indicator_id"] and not r["vanaf_personen"]}  # fmt: skip
    indicators = {name for name, _ in planted} - NO_SHARE
    scores: dict[tuple, float] = {}
    for indicator in indicators:
        pooled: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for (unit, _), (teller, noemer) in _totals(figures, indicator).items():
            pooled[unit][0] += teller
            pooled[unit][1] += noemer
        country = pooled.pop("NL")
        p = country[0] / country[1]
        for unit, (teller, noemer) in pooled.items():
            scores[indicator, unit] = (teller / noemer - p) / sqrt(p * (1 - p) / noemer)
    for (indicator, unit), side in planted.items():
        if indicator in indicators:
            assert scores[indicator, unit] * (1 if side == "hoog" else -1) > 3.09, (indicator, unit)
    others = [abs(z) for key, z in scores.items() if key not in planted]
    assert sum(z > 1.96 for z in others) <= 0.1 * len(others)
    for year in JAREN:
        costs = _totals(figures, "kosten_per_patient")
        mean = costs["NL", year][0] / costs["NL", year][1]
        expensive = costs["06000010", year]
        assert expensive[0] / expensive[1] > 1.25 * mean
    gain = _totals(figures, "prom_verschil")
    little = gain["06000003", 2024]
    assert little[0] / little[1] < 0.5 * gain["NL", 2024][0] / gain["NL", 2024][1]


def test_realised_figures_are_near_the_calibration(gebied: Gebied) -> None:
    bands = {
        "eigen_regio": 0.05,
        "consulten_per_verzekerde": 0.25,
        "aandeel_65plus": 0.02,
        "aandeel_chronisch": 0.03,
        "aandeel_multimorbide": 0.04,
        "aandeel_hartfalen": 0.005,
        "msz_euro_per_inwoner": 200,
    }
    rows = {r["naam"]: r for r in gebied.waarheid("kerncijfers")}
    for naam, band in bands.items():
        found, planned = float(rows[naam]["gerealiseerd"]), float(rows[naam]["gepland"])
        assert found == pytest.approx(planned, abs=band), naam
    assert 11 <= float(rows["records_per_inwoner_fhir"]["gerealiseerd"]) <= 15
    assert 20 <= float(rows["records_per_inwoner_declaraties"]["gerealiseerd"]) <= 34
