"""Write ``waarheid/``: effects, faults, totals, indicators, counts and the persons themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from synthetic.effecten import KOP
from synthetic.ei_regels import UZOVI
from synthetic.fouten import Fouten
from synthetic.gegevens import calibration, table
from synthetic.kalender import JAREN, iso
from synthetic.kern.uitkomst import clock_rows, code_rows
from synthetic.leveringen import Leveringen
from synthetic.personen import Personen
from synthetic.retour import Toekenningen
from synthetic.sectoren import sectors
from synthetic.waarheid import Waarheid, write_table
from synthetic.wereld import Wereld

FOUTEN = (
    "bron_id", "periode", "bestand", "regel", "naam", "record_kenmerk", "reden_code", "waar",
)  # fmt: skip
HERHALINGEN = ("bron_id", "periode", "bestand", "eerste_periode", "eerste_bestand")
AFWIJKINGEN = ("bron_id", "periode", "reden_code", "tabel", "element")
INDICATOREN = (
    "indicator_id", "niveau", "eenheid_id", "periode", "uitsplitsing", "uitsplitsing_waarde",
    "teller", "noemer",
)  # fmt: skip
TOTALEN = (
    "bron_id", "declarant_id", "jaar", "netto_cent", "aantal_prestaties", "aantal_personen",
)  # fmt: skip
DECLARATIES = (
    "sector", "bron_id", "standaard", "ei_code", "jaar", "debetregels", "creditregels",
    "debet_cent", "credit_cent", "aantal_prestaties", "netto_cent",
    "met_contract_cent", "direct_minuten",
)  # fmt: skip
TOEKENNINGEN = (
    "sector", "declarant_id", "jaar", "regels", "gedeclareerd_cent", "toegekend_cent",
    "regels_geweigerd", "regels_verlaagd",
)  # fmt: skip
TOEKENNINGEN_VERLOOP = ("peildatum", "sector", "toegekend_debet_cent")
KERNCIJFERS = ("naam", "gepland", "gerealiseerd")
TELLING = ("bron_id", "periode", "naam", "aangeleverd", "geaccepteerd", "quarantaine", "dubbel")

TIJDIGHEID = (
    "bron_id", "onderdeel", "tabel", "zorgaanbieder_id", "periode",
    "n_records", "n_met_registratiemoment", "n_binnen_24_uur",
)  # fmt: skip
EENHEID_VAN_TAAL = (
    "bron_id", "onderdeel", "codestelsel", "n_records", "n_standaard", "n_begrip"
)  # fmt: skip


class Personenbestand:
    """``persoon.parquet``, one row group a block of persons."""

    def __init__(self, pad: Path, wereld: Wereld) -> None:
        self._pad = pad
        self._wereld = wereld
        self._writer: pq.ParquetWriter | None = None

    def write(self, persoon: Personen) -> None:
        """Append a block of persons."""
        p, w = persoon, self._wereld
        text = {
            "bsn": p.bsn.astype("S9"),
            "geboortedatum": iso(p.geboren),
            "geslacht": np.where(p.vrouw, b"vrouw", b"man"),
            "pc4": np.array(w.plaatsen.pc4)[p.plaats],
            "gemeente_code": np.array(w.plaatsen.gemeente)[p.plaats],
            "zorgkantoorregio_code": np.array(w.plaatsen.regio_code)[p.regio],
            "huisartsenpraktijk_id": np.array(w.zorgaanbieders.agb)[p.praktijk],
            "ziekenhuis_id": np.array(w.zorgaanbieders.agb)[p.ziekenhuis],
        }
        text |= {f"uzovi_{jaar}": UZOVI[p.verzekeraar[:, i]] for i, jaar in enumerate(JAREN)}
        columns = {name: pa.array(values.astype(str)) for name, values in text.items()}
        columns["welvaart_kwintiel"] = pa.array(p.kwintiel.astype(np.int8))
        for i, name in enumerate(w.soorten.naam):
            if w.soorten.chronisch[i]:
                first = np.where(p.heeft[:, i], np.array(JAREN)[p.bekend[:, i]], 0)
                columns[f"{name}_sinds"] = pa.array(first, mask=~p.heeft[:, i], type=pa.int16())
        block = pa.table(columns)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._pad, block.schema, compression="zstd")
        self._writer.write_table(block)

    def close(self) -> None:
        """Write the footer."""
        if self._writer is not None:
            self._writer.close()


def write_truth(
    pad: Path,
    waarheid: Waarheid,
    leveringen: Leveringen,
    fouten: Fouten,
    personen: int,
) -> None:
    """Write the tables of ``waarheid/``.

    Args:
        pad: the folder.
        waarheid: counters of the whole region.
        leveringen: counts per delivery and record name.
        fouten: planted faults, and messages that are delivered twice.
        personen: number of inhabitants.
    """
    waarheid.settle()
    for name in ("effecten", "effecten_regio", "effecten_gevolg", "substitutie"):
        rows = table(name)
        write_table(pad / f"{name}.csv", tuple(rows[0]), (tuple(r.values()) for r in rows))
    write_table(pad / "fouten.csv", FOUTEN, sorted(fouten.rijen, key=lambda f: tuple(map(str, f))))
    write_table(pad / "herhalingen.csv", HERHALINGEN, sorted(fouten.herhalingen, key=str))
    write_table(pad / "afwijkingen.csv", AFWIJKINGEN, fouten.afwijkingen)
    figures = [*waarheid.indicator_rows(), *waarheid.extra_rows]
    write_table(pad / "indicatoren.csv", INDICATOREN, figures)
    write_table(pad / "effecten_omvang.csv", KOP, waarheid.omvang.rows(_denominators(figures)))
    write_table(pad / "totalen.csv", TOTALEN, _totals(waarheid))
    write_table(pad / "declaraties.csv", DECLARATIES, _declared(waarheid))
    counts = (
        (*key, n.aangeleverd, n.geaccepteerd, n.quarantaine, n.dubbel)
        for key, n in sorted(leveringen.aantallen.items())
        if n.aangeleverd
    )
    write_table(pad / "telling.csv", TELLING, counts)
    tellingen = waarheid.tellingen
    write_table(pad / "tijdigheid.csv", TIJDIGHEID, clock_rows(tellingen, waarheid.agb))
    write_table(pad / "eenheid_van_taal.csv", EENHEID_VAN_TAAL, code_rows(tellingen))
    write_table(pad / "kerncijfers.csv", KERNCIJFERS, _figures(waarheid, leveringen, personen))


def _denominators(cijfers: Sequence[tuple[object, ...]]) -> dict[tuple[str, str, int], float]:
    """Noemer of every figure of a unit as a whole, by indicator, unit and year."""
    return {
        (str(indicator), str(unit), int(str(jaar))): float(str(noemer))
        for indicator, _, unit, jaar, part, _, _, noemer in cijfers
        if part == "TOTAAL"
    }


def write_grants(pad: Path, toekenningen: Toekenningen) -> None:
    """Write what insurers grant: in the end, and as known on some days.

    Args:
        pad: the folder.
        toekenningen: what they grant.
    """
    rows = [(*key, *found) for key, found in sorted(toekenningen.heden.items())]
    write_table(pad / "toekenningen.csv", TOEKENNINGEN, rows)
    told = [
        (f"{dag // 10_000}-{dag // 100 % 100:02d}-{dag % 100:02d}", sector, cent)
        for (dag, sector), cent in sorted(toekenningen.verloop.items())
    ]
    write_table(pad / "toekenningen_verloop.csv", TOEKENNINGEN_VERLOOP, told)


def _figures(waarheid: Waarheid, leveringen: Leveringen, personen: int) -> list[tuple[object, ...]]:
    """Realised figures beside their calibration, and the volume per person."""
    c = calibration()
    planned = {
        "eigen_regio": c["eigen_regio"],
        "consulten_per_verzekerde": c["consulten_per_verzekerde"],
        "aandeel_65plus": c["aandeel_65plus"],
        "aandeel_chronisch": c["chronisch_personen"] / c["inwoners_nl"],
        "aandeel_multimorbide": c["multimorbide_personen"] / c["chronisch_personen"],
        "aandeel_hartfalen": c["hartfalen_patienten"]
        / c["inwoners_nl"]
        * c["hartfalen_demo_factor"],
    }
    rows: list[tuple[object, ...]] = [
        (naam, f"{value:.4f}", f"{waarheid.kern[naam][0] / max(waarheid.kern[naam][1], 1):.4f}")
        for naam, value in planned.items()
    ]
    money = int(waarheid.totalen["declaraties-msz"][0].sum()) / 100 / len(JAREN) / personen
    rows.append(
        ("msz_euro_per_inwoner", f"{c['msz_uitgaven_euro'] / c['inwoners_nl']:.4f}", f"{money:.4f}")
    )
    for start in ("fhir", "declaraties"):
        n = sum(
            a.aangeleverd for key, a in leveringen.aantallen.items() if key[0].startswith(start)
        )
        rows.append((f"records_per_inwoner_{start}", "", f"{n / personen:.4f}"))
    return rows


def _totals(waarheid: Waarheid) -> list[tuple[object, ...]]:
    """Net amounts that must be found, for declarants with any care in a year."""
    rows: list[tuple[object, ...]] = []
    for bron, found in sorted(waarheid.totalen.items()):
        for a, agb in enumerate(waarheid.agb):
            for c, jaar in enumerate(JAREN):
                if found[1, a, c]:
                    rows.append((bron, agb, jaar, *(int(v) for v in found[:, a, c])))
    return rows


def _declared(waarheid: Waarheid) -> list[tuple[object, ...]]:
    """Lines and amounts of every sector by sign, and what they leave."""
    rows: list[tuple[object, ...]] = []
    for (naam, jaar), found in sorted(waarheid.gedeclareerd.items()):
        sector = sectors()[naam]
        standard = f"{sector.layout.standaard} v{sector.layout.versie}"
        rows.append((naam, sector.bron, standard, sector.ei_code, jaar, *(int(v) for v in found)))
    return rows
