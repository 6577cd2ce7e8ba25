"""Which insurer has a contract with which zorgaanbieder, and the register that says so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.ei_regels import UZOVI, VERZEKERAARS
from synthetic.gegevens import calibration, table
from synthetic.kalender import JAREN
from synthetic.kans import generator
from synthetic.leveringen import Leveringen
from synthetic.sectoren import Sector, sectors
from synthetic.wereld import Wereld

REGISTER = ("register-contracten", "contracten.csv")
KOP = b"zorgaanbieder_id;uzovi;sector;gecontracteerd;geldig_van;geldig_tot\n"


def declarants(sector: Sector, wereld: Wereld) -> NDArray[np.int64]:
    """Positions of the zorgaanbieders that declare in a sector."""
    if sector.naam == "msz":
        return wereld.zorgaanbieders.of_type("umc", "stz", "algemeen_ziekenhuis", "zbc")
    return sector.declarants(wereld.zorgaanbieders)


def contracted(wereld: Wereld) -> NDArray[np.bool_]:
    """Whether there is a contract, shape (sectors, years, zorgaanbieders, insurers).

    Clinics have one less often; every hospital and GP practice has one with everybody. So has home
    care and ggz, but for one zorgaanbieder each that has none; see ``zonder_contract.csv``.
    """
    rng = generator(wereld.seed, "contracten")
    shape = (len(sectors()), len(JAREN), len(wereld.zorgaanbieders.agb), VERZEKERAARS)
    draw = rng.random(shape)
    c = calibration()
    without = np.full(shape[2], c["zonder_contract"])
    without[wereld.zorgaanbieders.of_type("zbc")] = c["zonder_contract_zbc"]
    always = ("umc", "stz", "algemeen_ziekenhuis", "huisartsenpraktijk")
    without[wereld.zorgaanbieders.of_type(*always)] = 0
    found = draw >= without[:, None]
    for row in table("zonder_contract"):
        # In these sectors a zorgaanbieder has a contract with every insurer or with none.
        nr = sectors()[row["sector"]].nr
        found[nr] = True
        found[nr, :, wereld.zorgaanbieders.position(row["zorgaanbieder_id"])] = False
    return found


def write_contracts(leveringen: Leveringen, wereld: Wereld, contract: NDArray[np.bool_]) -> None:
    """Write the register, one delivery a year with the contracts of that year."""
    agb = wereld.zorgaanbieders.agb
    for y, jaar in enumerate(JAREN):
        rows = [
            f"{agb[a]};{UZOVI[v].decode()};{sector.naam};"
            f"{'ja' if contract[sector.nr, y, a, v] else 'nee'};{jaar}-01-01;{jaar}-12-31\n"
            for sector in sectors().values()
            for a in declarants(sector, wereld)
            for v in range(VERZEKERAARS)
        ]
        leveringen.append_rows(
            REGISTER[0], jaar, REGISTER[1], KOP, "".join(rows).encode(), len(rows)
        )
        leveringen.count(REGISTER[0], jaar, "reg_contract", len(rows))
