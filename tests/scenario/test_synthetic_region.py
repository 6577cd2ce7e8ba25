"""The files of the demo region: layouts, FHIR structure, references, faults, determinism."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl
import pytest
from fhir.resources.R4B import get_fhir_model_class

from ingest.pseudonym import bsn_valid
from synthetic import region
from synthetic.__main__ import main
from synthetic.fhir_levering import KERNTYPEN, TYPEN
from synthetic.region import write_region
from tests.synthetic_bestanden import LAYOUTS, Bericht, Gebied, Regel

PROFILES = Path(__file__).parents[2] / "schemas" / "fhir" / "profielen.csv"


@pytest.fixture(scope="module")
def gebied(tmp_path_factory: pytest.TempPathFactory) -> Gebied:
    out = tmp_path_factory.mktemp("gebied")
    write_region(1_200, 3, out, progress=lambda _line: None)
    return Gebied(out)


def _digests(out: Path) -> dict[str, str]:
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(out.rglob("*"))
        if file.is_file()
    }


def test_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    lines: list[str] = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        write_region(300, seed, tmp_path / name, progress=lines.append)
    first, second, other = (_digests(tmp_path / name) for name in "abc")
    assert first == second
    changed = {name for name in first.keys() & other.keys() if first[name] != other[name]}
    assert "fhir-huisartsen/2023/Patient.ndjson" in changed
    assert lines[0] == "persons 300 of 300 (100%)"


def test_a_region_replaces_an_earlier_one_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen" / "bestand.txt").write_text("van de gebruiker")
    for personen in (400, 300):
        write_region(personen, 1, tmp_path, progress=lambda _line: None)
    fresh = tmp_path / "vers"
    write_region(300, 1, fresh, progress=lambda _line: None)
    kept = {k: v for k, v in _digests(tmp_path).items() if not k.startswith(("vers", "eigen"))}
    assert kept == _digests(fresh)
    assert (tmp_path / "eigen" / "bestand.txt").is_file()


def test_deliveries_of_somebody_else_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "fhir-huisartsen").mkdir()
    with pytest.raises(FileExistsError, match="another folder"):
        write_region(300, 1, tmp_path, progress=lambda _line: None)
    assert main(["--personen", "300", "--out", str(tmp_path)]) == 2
    assert main(["--personen", "3", "--out", str(tmp_path / "nieuw")]) == 2


def test_blocks_make_one_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(region, "BLOK", 200)
    write_region(500, 1, tmp_path, progress=lambda _line: None)
    blocks = Gebied(tmp_path)
    persons = pl.read_parquet(tmp_path / "waarheid" / "persoon.parquet")
    assert persons["bsn"].n_unique() == persons.height == 500
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        for soort in ("Encounter", "Condition", "Observation"):
            fresh = [r["id"] for _, _, r in blocks.resources(bron, soort)]
            repeated = Counter(Counter(fresh).values())
            # Twice: the planted repetitions, and admissions finished in the next year.
            assert repeated[1] > 10 * repeated[2]
            assert max(repeated) <= 2
    _check_messages(blocks)


def _check_messages(gebied: Gebied) -> None:
    """Every message that may be accepted obeys its layout, order, counts and total."""
    references: dict[tuple[str, str], list[str]] = defaultdict(list)
    for message in gebied.berichten():
        records, length = message.records(), message.layout.recordlengte
        lines = message.tekst.split(b"\r\n")
        assert {len(line) for line in lines[:-1]} == {length}
        assert lines[-1] == b""
        assert b"\n" not in message.tekst.replace(b"\r\n", b"")
        order = "".join({"01": "<", "99": ">"}.get(r.code, chr(int(r.code))) for r in records)
        assert re.fullmatch("<(\x02(\x04\x06*\x10*\x11*)+)+>", order), message.pad.name
        details = records[1:-1]
        numbers = [int(r.waarden[f"{r.code}02"]) for r in details]
        assert numbers == list(range(1, len(details) + 1))
        _check_closing(records)
        _check_heading(message, records)
        if not message.pad.stem.endswith(("herhaling", "vervanging")):
            agb = message.pad.name.split("_")[1]
            found = [r.kolom("referentie") for r in details if r.code == "04"]
            references[message.bron, agb] += found
    assert all(len(set(found)) == len(found) for found in references.values())


def _check_heading(message: Bericht, records: list[Regel]) -> None:
    head, standard = records[0].waarden, message.layout
    assert head["0105"] == "P"
    assert head["0102"] in standard.ei_codes
    assert (head["0103"], head["0104"]) == tuple(v.zfill(2) for v in standard.versie.split("."))
    instelling = message.standaard in ("ZH308", "AW319", "GZ321")
    declarant = head["0112"] if instelling else head["0111"]
    assert message.pad.name.split("_")[1:3] == [declarant, head["0108"]]


def _check_closing(records: list[Regel]) -> None:
    closing, count = records[-1], Counter(r.code for r in records[1:-1])
    for code in ("02", "03", "04", "06", "16", "17", "98"):
        if closing.element(f"aantal_{code}"):
            assert int(closing.kolom(f"aantal_{code}")) == count[code]
    assert int(closing.kolom("aantal_detail")) == sum(count.values())
    sign = -1 if closing.kolom("debet_credit") == "C" else 1
    assert sign * int(closing.kolom("totaal_cent")) == sum(r.cent() for r in records[1:-1])


def test_messages_obey_their_layout_order_counts_and_total(gebied: Gebied) -> None:
    _check_messages(gebied)
    assert len(gebied.berichten()) > 300


@pytest.mark.parametrize("standaard", LAYOUTS)
def test_mandatory_elements_are_filled(gebied: Gebied, standaard: str) -> None:
    message = next(m for m in gebied.berichten() if m.standaard == standaard)
    kinds = {r.code: r for r in message.records()}
    assert set(kinds) == set(message.layout.records) - {"03", "98"} - (
        {"16"} if standaard == "GZ321" else set()
    )
    for code, record in kinds.items():
        for element in message.layout.records[code].elementen:
            if element.verplicht == "M":
                assert record.waarden[element.element], (code, element)


def test_a_credit_line_copies_a_debit_of_another_delivery(gebied: Gebied) -> None:
    """But its number, its sign, code herdeclaratie and what a replaced message changed."""
    debits: dict[tuple[str, str], tuple[int, Regel]] = {}
    credits_: list[tuple[int, str, Regel]] = []
    for message in gebied.berichten():
        for record in message.records():
            if record.code == "04" and record.kolom("debet_credit") == "D":
                # A repeated message brings its debits again; the first time counts.
                key = (message.standaard, record.kolom("referentie"))
                debits.setdefault(key, (message.levering, record))
            elif record.code == "04" and "herhaling" not in message.pad.name:
                credits_.append((message.levering, message.standaard, record))
    unknown = [f for f in gebied.waarheid("fouten") if f["reden_code"] == "EI-CREDIT-ZONDER-DEBET"]
    missing, before = 0, set()
    for year, standard, credit in credits_:
        key = (standard, credit.kolom("voorgaande_referentie"))
        if key not in debits:
            missing += 1
            continue
        other, debit = debits[key]
        assert other != year
        if other > year:
            before.add(standard)
        own = {credit.element(k) for k in ("identificatie", "referentie", "voorgaande_referentie")}
        own |= {
            e.element
            for e in credit.layout.records["04"].elementen
            if e.naam.lower().startswith(("indicatie debet/credit", "code herdeclaratie"))
        }
        assert {k: v for k, v in credit.waarden.items() if k not in own} == {
            k: v for k, v in debit.waarden.items() if k not in own
        }
    assert len(credits_) > 10
    assert missing == len(unknown) > 10
    assert before >= {"ZH308", "HA304", "AP304"}


def test_the_records_under_a_credit_line_reverse_those_under_its_debit(gebied: Gebied) -> None:
    numbers = {"04": ("0458", "0459"), "06": ("0622", "0623"), "16": ("1620", "1621")}
    families: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    credited: dict[str, str] = {}
    for message in gebied.berichten():
        if message.standaard != "ZH308" or "herhaling" in message.pad.name:
            continue
        for record in message.records():
            if record.code in numbers:
                own, previous = (record.waarden[e] for e in numbers[record.code])
                if record.code == "04":
                    parent = own
                    if previous:
                        credited[own] = previous
                families[parent].append((record.code, own, previous))
    reversed_ = [(c, d) for c, d in credited.items() if d in families]
    assert len(reversed_) > 5
    for credit, debit in reversed_:
        assert [(code, back) for code, _, back in families[credit]] == [
            (code, own) for code, own, _ in families[debit]
        ]


def test_resources_are_valid_fhir_with_a_known_profile(gebied: Gebied) -> None:
    with PROFILES.open(encoding="utf-8", newline="") as file:
        known = [r["patroon"] for r in csv.DictReader(file) if r["besluit"] == "aanvaarden"]
    seen = set()
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        for soort in {*TYPEN, *KERNTYPEN}:
            resources = gebied.geldig(bron, soort)
            model = get_fhir_model_class(soort)
            for position, resource in enumerate(resources):
                (profile,) = resource["meta"]["profile"]
                if (soort, profile) not in seen or position % max(len(resources) // 60, 1) == 0:
                    model.model_validate_json(json.dumps(resource))
                    assert any(re.search(pattern, profile) for pattern in known)
                    seen.add((soort, profile))
    assert {soort for soort, _ in seen} == {*TYPEN, *KERNTYPEN}
    assert sum(soort == "Observation" for soort, _ in seen) == 9


def test_references_resolve_within_the_delivery(gebied: Gebied) -> None:
    [dropped] = [a for a in gebied.waarheid("afwijkingen") if a["reden_code"] == "ANALYSE-VULLING"]
    assert (dropped["tabel"], dropped["element"]) == ("fhir_medicatie", "contact_sleutel")
    left_out = (dropped["bron_id"], int(dropped["periode"]), "MedicationRequest")
    planted = {f["record_kenmerk"] for f in gebied.waarheid("fouten") if f["waar"] != "telling"}
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        ids: dict[int, set[str]] = defaultdict(set)
        for soort in ("Patient", "Encounter"):
            for year, _, r in gebied.resources(bron, soort):
                ids[year].add(f"{soort}/{r['id']}")
        for soort in ("Encounter", "Condition", "Observation", "MedicationRequest", "Procedure"):
            for year, _, r in gebied.resources(bron, soort):
                if f"{soort}/{r['id']}" in planted:
                    continue
                assert r["subject"]["reference"] in ids[year]
                if (bron, year, soort) == left_out:
                    assert "encounter" not in r
                elif soort != "Encounter":
                    assert r["encounter"]["reference"] in ids[year]


def test_bsns_are_valid_and_hidden_from_every_id(gebied: Gebied) -> None:
    persons = set(pl.read_parquet(gebied.pad / "waarheid" / "persoon.parquet")["bsn"])
    assert all(bsn_valid(bsn) and "900000000" <= bsn < "999000000" for bsn in persons)
    found = set()
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        for patient in gebied.geldig(bron, "Patient"):
            bsn = patient["identifier"][0]["value"]
            found.add(bsn)
            assert not re.search(bsn, patient["id"])
    assert found <= persons
    assert len(found) > 900


def test_a_patient_comes_with_every_delivery_and_a_higher_version(gebied: Gebied) -> None:
    versions: dict[str, list[int]] = defaultdict(list)
    faulty = {f["record_kenmerk"] for f in gebied.waarheid("fouten")}
    repeated = {
        (f["periode"], f["regel"]) for f in gebied.waarheid("fouten")
        if (f["bron_id"], f["naam"], f["waar"]) == ("fhir-ziekenhuizen", "Patient", "telling")
    }  # fmt: skip
    for year, line, r in gebied.resources("fhir-ziekenhuizen", "Patient"):
        if f"Patient/{r['id']}" not in faulty and (str(year), str(line)) not in repeated:
            versions[r["id"]].append(int(r["meta"]["versionId"]))
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values())
    assert any(len(found) == 3 for found in versions.values())


def test_planted_faults_stand_where_the_truth_says(gebied: Gebied) -> None:
    faults = gebied.waarheid("fouten")
    for fault in faults:
        file = gebied.pad / fault["bron_id"] / fault["periode"] / fault["bestand"]
        line = file.read_bytes().split(b"\n")[int(fault["regel"]) - 1].decode("latin-1")
        if fault["waar"] == "telling":
            assert file.read_bytes().split(b"\n").count(line.encode("latin-1")) == 2
        elif fault["bron_id"].startswith("fhir") and fault["naam"] != "onleesbaar":
            assert f'"id":"{fault["record_kenmerk"].split("/")[1]}"' in line
        elif fault["bron_id"].startswith("declaraties"):
            assert line.startswith(fault["naam"][-2:])
    reasons = Counter(f["reden_code"] for f in faults)
    for reason in (
        "BSN-ONGELDIG", "REGEL-ONLEESBAAR", "FHIR-PROFIEL-ONBEKEND", "FHIR-GENERATIE-STU3",
        "CODE-ONBEKEND", "FHIR-PATIENT-ONBEKEND", "EI-TOTAAL", "EI-TESTBERICHT",
        "EI-CREDIT-ZONDER-DEBET", "FORMAAT-ONJUIST", "EI-LENGTE", "EI-AANTAL",
        "FHIR-VERWIJDERING-ONBEKEND",
    ):  # fmt: skip
        assert reasons[reason] >= 1, reason


def test_each_refused_message_has_its_own_fault(gebied: Gebied) -> None:
    accepted = {m.pad for m in gebied.berichten()}
    refused = [m for m in gebied.berichten(ook_geweigerd=True) if m.pad not in accepted]
    assert len(refused) > 24
    assert {m.standaard for m in refused} == set(LAYOUTS)
    for message in refused:
        kind = message.pad.stem.rsplit("_", 1)[1]
        lengths = Counter(len(line) for line in message.tekst.split(b"\r\n")[:-1])
        length = message.layout.recordlengte
        assert lengths[length - 10] == (kind == "lengte")
        assert set(lengths) <= {length, length - 10}
        records = message.records()
        assert records[0].waarden["0105"] == ("T" if kind == "testbericht" else "P")
        closing = records[-1]
        count = sum(r.code == "04" for r in records)
        assert (int(closing.kolom("aantal_04")) == count) == (kind != "aantal")
        if kind != "lengte":
            total = sum(r.cent() for r in records[1:-1])
            assert (int(closing.kolom("totaal_cent")) == total) == (kind != "totaal")


def test_repeated_messages_are_exact(gebied: Gebied) -> None:
    rows = gebied.waarheid("herhalingen")
    assert len(rows) > 12
    for row in rows:
        folder = gebied.pad / row["bron_id"]
        copy = (folder / row["periode"] / row["bestand"]).read_bytes()
        assert copy == (folder / row["eerste_periode"] / row["eerste_bestand"]).read_bytes()


def _retour_lines(gebied: Gebied) -> Counter:
    """Lines of the retour messages, counted under the standard their file is named after."""
    files = (gebied.pad / "retour-verzekeraars").glob("*/*.asc")
    return Counter(
        ("retour-verzekeraars", file.parent.name, f"{file.name[:5]}/{line[:2].decode()}")
        for file in files
        for line in file.read_bytes().split(b"\r\n")[:-1]
    )


def test_counts_equal_the_lines_in_the_files(gebied: Gebied) -> None:
    found: Counter = Counter()
    for message in gebied.berichten(ook_geweigerd=True):
        standard = message.layout.standaard
        for line in message.tekst.split(b"\r\n")[:-1]:
            found[message.bron, str(message.levering), f"{standard}/{line[:2].decode()}"] += 1
    found.update(_retour_lines(gebied))
    for bron in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        for file in (gebied.pad / bron).glob("*/*.ndjson"):
            for line in file.read_bytes().split(b"\n")[:-1]:
                whole = line.endswith(b"}")
                found[bron, file.parent.name, file.stem if whole else "onleesbaar"] += 1
    names = {
        "register-zorgaanbieders": "reg_zorgaanbieder",
        "register-ggz-wachttijden": "reg_ggz_wachttijd",
        "register-bevolking": "reg_bevolking",
        "register-contracten": "reg_contract",
        "register-wlz-indicaties": "reg_wlz_indicatie",
        "register-wlz-wachtlijst": "reg_wlz_wachtlijst",
        "register-wlz-schaduwlijsten": "reg_wlz_schaduwlijst",
        "register-wlz-rechtmatigheid": "reg_wlz_rechtmatigheid",
    }
    for bron, naam in names.items():
        for file in (gebied.pad / bron).glob("*/*.csv"):
            found[bron, file.parent.name, naam] = file.read_bytes().count(b"\n") - 1
    truth = gebied.waarheid("telling")
    assert {(r["bron_id"], r["periode"], r["naam"]): int(r["aangeleverd"]) for r in truth} == found
    for row in truth:
        parts = [int(row[k]) for k in ("geaccepteerd", "quarantaine", "dubbel")]
        assert sum(parts) == int(row["aangeleverd"])
        assert min(parts) >= 0
