"""The address book of zorgaanbieders and the inhabitants per PC4, one delivery a year."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import table
from synthetic.kalender import JAREN
from synthetic.leveringen import Leveringen
from synthetic.personen import LEEFTIJDEN, Personen, age_class
from synthetic.wereld import Wereld

ZORGAANBIEDERS = ("register-zorgaanbieders", "zorgaanbieders.csv")
BEVOLKING = ("register-bevolking", "bevolking.csv")
KOP_ZORGAANBIEDERS = b"zorgaanbieder_id;naam;soort;gemeente_code;geldig_van;geldig_tot\n"
KOP_BEVOLKING = b"jaar;pc4;gemeente_code;welvaart_kwintiel;leeftijdsklasse;geslacht;inwoners\n"
KLASSEN = (
    *(f"{low}-{high - 1}" for low, high in pairwise(LEEFTIJDEN)),
    f"{LEEFTIJDEN[-1]}+",
)


def empty_population(wereld: Wereld) -> NDArray[np.int64]:
    """Counters of inhabitants, shape (years, PC4 areas, age classes, sexes)."""
    shape = (len(JAREN), len(wereld.plaatsen.pc4), len(KLASSEN), 2)
    return np.zeros(shape, dtype=np.int64)


def count_population(inwoners: NDArray[np.int64], persoon: Personen) -> None:
    """Add a block of persons to the counters, with their age on 1 January of each year."""
    for i, jaar in enumerate(JAREN):
        klasse = np.maximum(age_class(persoon, jaar), 0)
        np.add.at(inwoners[i], (persoon.plaats, klasse, persoon.vrouw.astype(int)), 1)


def write_registers(leveringen: Leveringen, wereld: Wereld, inwoners: NDArray[np.int64]) -> None:
    """Write both registers for every year."""
    z, p = wereld.zorgaanbieders, wereld.plaatsen
    address_book = [
        f"{agb};{naam};{soort};{gemeente};2015-01-01;"
        for agb, naam, soort, gemeente in zip(z.agb, z.naam, z.soort, z.gemeente, strict=True)
    ]
    address_book += [
        f"{row['zorgaanbieder_id']};{row['naam']};{row['soort']};{row['gemeente_code']};2015-01-01;"
        for row in table("wlz_aanbieders")
    ]
    for jaar, count in zip(JAREN, inwoners, strict=True):
        population = [
            f"{jaar};{p.pc4[a]};{p.gemeente[a]};{p.kwintiel[a]};{klasse};{sex};{count[a, k, s]}"
            for a in range(len(p.pc4))
            for k, klasse in enumerate(KLASSEN)
            for s, sex in enumerate(("man", "vrouw"))
        ]
        tables = (
            (ZORGAANBIEDERS, KOP_ZORGAANBIEDERS, address_book, "reg_zorgaanbieder"),
            (BEVOLKING, KOP_BEVOLKING, population, "reg_bevolking"),
        )
        for (bron, bestand), kop, rows, naam in tables:
            text = "".join(f"{row}\n" for row in rows).encode()
            leveringen.append_rows(bron, jaar, bestand, kop, text, len(rows))
            leveringen.count(bron, jaar, naam, len(rows))
