"""Mirror figures in the answer: the sender's own, before and after a build, and nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import schemas
from ingest.family import sources
from ingest.intake import ingest_path
from ingest.ledger import ledger_of
from ingest.report import IntakeReport
from ingest.settings import Settings
from ingest.terugkoppeling import eigen
from ingest.terugkoppeling.again import answer_again
from ingest.terugkoppeling.cijfers import own_figures
from ingest.terugkoppeling.register import tables_of, touched
from marts.answers import renew_answers
from marts.raw_index import index_raw
from tests.ei_bericht import BSN, ha304_voorbeeld
from tests.spiegel_bouw import Cijfer, write_build, write_record

BRON = "register-ggz-wachttijden"
OTHER = "declaraties-ggz"
HEAD = "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind\n"
OWN = Cijfer("54000001", "Eigen Instelling", 48, 120, 120, {BRON: 120})

#: Values that occur nowhere but in the figure of somebody else.
PLANTED = Cijfer("99887766", "Verraderlijk Ziekenhuis", 7717, 9973, 8887, {OTHER: 9973})
SECRETS = ("99887766", "Verraderlijk", "7717", "7.717", "9973", "9.973", "8887", "0.7737", "77,4%")


def others(number: int, personen: int = 300) -> list[Cijfer]:
    return [
        Cijfer(f"5500000{n}", f"Andere {n}", 130 + n, personen, personen, {OTHER: personen})
        for n in range(number)
    ]


def wait(folder: Path, name: str, rows: int, jaar: int = 2025) -> Path:
    path = folder / f"{name}.csv"
    lines = [
        f"{name}{n};{BSN};54000001;basis;aanmelding;depressie;{jaar}-01-01;{jaar}-02-0{n % 9 + 1}\n"
        for n in range(rows)
    ]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def load(settings: Settings, path: Path, periode: str = "2025", bron: str = BRON) -> IntakeReport:
    return ingest_path(path, bron, settings, periode=periode)


def content(settings: Settings, report: IntakeReport) -> dict:
    folder = settings.home / "terugkoppeling" / report.bron_id / report.levering_id
    found = json.loads((folder / "rapport.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


def page(settings: Settings, report: IntakeReport) -> str:
    folder = settings.home / "terugkoppeling" / report.bron_id / report.levering_id
    return (folder / "rapport.html").read_text(encoding="utf-8")


SCHEMA = json.loads(
    (Path(schemas.__file__).parent / "terugkoppeling" / "rapport-1.schema.json").read_text(
        encoding="utf-8"
    )
)


def build(settings: Settings, bouw_id: str, cijfers: list[Cijfer]) -> list[str]:
    """A build that reads all there is: its marts, its record, and the answers renewed."""
    pointer = settings.home / "marts" / "actueel.json"
    before = json.loads(pointer.read_text())["bouw_id"] if pointer.is_file() else None
    index = index_raw(settings.home, ledger_of(settings).committed())
    write_build(settings.home, bouw_id, cijfers)
    write_record(settings.home, bouw_id, [d.levering_id for d in index.leveringen])
    told: list[str] = []
    renew_answers(settings, bouw_id, before, index, told.append)
    return told


def test_before_a_build_it_says_what_can_change(tmp_path: Path, settings: Settings) -> None:
    report = load(settings, wait(tmp_path, "a", 12))
    found = content(settings, report)["spiegel"]
    assert found["stand"] == "geen_bouw"
    assert found["cijfers"] == []
    assert {(r["indicator_id"], r["gegevens"]) for r in found["raakt"]} == {
        ("ggz_aanmeldwachttijd_treeknorm", 12),
        ("ggz_behandelwachttijd_treeknorm", 12),
    }
    seen = page(settings, report)
    assert "Er zijn nog geen cijfers." in seen
    assert "ggz wachttijd (12)" in seen
    assert "reg_ggz_wachttijd" not in seen


def test_a_build_puts_the_figure_before_and_after_in_the_answer(
    tmp_path: Path, settings: Settings
) -> None:
    write_build(settings.home, "b1", [OWN, *others(5)])
    report = load(settings, wait(tmp_path, "a", 12))
    before = content(settings, report)
    assert before["spiegel"]["stand"] == "voor_bouw"
    [figure] = before["spiegel"]["cijfers"]
    assert (figure["voor"]["teller"], figure["na"]) == ("48.0000", None)
    assert before["bouw"] is None
    after_build = Cijfer("54000001", "Eigen Instelling", 60, 132, 132, {BRON: 132})
    told = build(settings, "b2", [after_build, *others(5)])
    assert told == ["1 answers to senders have their figures of this build"]
    found = content(settings, report)
    [figure] = found["spiegel"]["cijfers"]
    assert found["spiegel"]["stand"] == "na_bouw"
    assert (found["spiegel"]["bouw_voor"], found["spiegel"]["bouw_na"]) == ("b1", "b2")
    assert (figure["voor"]["waarde"], figure["na"]["waarde"]) == ("0.400000", "0.454545")
    text = page(settings, report)
    assert "45,5% (was 40,0%)" in text
    assert "+5,5 procentpunt" in text
    assert figure["na"]["referentie_landelijk"] == "0.454545"
    unchanged = {k: v for k, v in found.items() if k not in ("spiegel", "bouw")}
    assert unchanged == {k: v for k, v in before.items() if k not in ("spiegel", "bouw")}


def test_only_new_answers_are_renewed_and_writing_again_keeps_them(
    tmp_path: Path, settings: Settings
) -> None:
    first = load(settings, wait(tmp_path, "a", 12))
    build(settings, "b1", [OWN])
    seen = page(settings, first)
    second = load(settings, wait(tmp_path, "b", 5))
    told = build(settings, "b2", [OWN, *others(5)])
    assert told == ["1 answers to senders have their figures of this build"]
    assert page(settings, first) == seen
    answer_again(second.levering_id, settings, retour=False)
    assert content(settings, second)["spiegel"]["bouw_na"] == "b2"
    assert build(settings, "b3", [OWN]) == []
    ingest_path(wait(tmp_path, "b", 5), BRON, settings, periode="2025", again=True)
    assert content(settings, second)["spiegel"]["stand"] == "voor_bouw"
    assert len(build(settings, "b4", [OWN])) == 1


def test_a_build_that_was_cut_off_leaves_its_answers_to_the_next(
    tmp_path: Path, settings: Settings
) -> None:
    write_build(settings.home, "b1", [OWN])
    report = load(settings, wait(tmp_path, "a", 12))
    write_build(settings.home, "b2", [Cijfer("54000001", "Eigen", 60, 132, 132, {BRON: 132})])
    write_record(settings.home, "b2", [report.levering_id])  # killed here: current, not answered
    told: list[str] = []
    index = index_raw(settings.home, ledger_of(settings).committed())
    assert renew_answers(settings, "b2", "b2", index, told.append) == 1
    [figure] = content(settings, report)["spiegel"]["cijfers"]
    assert (figure["voor"]["waarde"], figure["na"]["waarde"]) == ("0.400000", "0.454545")


def test_an_answer_that_cannot_be_written_does_not_stop_the_build(
    tmp_path: Path, settings: Settings, monkeypatch
) -> None:
    report = load(settings, wait(tmp_path, "a", 12))
    with monkeypatch.context() as patch:
        patch.setattr(
            "ingest.terugkoppeling.renewing.write_file",
            lambda *_: (_ for _ in ()).throw(OSError("no space")),
        )
        [told] = [line for line in build(settings, "b1", [OWN]) if "not renewed" in line]
    assert report.levering_id in told
    assert ledger_of(settings).not_answered() == [(BRON, report.levering_id)]
    assert len(build(settings, "b2", [OWN])) == 1
    assert ledger_of(settings).not_answered() == []


@pytest.mark.parametrize("more", [0, 4, 5], ids=["alone", "few", "enough"])
def test_nothing_of_another_care_provider_is_in_an_answer(
    more: int, tmp_path: Path, settings: Settings
) -> None:
    write_build(settings.home, "b1", [OWN, PLANTED, *others(more)])
    report = load(settings, wait(tmp_path, "a", 12))
    for step in ("intake", "build"):
        if step == "build":
            build(settings, "b2", [OWN, PLANTED, *others(more)])
        folder = settings.home / "terugkoppeling" / BRON / report.levering_id
        for file in sorted(folder.iterdir()):
            text = file.read_text(encoding="utf-8")
            assert "Eigen Instelling" in text
            for secret in (*SECRETS, "Andere 0", "55000000", OTHER):
                assert secret not in text, (step, file.name, secret)


def figure(settings: Settings, cijfers: list[Cijfer], bron: str = BRON) -> dict | None:
    write_build(settings.home, f"b{len(list((settings.home).glob('marts/b*')))}", cijfers)
    bouw_id = json.loads((settings.home / "marts" / "actueel.json").read_text())["bouw_id"]
    found = own_figures(settings.home, bouw_id, bron, settings.min_cell).rijen
    return next(iter(found.values()), None)


def test_a_value_of_all_needs_enough_others(settings: Settings) -> None:
    told = ("verwacht", "funnel_klasse", "referentie_landelijk", "referentie_peer", "percentiel")

    def is_told(*cijfers: Cijfer) -> dict[str, bool]:
        found = figure(settings, [OWN, *cijfers])
        return {name: found[name] is not None for name in told}

    assert not any(is_told(*others(4)).values())
    assert all(is_told(*others(5)).values())
    assert not any(is_told(*others(5, personen=1)).values()), "five others with five persons"
    large = Cijfer("56000000", "Groot", 9000, 10_000, 10_000, {OTHER: 10_000})
    assert not any(is_told(*others(5), large).values()), "one of them is nearly all"
    elsewhere = [Cijfer(**(vars(c) | {"peergroep": "umc"})) for c in others(5)]
    mixed = is_told(*elsewhere, *others(1))
    assert mixed["referentie_landelijk"]
    assert not mixed["referentie_peer"], "one other in the peer group"
    assert all(is_told().values()), "all care providers are its own"


def test_a_figure_of_few_persons_is_hidden(tmp_path: Path, settings: Settings) -> None:
    few = Cijfer("54000001", "Eigen Instelling", 3, 31, 9, {BRON: 31})
    assert figure(settings, [few, *others(5)]) == {
        "zorgaanbieder_id": "54000001", "zorgaanbieder": "Eigen Instelling", "verborgen": True,
    }  # fmt: skip
    report = load(settings, wait(tmp_path, "a", 12))
    assert content(settings, report)["spiegel"]["cijfers"][0]["voor"] == {"verborgen": True}
    assert "te weinig personen" in page(settings, report)


def test_naming_somebody_in_a_delivery_gives_no_sight_of_its_figures(settings: Settings) -> None:
    """Whoever brings a few records of a hospital is not its source."""
    shared = Cijfer("54000001", "Van een ander", 48, 120, 120, {OTHER: 100, BRON: 20})
    assert figure(settings, [shared]) is None
    assert figure(settings, [OWN]) is not None
    assert figure(settings, [OWN], bron="retour-verzekeraars") is None
    assert figure(settings, [OWN], bron="een-nieuwe-bron") is None
    nobody = Cijfer("ONBEKEND", "Onbekend", 48, 120, 120, {BRON: 120})
    assert figure(settings, [nobody]) is None, "inhabitants nobody answers for"


def test_a_source_may_be_named_for_one_care_provider(settings: Settings, monkeypatch) -> None:
    monkeypatch.setattr(eigen, "mandates", lambda: {BRON: frozenset({"55000001"})})
    found = figure(settings, [OWN, *others(5)])
    assert (found["zorgaanbieder_id"], found["teller"]) == ("55000001", "131.0000")


def test_what_a_delivery_touches_follows_from_the_register() -> None:
    assert tables_of("fct_wachttijd") == ("reg_ggz_wachttijd",)
    assert tables_of("fct_meting") == ("fhir_meting",)
    assert tables_of("fct_contact") == ("fhir_contact",)
    assert set(tables_of("fct_prestatie")) == {"decl_prestatie", "fhir_declaratie_regel"}
    assert touched({"reg_bevolking": 100, "fhir_patient": 3}) == []
    found = touched({"fhir_contact": 4, "fhir_diagnose": 3})
    assert ("hartfalen_acute_opname", 7) in {(f["indicator_id"], f["gegevens"]) for f in found}


def test_all_kinds_of_deliveries_have_a_valid_report(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "p.ndjson").write_text('{"resourceType": "Patient", "id": "p1"}\n{\n')
    (tmp_path / "leeg.csv").write_text(HEAD, encoding="utf-8")
    (tmp_path / "h.asc").write_text(ha304_voorbeeld().tekst(), encoding="latin-1", newline="")
    made = [
        load(settings, tmp_path / "p.ndjson", bron="fhir-huisartsen"),
        load(settings, tmp_path / "leeg.csv"),
        load(settings, tmp_path / "h.asc", bron="declaraties-huisartsen"),
        load(settings, wait(tmp_path, "n", 3), bron="een-nieuwe-bron"),
        load(settings, wait(tmp_path, "z", 2), periode="onbekend"),
    ]
    refused = settings.model_copy(update={"unknown_source": "refuse"})
    made.append(load(refused, wait(tmp_path, "r", 4), bron="nog-een-bron"))
    assert {r.status for r in made} == {"geaccepteerd", "deels", "geweigerd"} - {"deels"}
    for report in made:
        found = content(settings, report)
        text = page(settings, report)
        assert found["status"] == report.status
        assert "Wat de levering doet met uw spiegelcijfers" in text
        assert text.count("<svg") == text.count("</svg>")
    assert "Er zat geen enkel record in de levering." in page(settings, made[1])
    assert "uw spiegelcijfers veranderen niet" in page(settings, made[-1])


def test_a_delivery_with_another_outcome_shows_the_one_before(
    tmp_path: Path, settings: Settings
) -> None:
    path = wait(tmp_path, "a", 4)
    refused = settings.model_copy(update={"unknown_source": "refuse"})
    first = ingest_path(path, "een-nieuwe-bron", refused, periode="2025")
    assert content(settings, first)["eerder"] == []
    again = ingest_path(path, "een-nieuwe-bron", settings, periode="2025", again=True)
    [before] = content(settings, again)["eerder"]
    assert (before["status"], before["quarantaine"], again.status) == (
        "geweigerd",
        4,
        "geaccepteerd",
    )
    assert "Eerder ingelezen" in page(settings, again)
    same = ingest_path(path, "een-nieuwe-bron", settings, periode="2025", again=True)
    assert content(settings, same)["eerder"] == [before]


def test_who_answers_for_whom_is_about_registered_sources() -> None:
    assert set(eigen.mandates()) <= set(sources())
    assert "retour-verzekeraars" not in eigen.mandates(), "an insurer is no care provider"
    assert eigen.regels().min_anderen >= 5


def test_each_care_provider_of_a_source_has_a_page_with_nothing_of_the_others(
    tmp_path: Path, settings: Settings
) -> None:
    brought = {BRON: 9973}
    mine = Cijfer(**(vars(PLANTED) | {"bronnen": brought, "peergroep": "umc"}))
    write_build(settings.home, "b1", [OWN, mine, *others(5)])
    report = load(settings, wait(tmp_path, "a", 12))
    build(settings, "b2", [OWN, mine, *others(5)])
    folder = settings.home / "terugkoppeling" / BRON / report.levering_id / "zorgaanbieder"
    names = [
        f"{who}.{kind}" for who in (OWN.aanbieder, mine.aanbieder) for kind in ("html", "json")
    ]
    assert sorted(f.name for f in folder.iterdir()) == sorted(names)
    for kind in ("html", "json"):
        text = (folder / f"{OWN.aanbieder}.{kind}").read_text(encoding="utf-8")
        assert "Eigen Instelling" in text
        for secret in (*SECRETS, "Andere 0", "55000000", OTHER):
            assert secret not in text, secret
    own = json.loads((folder / f"{OWN.aanbieder}.json").read_text(encoding="utf-8"))
    one = {"$ref": "#/$defs/zorgaanbieder", "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(one).validate(own)
    [row] = own["cijfers"]
    assert row["na"]["verwacht"] is None, "the planted one is nearly all of the others"
    assert row["na"]["referentie_peer"] is not None, "five peers remain"
    large = json.loads((folder / f"{mine.aanbieder}.json").read_text(encoding="utf-8"))
    [row] = large["cijfers"]
    assert row["na"]["verwacht"] is not None, "five others, none of them nearly all"
    assert row["na"]["referentie_peer"] is not None, "it is its whole peer group"
    before = {f.name: f.read_bytes() for f in folder.iterdir()}
    answer_again(report.levering_id, settings, retour=False)
    assert {f.name: f.read_bytes() for f in folder.iterdir()} == before
