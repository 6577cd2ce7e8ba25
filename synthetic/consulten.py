"""GP consults of a year as prestaties."""

from __future__ import annotations

import numpy as np

from synthetic.gegevens import calibration
from synthetic.kalender import JAREN, first_day
from synthetic.kans import choose, generator
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties, reference_numbers
from synthetic.regels import column
from synthetic.wereld import Wereld

#: GP consults: code, relative frequency, price in eurocents. Codes [from memory], prices invented.
#: The last one, chronic care, is no consult; see ``substitutie.py``.
CODES = column(["12010", "12011", "12012", "13099"])
_GEWICHT = np.array([0.38, 0.5, 0.12])
_PRIJS = np.array([590, 1180, 2360])


def gp_declarations(blok: int, jaar: int, persoon: Personen, wereld: Wereld) -> Prestaties:
    """GP consults of a year; a person with a condition first recorded then has at least one."""
    year = JAREN.index(jaar)
    rng = generator(wereld.seed, "consulten", blok * len(JAREN) + year)
    c, n = calibration(), len(persoon)
    rate = (0.5 + 0.25 * persoon.band + 0.35 * persoon.heeft.sum(axis=1)) * persoon.welfare_factor()
    rate *= c["consulten_per_verzekerde"] / rate.mean()
    shape = c["consult_spreiding"]
    number = rng.poisson(rng.gamma(shape, rate / shape, size=n))
    new = (persoon.heeft & (persoon.bekend == year)).any(axis=1)
    number = np.maximum(number, new)
    who = np.repeat(np.arange(n), number)
    soort = choose(rng, _GEWICHT, len(who))
    dag = first_day(jaar) + rng.integers(0, 365, size=len(who))
    price = np.rint(_PRIJS * (1 + c["msz_groei"]) ** year).astype(np.int64)
    return Prestaties(
        persoon=who,
        verzekeraar=persoon.verzekeraar[who, year],
        aanbieder=persoon.praktijk[who],
        begin=dag,
        eind=dag,
        soort=soort,
        acuut=np.zeros(len(who), dtype=bool),
        volgnummer=np.ones(len(who), dtype=np.int64),
        cent=price[soort],
        credit=np.zeros(len(who), dtype=bool),
        nummer=reference_numbers(blok, jaar, len(who)),
        vorige=np.full(len(who), -1),
    )
