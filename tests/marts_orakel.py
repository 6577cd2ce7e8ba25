"""Observations of the six indicators in plain Python, from the written definitions alone.

Nothing here looks at the SQL: records are walked one by one, persons and cells are dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil

from marts_levering import Record, Row
from marts_orakel_casemix import since
from marts_orakel_codes import claim_group, code_list, diagnosis_group, local_day
from marts_orakel_dq import Gegeven, add_judgements

ZIEKENHUIS = {"umc", "stz", "algemeen_ziekenhuis"}
WACHT_BRON = "register-ggz-wachttijden"
NORM_WEKEN = {"aanmelding": 4, "behandeling": 10}


@dataclass(frozen=True)
class Waarneming:
    indicator: str
    aanbieder: str | None
    persoon: str
    dag: date
    groep: str
    teller: Decimal
    noemer: Decimal


@dataclass
class Wereld:
    """Everything known: persons with their characteristics, providers, observations, quality."""

    personen: dict[str, Row] = field(default_factory=dict)
    aanbieders: dict[str, Row] = field(default_factory=dict)
    waarnemingen: list[Waarneming] = field(default_factory=list)
    contacten: dict[tuple[str, str], str | None] = field(default_factory=dict)
    gegevens: list[Gegeven] = field(default_factory=list)
    #: Since when someone has a diagnosis, by group; everybody of whom there are kerngegevens.
    diagnosen: dict[str, dict[str, date]] = field(default_factory=dict)


def observe(records: list[Record]) -> Wereld:
    """All observations of a set of records."""
    wereld = Wereld()
    regio = {
        row["gemeente_code"]: row["zorgkantoorregio_code"] for row in code_list("regio_gemeente")
    }
    for record in sorted(records, key=lambda r: r.periode):
        for tabel, row in record.rijen:
            if tabel == "reg_zorgaanbieder":
                wereld.aanbieders[row["zorgaanbieder_id"]] = row | {
                    "regio": regio[row["gemeente_code"]]
                }
    kenmerken: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    _waits(records, wereld)
    _claims(records, wereld, kenmerken)
    _kerngegevens(records, wereld, kenmerken)
    _persons(records, wereld, kenmerken, regio)
    for gegeven in wereld.gegevens:
        if gegeven.agb not in wereld.aanbieders:
            gegeven.agb = "ONBEKEND"
    gewichten = {row["regel_id"]: row for row in code_list("dq_gewicht")}
    add_judgements(records, wereld.gegevens, gewichten, set(wereld.aanbieders), wereld.contacten)
    return wereld


def _persons(
    records: list[Record],
    wereld: Wereld,
    kenmerken: dict[str, list[tuple[date, str, str]]],
    regio: dict[str, str],
) -> None:
    pc4 = _postcodes(records)
    concern = {row["uzovi"]: row["concern_id"] for row in code_list("verzekeraar")}
    for persoon in {w.persoon for w in wereld.waarnemingen} | set(kenmerken):
        laatst: dict[str, str] = {}
        for _dag, naam, waarde in sorted(kenmerken[persoon]):
            laatst[naam] = waarde  # sorted, so the last one known wins, then the highest value
        gemeente, kwintiel = pc4.get(laatst.get("pc4", ""), ("ONBEKEND", "onbekend"))
        wereld.personen[persoon] = {
            "geboortejaar": int(laatst["geboortejaar"]) if "geboortejaar" in laatst else None,
            "geslacht": laatst.get("geslacht", "onbekend"),
            "gemeente": gemeente,
            "zorgkantoorregio": regio.get(gemeente, "ONBEKEND"),
            "welvaart_kwintiel": kwintiel,
            "verzekeraar": concern.get(laatst.get("uzovi", ""), "ONBEKEND"),
        }


def _postcodes(records: list[Record]) -> dict[str, tuple[str, str]]:
    inwoners: dict[str, dict[tuple[int, str], int]] = defaultdict(lambda: defaultdict(int))
    kwintiel: dict[tuple[str, int, str], int | None] = {}
    for row in _rows(records, "reg_bevolking"):
        key = (row["jaar"], row["gemeente_code"])
        inwoners[row["pc4"]][key] += row["inwoners"]
        kwintiel[(row["pc4"], *key)] = row["welvaart_kwintiel"]
    result = {}
    for pc4, per_gemeente in inwoners.items():
        jaar, gemeente = max(per_gemeente, key=lambda k: (k[0], per_gemeente[k]))
        waarde = kwintiel[(pc4, jaar, gemeente)]
        result[pc4] = (gemeente, "onbekend" if waarde is None else str(waarde))
    return result


def _rows(records: Iterable[Record], tabel: str) -> Iterator[Row]:
    for record in records:
        for naam, row in record.rijen:
            if naam == tabel:
                yield row


def _waits(records: list[Record], wereld: Wereld) -> None:
    waits: dict[tuple[str, str], Row] = {}
    perioden: dict[tuple[str, str], str] = {}
    for record in sorted(records, key=lambda r: r.periode):
        for row in _rows([record], "reg_ggz_wachttijd"):
            waits[(row["wachtregistratie_sleutel"], row["fase"])] = row
            perioden[(row["wachtregistratie_sleutel"], row["fase"])] = record.periode
    for (sleutel, fase), row in waits.items():
        eind, agb = row["eind"], row["zorgaanbieder_id"]
        goed = agb in wereld.aanbieders and not (eind and eind < row["begin"])
        gegeven = _judge(
            wereld, "fct_wachttijd", agb, (eind or row["begin"]).year, goed, WACHT_BRON
        )
        gegeven.sleutel, gegeven.periode = (sleutel, fase), perioden[(sleutel, fase)]
        if eind is None or not goed:
            continue
        weken = ceil((eind - row["begin"]).days / 7)
        wereld.waarnemingen.append(
            Waarneming(
                f"ggz_{'aanmeld' if fase == 'aanmelding' else 'behandel'}wachttijd_treeknorm",
                agb,
                row["pseudo_id"] or f"wacht {sleutel}",
                eind,
                row["diagnosegroep"] or "onbekend",
                Decimal(weken <= NORM_WEKEN[fase]),
                Decimal(1),
            )
        )


def _judge(wereld: Wereld, feit: str, agb: str | None, jaar: int, goed: bool, bron: str) -> Gegeven:
    gegeven = Gegeven(feit, bron, agb or "ONBEKEND", str(jaar), Decimal(not goed))
    wereld.gegevens.append(gegeven)
    return gegeven


def _claims(
    records: list[Record], wereld: Wereld, kenmerken: dict[str, list[tuple[date, str, str]]]
) -> None:
    lines = [line for line in _claim_lines(records, kenmerken) if not line["vervangen"]]
    for line in lines:
        line["goed"] = (
            line["agb"] in wereld.aanbieders
            and line["persoon"] is not None
            and line["bedrag"] is not None
        )
    debits = {(x["agb"], x["ref"]): x for x in lines if x["soort"] == "D" and x["goed"]}
    for line in sorted(lines, key=lambda x: (x["bekend"], x["ref"])):
        if line["soort"] == "C" and line["goed"]:
            debit = debits.get((line["agb"], line["vorige"]))
            line["goed"] = debit is not None and not debit.get("terug")
            if line["goed"] and debit is not None:
                debit["terug"] = True
    _costs(lines, wereld)
    _consults(lines, wereld)


def _claim_lines(
    records: list[Record], kenmerken: dict[str, list[tuple[date, str, str]]]
) -> Iterator[Row]:
    headers = sorted(_rows(records, "decl_bericht"), key=lambda b: b["dagtekening"])
    latest = {b["factuur_sleutel"]: b["dagtekening"] for b in headers}
    for record in records:
        bericht = next(_rows([record], "decl_bericht"), None)
        if bericht is None:
            continue
        for row in _rows([record], "decl_verzekerde"):
            persoon = _insured(row)
            if persoon:
                _note(kenmerken, persoon, bericht["dagtekening"], row)
        tarief: dict[str, list[int]] = defaultdict(list)
        for row in _rows([record], "decl_tarief"):
            tarief[row["prestatie_identificatie"]].append(row["bedrag_cent"])
        activiteiten = defaultdict(list)
        for row in _rows([record], "decl_zorgactiviteit"):
            activiteiten[row["prestatie_identificatie"]].append(row)
        for row in _rows([record], "decl_prestatie"):
            eigen, los = row["bedrag_cent"], tarief[row["identificatie"]]
            yield {
                "bron": record.bron_id,
                "standaard": bericht["standaard"],
                "agb": bericht["declarant_id"],
                "bekend": bericht["dagtekening"],
                "vervangen": bericht["factuur_sleutel"] is not None
                and bericht["dagtekening"] < latest[bericht["factuur_sleutel"]],
                "persoon": _insured(row),
                "soort": row["debet_credit"],
                "ref": row["referentie_sleutel"],
                "vorige": row["voorgaande_referentie_sleutel"],
                "bedrag": eigen if eigen is not None else (sum(los) if los else None),
                "begin": row["begindatum"],
                "groep": claim_group(row["specialisme"], row["diagnosecode"]),
                "activiteiten": activiteiten[row["identificatie"]],
            }


def _insured(row: Row) -> str | None:
    if row["pseudo_id"]:
        return str(row["pseudo_id"])
    if row["verzekerde_sleutel"]:
        return f"verzekerde {row['uzovi']} {row['verzekerde_sleutel']}"
    return None


def _note(
    kenmerken: dict[str, list[tuple[date, str, str]]], persoon: str, dag: date, row: Row
) -> None:
    geslacht = {"1": "man", "2": "vrouw", "male": "man", "female": "vrouw"}.get(row["geslacht"])
    said = {"geboortejaar": row["geboortejaar"], "geslacht": geslacht, "pc4": row["pc4"],
            "uzovi": row.get("uzovi")}  # fmt: skip
    kenmerken[persoon].extend((dag, naam, str(w)) for naam, w in said.items() if w is not None)


def _costs(lines: list[Row], wereld: Wereld) -> None:
    euros: dict[tuple[str, str, str, int], Decimal] = defaultdict(Decimal)
    care = set()
    for line in lines:
        agb, bron = line["agb"], line["bron"]
        _judge(wereld, "fct_prestatie", agb, line["begin"].year, line["goed"], bron)
        if line["goed"] and line["standaard"] == "ZH308":
            key = (line["persoon"], line["agb"], line["groep"], line["begin"].year)
            euros[key] += Decimal(line["bedrag"]) / 100
            if line["soort"] == "D" and not line.get("terug"):
                care.add(key)
    for key, bedrag in euros.items():
        if key in care or bedrag:
            persoon, agb, groep, jaar = key
            wereld.waarnemingen.append(
                Waarneming(
                    "kosten_per_patient",
                    agb,
                    persoon,
                    date(jaar, 12, 31),
                    groep,
                    bedrag,
                    Decimal(1),
                )
            )


def _consults(lines: list[Row], wereld: Wereld) -> None:
    kinds = {row["zorgactiviteitcode"]: row for row in code_list("consultsoort")}
    for line in lines:
        for row in line["activiteiten"]:
            jaar = row["begindatum"].year
            _judge(wereld, "fct_zorgactiviteit", line["agb"], jaar, line["goed"], line["bron"])
            kind = kinds.get(row["zorgactiviteitcode"], {"soort": "", "kanaal": ""})
            stands = line["goed"] and line["soort"] == "D" and not line.get("terug")
            if stands and kind["soort"] == "vervolg":
                digital = row["aantal"] if kind["kanaal"] == "digitaal" else 0
                wereld.waarnemingen.append(
                    Waarneming(
                        "vervolgconsult_digitaal",
                        line["agb"],
                        line["persoon"],
                        row["begindatum"],
                        line["groep"],
                        Decimal(digital),
                        Decimal(row["aantal"]),
                    )
                )


def _newest(records: list[Record], tabel: str) -> Iterator[tuple[str, list[Row], datetime]]:
    """Of every resource: source, rows of the newest version, first moment of availability."""
    versions: dict[tuple[str, str], list[tuple[datetime, int, list[Row]]]] = defaultdict(list)
    for record in records:
        rows = list(_rows([record], tabel))
        if rows:
            key = (record.bron_id, rows[0]["resource_sleutel"])
            versions[key].append((rows[0]["beschikbaar_op"], int(rows[0]["versie_id"]), rows))
    for (bron, _sleutel), found in versions.items():
        yield bron, max(found, key=lambda v: v[:2])[2], min(v[0] for v in found)


def _kerngegevens(
    records: list[Record], wereld: Wereld, kenmerken: dict[str, list[tuple[date, str, str]]]
) -> None:
    patients: dict[tuple[str, str], str] = {}
    for bron, (row,), _first in _newest(records, "fhir_patient"):
        persoon = row["pseudo_id"] or f"patient {bron} {row['resource_sleutel']}"
        patients[(bron, row["resource_sleutel"])] = persoon
        _note(kenmerken, persoon, local_day(row["beschikbaar_op"]), row)
    contacts: dict[tuple[str, str], str | None] = {}
    visits: list[tuple[str, str, Row]] = []
    for bron, (row,), _first in _newest(records, "fhir_contact"):
        persoon, agb = patients.get((bron, row["patient_sleutel"])), row["zorgaanbieder_id"]
        goed = persoon is not None and (agb is None or agb in wereld.aanbieders)
        _judge(wereld, "fct_contact", agb, local_day(row["begin"]).year, goed, bron)
        if goed and persoon is not None:
            contacts[(bron, row["resource_sleutel"])] = agb
            if agb is not None:
                visits.append((persoon, agb, row))
    wereld.contacten = contacts
    wereld.diagnosen = {persoon: {} for persoon in patients.values()}
    heart_failure: dict[str, date] = {}
    for tabel in ("fhir_diagnose", "fhir_meting", "fhir_medicatie"):
        for bron, rows, first in _newest(records, tabel):
            own = rows[0].get("zorgaanbieder_id")
            agb = own or contacts.get((bron, rows[0]["contact_sleutel"]))
            persoon = patients.get((bron, rows[0]["patient_sleutel"]))
            goed = persoon is not None and (own is None or own in wereld.aanbieders)
            gegeven = _timely(wereld, tabel, rows[0], agb, persoon if goed else None, first, bron)
            gegeven.sleutel = rows[0]["resource_sleutel"]
            gegeven.versie = rows[0]["beschikbaar_op"]
            if goed and persoon is not None and tabel == "fhir_diagnose":
                _diagnosed(heart_failure, persoon, rows)
                since(wereld.diagnosen.setdefault(persoon, {}), rows, first)
    _heart_failure(wereld, visits, heart_failure)


def _timely(
    wereld: Wereld,
    tabel: str,
    row: Row,
    agb: str | None,
    persoon: str | None,
    first: datetime,
    bron: str,
) -> Gegeven:
    recorded = row["geregistreerd_op"]
    usable = persoon is not None and recorded is not None
    jaar = local_day(recorded or first).year
    gegeven = _judge(wereld, tabel.replace("fhir_", "fct_"), agb, jaar, usable, bron)
    status = row.get("status") or row.get("verificatie_status")
    if usable and persoon is not None and status != "entered-in-error":
        op_tijd = first - recorded <= timedelta(hours=24)
        wereld.waarnemingen.append(
            Waarneming(
                "kerngegevens_binnen_24_uur",
                agb,
                persoon,
                local_day(recorded),
                "TOTAAL",
                Decimal(op_tijd),
                Decimal(1),
            )
        )
    return gegeven


def _diagnosed(heart_failure: dict[str, date], persoon: str, rows: list[Row]) -> None:
    for row in rows:
        if diagnosis_group(row["code_stelsel"], row["code"]) != "hartfalen":
            continue
        if row["verificatie_status"] in ("refuted", "entered-in-error"):
            continue
        since = local_day(row["geregistreerd_op"])
        heart_failure[persoon] = min(since, heart_failure.get(persoon, since))


def _heart_failure(
    wereld: Wereld, visits: list[tuple[str, str, Row]], heart_failure: dict[str, date]
) -> None:
    admitted: dict[tuple[str, str, int], bool] = {}
    for persoon, agb, row in visits:
        jaar = local_day(row["begin"]).year
        if wereld.aanbieders[agb]["soort"] not in ZIEKENHUIS or row["status"] == "cancelled":
            continue
        if persoon not in heart_failure or heart_failure[persoon].year > jaar:
            continue
        acute = (row["klasse"], row["prioriteit"]) == ("IMP", "EM") and diagnosis_group(
            row["reden_stelsel"], row["reden_code"]
        ) == "hartfalen"
        key = (persoon, agb, jaar)
        admitted[key] = admitted.get(key, False) or acute
    for (persoon, agb, jaar), acute in admitted.items():
        wereld.waarnemingen.append(
            Waarneming(
                "hartfalen_acute_opname",
                agb,
                persoon,
                date(jaar, 12, 31),
                "TOTAAL",
                Decimal(acute),
                Decimal(1),
            )
        )
