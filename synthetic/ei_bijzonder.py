"""What one standard asks of a prestatie beyond what all have in common, by element number.

Codes that no public list gives are [from memory] or invented; ``docs/demo-region.md`` says which.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from synthetic import consulten, geneesmiddelen
from synthetic.ei_writer import Waarde
from synthetic.kalender import ei
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.regels import column, digits
from synthetic.sectoren import Sector
from synthetic.wereld import Wereld

Bijzonder = Callable[[Sector, Prestaties, Personen, Wereld], dict[str, Waarde]]
_ACUUT_HARTFALEN = b"301"  # diagnosis code of acute heart failure, see diagnosegroep.csv
_BASIS = 1  # position of basis ggz among the codes of ggz


def _zh308(_s: Sector, p: Prestaties, _persoon: Personen, w: Wereld) -> dict[str, Waarde]:
    """A DBC-zorgproduct, or an expensive medicine as add-on; their codes are invented."""
    kinds = w.soorten
    path = p.nummer // 10 * 10
    dbc, add_on = p.middel < 0, geneesmiddelen.CODES[np.maximum(p.middel, 0)]
    return {
        "0410": np.where(dbc, np.char.add(b"15D", digits(p.soort + 1, 3)), add_on),
        "0414": np.where(dbc, np.char.add(b"990099", digits(p.soort + 1, 3)), b""),
        "0415": np.where(dbc, digits(path, 12), b""),
        "0416": np.where(dbc, ei(p.begin), b"00000000"),
        "0418": np.where(dbc, b"10", b""),
        "0419": np.where(dbc, digits(path + 1, 12), b""),
        "0421": p.verwijzer,
        "0427": np.where(dbc, b"11", b""),
        "0430": 1,
        "0431": np.where(p.acuut, _ACUUT_HARTFALEN, kinds.diagnosecode[p.soort]),
        "0434": b"J",
        "0437": b"N",
        "0438": b"N",
        "0439": kinds.specialisme[p.soort],
        "0440": column(w.zorgaanbieders.agb)[p.aanbieder],
        "0448": np.where(dbc, b"", add_on),
        "0449": np.where(dbc, b"", digits(path, 12)),
    }


def _ha304(_s: Sector, p: Prestaties, _persoon: Personen, _w: Wereld) -> dict[str, Waarde]:
    return {"0411": consulten.CODES[p.soort]}


def _ap304(_s: Sector, p: Prestaties, _persoon: Personen, _w: Wereld) -> dict[str, Waarde]:
    return {
        "0411": 900 + p.nummer // 10 % 60,
        "0415": b"01",
        "0424": p.nummer // 10 % 1_000_000 + 1,
        "0425": 1,
        "0429": 1,
        "0436": 2,
    }


def _aw319(s: Sector, p: Prestaties, _persoon: Personen, _w: Wereld) -> dict[str, Waarde]:
    """Hours (04) in wijkverpleging; days (14) and an indication in the Wlz."""
    if s.naam != "wlz":
        return {"0419": 4, "0420": 75900001}
    decision = p.nummer // 10 % 100_000_000 + 1
    return {"0410": decision, "0411": decision, "0413": 4, "0419": 14, "0420": 45900001}


def _gz321(_s: Sector, p: Prestaties, _persoon: Personen, _w: Wereld) -> dict[str, Waarde]:
    """A DBC, or basis ggz under list 063."""
    basis = p.soort == _BASIS
    minutes = np.zeros(len(p), dtype=np.int64)
    minutes[p.tijd_van] = p.tijd_direct
    head = np.full(len(p), 94900001)
    return {
        "0408": np.where(basis, 63, 50),
        "0410": np.where(basis, b"", b"101001000041"),
        "0414": np.where(basis, b"", digits(p.nummer // 10 * 10, 12)),
        "0416": head,
        "0417": 9922,
        "0418": np.where(basis, 0, head),
        "0419": np.where(basis, 0, 9922),
        "0420": 1,
        "0421": 1900001,
        "0426": np.where(basis, b"180001", b""),
        "0431": np.where(basis, 10, 4),
        "0434": 1,
        "0435": minutes,
        "0436": minutes,
    }


def _mz301(_s: Sector, p: Prestaties, _persoon: Personen, _w: Wereld) -> dict[str, Waarde]:
    return {"0409": 1, "0410": b"N", "0420": np.full(len(p), 12900001)}


def _pm304(_s: Sector, p: Prestaties, _persoon: Personen, _w: Wereld) -> dict[str, Waarde]:
    return {"0421": 1, "0422": np.full(len(p), 4900001)}


BIJZONDER: dict[str, Bijzonder] = {
    "ZH308": _zh308,
    "HA304": _ha304,
    "AP304": _ap304,
    "AW319": _aw319,
    "GZ321": _gz321,
    "MZ301": _mz301,
    "PM304": _pm304,
}
