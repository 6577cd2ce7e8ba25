"""Make the demo region: three years of deliveries and the truth behind them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from synthetic import registers
from synthetic.berichten import Berichten
from synthetic.bevolking import make_persons
from synthetic.blok import Regio, write_block
from synthetic.contracten import contracted, write_contracts
from synthetic.ei_regels import VERZEKERAARS
from synthetic.fouten import Fouten
from synthetic.fouten_afwijking import plant_dropped_elements
from synthetic.fouten_ei import plant_messages, plant_open_faults
from synthetic.fouten_fhir import plant_fhir_faults
from synthetic.fouten_registers import plant_register_faults
from synthetic.inkoop_telling import InkoopTelling
from synthetic.kalender import JAREN
from synthetic.kenmerken import bsn_numbers, invalid_bsn
from synthetic.leveringen import Leveringen
from synthetic.retour import Toekenningen, Verzekeraars
from synthetic.sectoren import sectors
from synthetic.uitkomst import Personenbestand, write_grants, write_truth
from synthetic.vervanging import replace_message
from synthetic.waarheid import Waarheid
from synthetic.wereld import make_world
from synthetic.wlz.gebied import WlzGebied, make_wlz
from synthetic.wlz.waarheid import indicator_rows, write_wlz_truth

BLOK = 25_000  # persons at a time
MINIMUM = 200
_VOORBEELDEN = 2  # persons of the region that planted declarations refer to
BRONNEN = (
    "fhir-ziekenhuizen",
    "fhir-huisartsen",
    "declaraties-msz",
    "declaraties-huisartsen",
    "declaraties-eerstelijn",
    "declaraties-verpleging",
    "declaraties-ggz",
    "retour-verzekeraars",
    "register-zorgaanbieders",
    "register-ggz-wachttijden",
    "register-bevolking",
    "register-contracten",
    "register-wlz-indicaties",
    "register-wlz-wachtlijst",
    "register-wlz-schaduwlijsten",
    "register-wlz-rechtmatigheid",
)
_KENMERK = "regio.json"

Progress = Callable[[str], None]


def write_region(personen: int, seed: int, out: Path, *, progress: Progress) -> None:
    """Write the demo region; the same arguments give the same bytes.

    Deliveries come in ``out/<bron_id>/<periode>/``, the planted truth in ``out/waarheid/``. An
    earlier demo region in ``out`` is replaced; other content is left alone.

    Args:
        personen: number of inhabitants, at least ``MINIMUM``.
        seed: any non-negative number.
        out: folder; made when missing.
        progress: called with one line of text at every step.

    Raises:
        ValueError: too few or too many persons, or a negative seed.
        FileExistsError: ``out`` holds deliveries of these sources that are no demo region.
    """
    if personen < MINIMUM or seed < 0:
        raise ValueError(f"at least {MINIMUM} persons and a seed of 0 or more are needed")
    _make_room(out)
    regio = _begin(seed, out)
    _mark(out, personen, seed)
    persons_file = Personenbestand(out / "waarheid" / "persoon.parquet", regio.wereld)
    for blok, eerste in enumerate(range(0, personen, BLOK)):
        n = min(BLOK, personen - eerste)
        persoon = make_persons(blok, eerste, n, regio.wereld)
        write_block(regio, blok, persoon)
        persons_file.write(persoon)
        done = eerste + n
        progress(f"persons {done:,} of {personen:,} ({100 * done // personen}%)")
    persons_file.close()
    registers.write_registers(regio.leveringen, regio.wereld, regio.inwoners)
    write_contracts(regio.leveringen, regio.wereld, regio.contract)
    progress("long-term care: indications, waiting lists, lawfulness")
    wlz = make_wlz(personen, regio.wereld)
    wlz.write(regio.leveringen)
    regio.waarheid.extra_rows += indicator_rows(wlz.standen, wlz.personen, wlz.aanbieders)
    progress("planting faults, closing messages, writing the truth")
    fouten, toekenningen = _finish(regio, personen, wlz)
    # after the messages that replace others, which take off what was declared
    regio.waarheid.extra_rows += regio.inkoop.rows()
    write_truth(out / "waarheid", regio.waarheid, regio.leveringen, fouten, personen)
    write_grants(out / "waarheid", toekenningen)
    write_wlz_truth(out / "waarheid", wlz.standen, wlz.schaduw, wlz.personen)
    progress(f"region of {personen:,} persons in {out}")


def _make_room(out: Path) -> None:
    """Remove an earlier demo region, and nothing else."""
    mark = out / "waarheid" / _KENMERK
    present = [out / bron for bron in (*BRONNEN, "waarheid") if (out / bron).exists()]
    if present and not mark.is_file():
        raise FileExistsError(
            f"{present[0]} exists and is not part of a demo region; choose another folder"
        )
    for folder in present:
        shutil.rmtree(folder)


def _begin(seed: int, out: Path) -> Regio:
    """Make the folder and everything that is empty at the start."""
    (out / "waarheid").mkdir(parents=True, exist_ok=True)
    wereld = make_world(seed)
    leveringen = Leveringen(out)
    berichten = {
        (naam, jaar, levering): Berichten(leveringen, sector.of_year(jaar), jaar, levering, wereld)
        for naam, sector in sectors().items()
        for jaar in JAREN
        for levering in (jaar, jaar + 1)
        if levering in JAREN
    }
    return Regio(
        wereld=wereld,
        leveringen=leveringen,
        waarheid=Waarheid(wereld.zorgaanbieders.agb, wereld.soorten.naam),
        berichten=berichten,
        inwoners=registers.empty_population(wereld),
        contract=contracted(wereld),
        inkoop=InkoopTelling(wereld),
    )


def _finish(regio: Regio, personen: int, wlz: WlzGebied) -> tuple[Fouten, Toekenningen]:
    """Plant the faults, close the messages and answer them."""
    fouten = Fouten(regio.leveringen, regio.waarheid.tellingen)
    sample = make_persons(0, 0, min(BLOK, personen), regio.wereld).first(_VOORBEELDEN)
    used = plant_open_faults(fouten, regio.berichten, sample)
    for berichten in regio.berichten.values():
        berichten.finish()
    plant_messages(fouten, regio.berichten, sample, used)
    vervangen = _replace_messages(fouten, regio, used)
    verzekeraars = Verzekeraars(regio.wereld.seed, regio.gecrediteerd)
    for nr, (key, box) in enumerate(regio.berichten.items()):
        verzekeraars.answer(nr, box, vervangen.get(key, ()))
    # BSNs of nobody: those of persons behind the last block.
    behind = -(-personen // BLOK) * BLOK
    spare = bsn_numbers(regio.wereld.seed, behind, 4 * len(JAREN) + 1)
    valid, invalid = (b.astype(str).tolist() for b in (spare, invalid_bsn(spare)))
    plant_fhir_faults(fouten, valid, invalid)
    plant_register_faults(fouten, valid[-1], invalid[-1])
    plant_dropped_elements(fouten)
    wlz.plant(fouten, (valid[-1], invalid[-1]))
    return fouten, verzekeraars.toekenningen


def _replace_messages(
    fouten: Fouten, regio: Regio, used: dict[tuple[str, int, int], int]
) -> dict[tuple[str, int, int], tuple[int, ...]]:
    """Replace one message of the first year in every sector but that of the cost indicators.

    Returns:
        The posts whose message is replaced, by set of messages.
    """
    jaar = JAREN[0]
    replaced: dict[tuple[str, int, int], tuple[int, ...]] = {}
    for naam, sector in sectors().items():
        key = (naam, jaar, jaar)
        if naam == "msz" or key not in used:
            continue
        found = replace_message(fouten, regio.berichten[key], used[key], regio.gecrediteerd[naam])
        if found is not None:
            post = divmod(found.post, VERZEKERAARS)
            met = bool(regio.contract[sector.nr, 0, *post])
            regio.waarheid.lower(sector, jaar, post, found.cent, met)
            who = int(np.concatenate(regio.regio_van)[found.persoon])
            regio.inkoop.lower(naam, jaar, who, found.cent, met=met)
            replaced[key] = (found.post,)
    return replaced


def _mark(out: Path, personen: int, seed: int) -> None:
    """Leave the arguments behind; they also tell that the folder is a demo region."""
    text = json.dumps({"personen": personen, "seed": seed, "jaren": list(JAREN)}, indent=2)
    (out / "waarheid" / _KENMERK).write_text(text + "\n", encoding="utf-8")
