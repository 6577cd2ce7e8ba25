"""One contract, many artefacts: made again they are the same, and a change is told by field."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from ingest.declaraties.projection import DETAIL_TABELLEN
from ingest.intake import ingest_path
from ingest.settings import Settings
from marts.described import described_marts
from marts.uses_yaml import USES_FILE, uses_yaml
from schemas.contract import woorden
from schemas.contract.artefacts import DICTIONARY, artefacts, differences, write
from schemas.contract.bronelement import bronelementen
from schemas.contract.dbt_yaml import sources_yaml
from schemas.contract.ei_element import voedend
from schemas.contract.mart_afleiding import LISTS, NUMBERS, eenheid
from schemas.contract.parquet import empty_query
from schemas.contract.registratielast import gebreken, last_van, lees_lasten
from schemas.contract.veld import alle_velden, tabel_doelen, velden
from schemas.contract.woorden import MissingWordError, gloss
from schemas.tables import HERKOMST, TABELLEN, kolommen, tabel
from schemas.tables.kolom import DOELEN, kolom
from schemas.tables.register import RegBevolking, RegisterTabel
from tests.ei_bericht import zh308_voorbeeld

ROOT = Path(__file__).parents[2]
Replace = Callable[[type[RegisterTabel]], None]
RAW_NUMBERS = {"BIGINT", "INTEGER", "DOUBLE", "DECIMAL(18,6)"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of every file that is made, and of what is read to make it."""
    for folder in (DICTIONARY, "dbt_project/models"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copyfile(ROOT / "CHANGELOG.md", tmp_path / "CHANGELOG.md")
    return tmp_path


@pytest.fixture
def replace(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replace]:
    """Puts another model in the place of the one of ``reg_bevolking``, for the test alone."""

    def put(model: type[RegisterTabel]) -> None:
        monkeypatch.setitem(TABELLEN, "reg_bevolking", model)
        velden.cache_clear()

    yield put
    monkeypatch.undo()
    velden.cache_clear()


def test_what_is_made_is_the_same_each_time_and_writing_changes_nothing(copy: Path) -> None:
    marts = described_marts()
    assert artefacts(copy, marts) == artefacts(ROOT, marts)
    assert write(copy, marts) == []
    assert differences(copy, marts) == []


class Changed(RegBevolking):
    """Inhabitants per PC4, sex and age class."""

    class Config:
        description = RegBevolking.to_schema().description

    inwoners: str = kolom("Aantal mensen", leeg_mag=False)
    huishoudens: int = kolom("Aantal huishoudens", leeg_mag=False, eenheid="aantal")


class Smaller(RegisterTabel):
    """Inhabitants per PC4, sex and age class."""

    class Config:
        description = RegBevolking.to_schema().description

    jaar: int = kolom("Jaar", leeg_mag=False, ge=1900, le=2100)


def test_a_changed_field_is_named(
    replace: Replace, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(Changed)
    words = woorden._words() | {"huishoudens": "households"}
    monkeypatch.setattr(woorden, "_words", lambda: words)
    found = differences(copy, described_marts())
    assert 'reg_bevolking.inwoners: type was "BIGINT", is "VARCHAR"' in found
    assert 'reg_bevolking.inwoners: label was "Aantal inwoners", is "Aantal mensen"' in found
    assert "reg_bevolking.huishoudens is new" in found
    assert f"{DICTIONARY}/ruw/reg_bevolking.md is not what the contract makes" in found
    assert "dbt_project/models/staging/_bronnen.yml is not what the contract makes" in found
    (burden,) = [one for one in found if "registratielast.csv" in one]
    assert burden.startswith("reg_bevolking.huishoudens is mandatory and has no row")
    assert not [one for one in found if one.startswith(("decl_", "fhir_"))]


def test_a_field_that_goes_is_named(replace: Replace, copy: Path) -> None:
    replace(Smaller)
    found = differences(copy, described_marts())
    assert "reg_bevolking.inwoners is gone" in found
    assert (
        "schemas/registratielast.csv: no mandatory field is reg_bevolking.inwoners; remove the row."
        in found
    )


def test_a_changed_artefact_and_a_page_too_many_are_named(copy: Path) -> None:
    page = copy / DICTIONARY / "ruw" / "reg_contract.md"
    page.write_text(page.read_text(encoding="utf-8") + " ", encoding="utf-8")
    (page.parent / "reg_oud.md").write_text("x", encoding="utf-8")
    marts = described_marts()
    assert differences(copy, marts) == [
        f"{DICTIONARY}/ruw/reg_contract.md is not what the contract makes",
        f"{DICTIONARY}/ruw/reg_oud.md is made no more",
    ]
    assert write(copy, marts) == [
        f"{DICTIONARY}/ruw/reg_contract.md", f"{DICTIONARY}/ruw/reg_oud.md",
    ]  # fmt: skip
    assert differences(copy, marts) == []


@pytest.mark.parametrize("naam", sorted(TABELLEN))
def test_every_field_says_what_the_contract_asks(naam: str) -> None:
    assert tabel(naam).omschrijving.endswith(".")
    for veld in velden(naam):
        place = f"{naam}.{veld.naam}"
        assert veld.gevoeligheid, place
        assert veld.engels, place
        assert set(veld.doelen) <= set(DOELEN), place
        assert veld.doelen, place
        assert veld.type not in RAW_NUMBERS or veld.eenheid, f"{place} is a number without a unit"
        if veld.eenheid and veld.eenheid.startswith("zie "):
            assert veld.eenheid[4:] in {v.naam for v in velden(naam)}, place
        for codelijst in veld.codelijsten:
            file, _, name = codelijst.partition(":")
            text = (ROOT / "schemas" / "codes" / f"{file}.csv").read_text(encoding="utf-8")
            assert f"\n{name}" in text, place


def test_only_the_columns_a_view_leaves_empty_have_no_source() -> None:
    empty = set()
    for path in (ROOT / "schemas" / "views").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        found = re.findall(r'"name": "(\w+)",\s*"path": "\{\}"', text)
        filled = re.findall(r'"name": "(\w+)",\s*"path": "(?!\{\})', text)
        empty |= {(path.stem, name) for name in set(found) - set(filled)}
    without = {
        (naam, column)
        for naam in TABELLEN
        for column, sources in bronelementen(tabel(naam), kolommen(naam)).items()
        if not sources
    }
    assert without == empty
    assert len(empty) > 20


@pytest.mark.parametrize(
    ("naam", "column", "sources"),
    [
        ("fhir_patient", "geslacht", ("Patient.gender",)),
        ("fhir_patient", "pc4", ("Patient.address.postalCode",)),
        ("fhir_contact_deelnemer", "rol_code", ("Encounter.participant.type.coding.code",)),
        ("decl_verzekerde", "geslacht", ("0208 (alle standaarden)",)),
        ("decl_zorgactiviteit", "tijdseenheid", ("1613 (GZ321)",)),
        ("reg_bevolking", "inwoners", ("inwoners", "aantal_inwoners")),
        ("reg_vektis_gemeente", "kosten_cent", ("waarde in de kolom kosten_…",)),
    ],
)
def test_sources_are_those_of_view_layout_and_register(
    naam: str, column: str, sources: tuple[str, ...]
) -> None:
    (veld,) = [v for v in velden(naam) if v.naam == column]
    assert veld.bronelementen == sources


def test_tables_of_declarations_name_the_records_that_feed_them() -> None:
    for naam, code in DETAIL_TABELLEN.items():
        assert tabel(naam).records == (code,)


def test_nothing_that_identifies_is_held_and_whatever_did_is_treated() -> None:
    for veld in alle_velden():
        assert veld.gevoeligheid != "direct_identificerend", (veld.tabel, veld.naam)
        if veld.gevoeligheid_aangeleverd == "direct_identificerend":
            assert veld.bewerking != "geen", (veld.tabel, veld.naam)
    for naam in TABELLEN:
        if any(k.bewerking == "bsn" for k in kolommen(naam)):
            assert tabel(naam).persoonsgebonden, naam


def test_a_table_about_persons_is_medical_but_for_the_record_itself() -> None:
    """Every other column of such a table is a pseudonym, a trait or money, by name."""
    ordinary = {v.naam for v in alle_velden() if v.gevoeligheid == "gewoon"
                and tabel(v.tabel).persoonsgebonden}  # fmt: skip
    rest = {
        name for name in ordinary - set(HERKOMST)
        if not re.search(r"stelsel$|eenheid|_nr$|_index$|valuta$|comparator$|afwezig$", name)
    }  # fmt: skip
    assert rest == {
        "actief", "aantal_regels", "bericht_sleutel", "beschikbaar_op", "debet_credit",
        "diagnosecodelijst", "formaat_code", "geregistreerd_op", "grootte", "identificatie",
        "media_type", "prestatie_identificatie", "prestatiecodelijst", "profiel", "rang", "record",
        "versie_id", "volgnummer", "volgorde", "vragenlijst",
    }  # fmt: skip
    classes = {(v.tabel, v.naam): v.gevoeligheid for v in alle_velden()}
    assert classes["fhir_diagnose", "code"] == "medisch"
    assert classes["decl_prestatie", "zorgactiviteitcode"] == "medisch"
    assert classes["decl_prestatie", "pseudo_id"] == "indirect_identificerend"
    assert classes["decl_verzekerde", "pc4"] == "indirect_identificerend"
    assert classes["decl_tarief", "bedrag_cent"] == "financieel"
    assert classes["reg_bevolking", "inwoners"] == "gewoon"


class Narrow(RegBevolking):
    """Inhabitants, with a field for research alone."""

    class Config:
        description = RegBevolking.to_schema().description

    welvaart_kwintiel: int = kolom("Welvaart", eenheid="kwintiel", doelen=("onderzoek",))


def test_a_field_with_fewer_purposes_narrows_its_table(replace: Replace) -> None:
    assert tabel_doelen("reg_bevolking") == DOELEN
    replace(Narrow)
    assert tabel_doelen("reg_bevolking") == ("onderzoek",)
    start = sources_yaml().index("- name: reg_bevolking")
    assert "config: {meta: {doelen: [onderzoek]}}" in sources_yaml()[start : start + 300]


def test_every_mandatory_field_has_an_owner_a_purpose_and_a_reason() -> None:
    assert list(gebreken(alle_velden(), lees_lasten())) == []


def test_what_a_standard_has_anyway_is_mandatory_in_it() -> None:
    """Checked against the obligations in the layouts, which the list does not read."""
    checked = 0
    for veld in alle_velden():
        last = last_van(veld, lees_lasten()) if veld.verplicht else None
        if last is None or last.last != "bestaand" or not veld.tabel.startswith("decl_"):
            continue
        column = next(k for k in kolommen(veld.tabel) if k.raw_naam == veld.naam)
        names = column.beschrijving.gevormd_uit or (column.naam,)
        duties = {e.verplicht for _, e in voedend(tabel(veld.tabel)) if e.kolom in names}
        if len(names) == 1 and duties:
            assert duties == {"M"}, (veld.tabel, veld.naam)
            checked += 1
    assert checked > 15


def parquet_types(file: Path) -> list[tuple[str, str, str]]:
    """Name, physical and logical type of every column, as another reader than the writer sees."""
    columns = pq.ParquetFile(file).schema
    return [
        (one.name, one.physical_type, re.sub(r", is_from.*", ")", str(one.logical_type)))
        for one in (columns.column(place) for place in range(len(columns.names)))
    ]


def of_contract(naam: str) -> list[tuple[str, str, str]]:
    kept = json.loads((ROOT / DICTIONARY / "velden.json").read_text(encoding="utf-8"))[naam]
    return [(field["naam"], field["parquet"], field.get("logisch", "None")) for field in kept]


def test_tables_without_rows_have_the_types_of_the_contract(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        for naam in TABELLEN:
            file = tmp_path / f"{naam}.parquet"
            con.execute(f"copy ({empty_query(naam)}) to '{file}' (format parquet)")
            assert parquet_types(file) == of_contract(naam), naam


def test_what_intake_writes_has_the_types_of_the_contract(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "a.asc").write_text(zh308_voorbeeld().tekst(), encoding="latin-1", newline="")
    register = "jaar;pc4;gemeente_code;leeftijdsklasse;geslacht;inwoners\n"
    (tmp_path / "b.csv").write_text(register + "2025;1234;GM0363;0-17;man;12\n", encoding="utf-8")
    ingest_path(tmp_path / "a.asc", "declaraties-msz", settings, periode="2023")
    ingest_path(tmp_path / "b.csv", "register-bevolking", settings, periode="2025")
    kern = ROOT / "tests" / "pipeline" / "samenvatting.ndjson"
    ingest_path(kern, "fhir-ziekenhuizen", settings, periode="2025")
    files = sorted((settings.home / "raw").rglob("*.parquet"))
    tables = {file.relative_to(settings.home / "raw").parts[0] for file in files}
    assert {"decl_tarief", "reg_bevolking", "fhir_patient", "fhir_allergie"} <= tables
    for file in files:
        naam = file.relative_to(settings.home / "raw").parts[0]
        assert parquet_types(file) == of_contract(naam), naam


def test_a_word_without_english_says_what_to_do() -> None:
    assert gloss("zorgaanbieder_nr") == "care provider number"
    with pytest.raises(MissingWordError, match=r"No English for 'xyzzy': add a row"):
        gloss("zorgaanbieder_xyzzy")
    with (ROOT / "schemas/contract/woorden.csv").open(encoding="utf-8") as file:
        words = [row["nederlands"] for row in csv.DictReader(file)]
    assert words == sorted(set(words))


def test_a_description_that_repeats_the_label_is_refused() -> None:
    with pytest.raises(ValueError, match="repeats the label"):
        kolom("Aantal", omschrijving="Aantal")


def test_a_changed_column_of_the_shared_mart_reaches_the_uses(tmp_path: Path) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(ROOT / "dbt_project", project)
    shared = project / "models" / "spiegel" / "_spiegel_indicator.yml"
    text = shared.read_text(encoding="utf-8")
    shared.write_text(text.replace("Versie van de definitie", "Hoe oud"), encoding="utf-8")
    made = uses_yaml(project)
    assert made.count('description: "Hoe oud"') == 4
    (project / USES_FILE).write_text(made, encoding="utf-8")
    assert uses_yaml(project) == made
    for path in described_marts(project).bestanden:
        assert (ROOT / path).is_file()


#: Marts that no analysis and no extract draws on: for those who run the platform.
BEHEER = {
    "dim_zorgaanbieder_historie", "kerncijfer", "koppeling_declaraties", "ref_indicator_akkoord",
    "spiegel_indicator",
}  # fmt: skip


def test_every_number_of_a_mart_has_a_unit_and_every_list_is_a_mart() -> None:
    marts = {mart.naam: mart for mart in described_marts().marts}
    numbers = {
        (mart.naam, column.naam): column.eenheid
        for mart in marts.values()
        for column in mart.kolommen
        if NUMBERS.fullmatch(column.type)
    }
    assert len(numbers) > 200
    assert [place for place, unit in numbers.items() if not unit] == []
    assert set(LISTS.values()) <= set(marts)
    assert eenheid("n_raar", "varchar", ()) is None
    assert eenheid("raar", "bigint", ()) is None
    assert eenheid("waarde", "double", ("eenheid",)) == "zie kolom eenheid"


def test_every_mart_has_a_use_or_is_for_those_who_run_the_platform() -> None:
    marts = described_marts().marts
    unused = {mart.naam for mart in marts if not mart.gebruik and mart.naam != "open_spiegel"}
    assert unused == BEHEER
    assert {use for mart in marts for use in mart.gebruik} == {"inkoop", "kwaliteit", "onderzoek"}


def test_every_mart_has_an_enforced_contract_and_every_column_is_described() -> None:
    for mart in described_marts().marts:
        assert mart.sleutel, mart.naam
        assert set(mart.sleutel) <= {k.naam for k in mart.kolommen}, mart.naam
        for column in mart.kolommen:
            assert len(column.omschrijving) > 3, (mart.naam, column.naam)
            assert column.engels, (mart.naam, column.naam)
