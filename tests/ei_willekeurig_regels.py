"""What the conditions of each standard ask of random records, beyond what all have in common.

The conditions stand beside the elements in the official layouts (GZ321, ZH308 v9.0, AW319 v1.4,
AP304 v7.2, MZ301, EP301, DG301); of the other standards and versions none are known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from synthetic.ei_boom import within
from tests.ei_toeval import Toeval

if TYPE_CHECKING:
    from tests.ei_willekeurig import Bedoeld

_DBC, _BASIS, _OVP, _ZZP = range(4)


def _only(where: np.ndarray, value: np.ndarray | bytes | int) -> np.ndarray:
    """The value where it is asked, empty elsewhere."""
    text = isinstance(value, bytes) or getattr(value, "dtype", np.dtype(int)).kind == "S"
    return np.where(where, value, b"" if text else 0)


def _pair(draw: Toeval, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A hoofdbehandelaar and the beroep that goes with the code (GZ321 0416 to 0419)."""
    n = len(where)
    return (
        _only(where, draw.agb(n, person=True)),
        _only(where, draw.pick(n, [9922, 9932, 9937, 9954])),
    )


def _gz321(draw: Toeval, meant: Bedoeld) -> None:
    v, n = meant.waarden["04"], meant.boom.count("04")
    kind = meant.soort
    dbc, basis, ovp = kind == _DBC, kind == _BASIS, kind == _OVP
    timed = dbc | basis
    code = np.choose(kind, [b"26A012", b"180001", b"194073", b"530034"])
    refers = draw.pick(n, [1, 2, 4, 6, 8])
    direct, indirect = (draw.rng.integers(1, 5_000, size=n) for _ in range(2))
    v |= {
        "0408": np.where(basis, 63, 50),
        "0409": code,
        "0410": _only(dbc, draw.digits(n, 12)),
        "0412": np.where(ovp, v["0411"], v["0412"]),
        "0413": within(meant.boom.ouder["04"]) * 30 + draw.rng.integers(1, 30, size=n),
        "0414": np.where(dbc, draw.text(n, 20), v["0414"]),
        "0420": refers,
        "0421": _only(refers <= 4, draw.agb(n, person=True)),
        "0426": _only(basis, b"180001"),
        "0430": _only(basis, draw.pick(n, ["J", "N"])),
        "0431": _only(timed, draw.pick(n, [4, 10, 11])),
        "0434": np.where(timed, 1, 0),
        "0435": _only(timed, direct + indirect),
        "0436": _only(timed, direct),
        "0437": _only(timed, indirect),
    }
    v["0416"], v["0417"] = _pair(draw, timed | (kind == _ZZP))
    v["0418"], v["0419"] = _pair(draw, dbc)
    for empty in ("0422", "0423", "0424", "0427", "0428"):
        v[empty] = np.zeros(n, dtype=np.int64)
    for empty in ("0425", "0429"):
        v[empty] = np.full(n, b"")
    _gz321_tariffs(draw, meant, kind, code)
    _gz321_activities(draw, meant, dbc)
    _gz321_time(draw, meant)


def _gz321_tariffs(draw: Toeval, meant: Bedoeld, kind: np.ndarray, code: np.ndarray) -> None:
    v, above = meant.waarden["06"], meant.boom.ouder["06"]
    p, n = meant.waarden["04"], len(above)
    soort = np.choose(kind[above], [10, 14, draw.pick(n, [2, 4]), 16])
    v |= {
        "0610": soort,
        "0611": np.zeros(n, dtype=np.int64),
        "0612": code[above],
        "0613": np.where(soort == 10, 329, 0),
        "0615": np.where(soort == 4, 305, 0),
        "0616": p["0411"][above],
        "0617": p["0412"][above],
        "0622": np.zeros(n, dtype=np.int64),
        "0618": np.where(soort == 16, _days(meant)[above], 1),
    }
    v["0619"] = np.minimum(v["0619"], 99_999_999 // v["0618"])
    v["0620"] = v["0619"] * v["0618"]
    v["0625"] = np.minimum(v["0625"], v["0620"])


def _days(meant: Bedoeld) -> np.ndarray:
    """Days a prestatie lasts, the first and the last among them."""
    assert meant.dagen is not None
    begin, end = meant.dagen
    return end - begin + 1


def _gz321_activities(draw: Toeval, meant: Bedoeld, dbc: np.ndarray) -> None:
    v, above = meant.waarden["16"], meant.boom.ouder["16"]
    n, p = len(above), meant.waarden["04"]
    v["1610"] = draw.pick(n, ["act_9.1", "act_9.2"])
    v["1613"] = np.full(n, 4)
    v["1614"] = draw.rng.integers(1, 1_000, size=n)
    v["1615"] = v["1616"] = np.zeros(n, dtype=np.int64)
    p["0433"] = np.bincount(above, v["1614"], minlength=len(dbc)).astype(np.int64)
    p["0432"] = np.where(p["0433"] > 0, 4, 0)


def _gz321_time(draw: Toeval, meant: Bedoeld) -> None:
    v, n = meant.waarden["17"], meant.boom.count("17")
    head = draw.some(n, 0.5)
    direct, indirect = (draw.rng.integers(1, 5_000, size=n) for _ in range(2))
    above, p = meant.boom.ouder["17"], meant.waarden["04"]
    first = within(above) == 0
    which = draw.rng.integers(0, 3, size=n)
    v |= {
        "1710": np.where(head, 1, 2),
        "1711": _only(head, draw.agb(n, person=True)),
        "1712": _only(~head, draw.pick(n, [9932, 9937])),
        "1715": np.ones(n, dtype=np.int64),
        "1716": _only((which != 0) | first, direct),
        "1717": _only(which != 1, indirect),
    }
    has_time = np.isin(np.arange(meant.boom.count("04")), above)
    for total, part in (("0436", "1716"), ("0437", "1717")):
        summed = np.bincount(above, v[part], minlength=len(has_time)).astype(np.int64)
        p[total] = np.where(has_time, summed, p[total])
    p["0435"] = p["0436"] + p["0437"]


def _zh308(draw: Toeval, meant: Bedoeld) -> None:
    if meant.layout.versie == "8.0":
        meant.waarden["06"]["0607"] = np.zeros(meant.boom.count("06"), dtype=np.int64)
        return
    v, n = meant.waarden["04"], meant.boom.count("04")
    product = meant.soort < 3
    question = _only(product, draw.pick(n, [0, 1]))
    day = v["0411"]
    v |= {
        "0409": np.where(product, 41, draw.pick(n, [16, 990])),
        "0410": np.where(
            product, np.char.add(b"15", draw.digits(n, 4)), np.char.add(b"19", draw.digits(n, 4))
        ),
        "0413": draw.rng.integers(1, 100, size=n),
        "0414": _only(product, draw.digits(n, 9)),
        "0415": np.where(product, draw.text(n, 15), v["0415"]),
        "0416": np.where(product, day, 0),
        "0417": _only(product & draw.some(n, 0.5), v["0412"]),
        "0418": _only(product, draw.digits(n, 2)),
        "0419": np.where(product, draw.text(n, 15), v["0419"]),
        "0420": np.zeros(n, dtype=np.int64),
        "0421": draw.pick(n, [1, 4, 7]),
        "0426": np.ones(n, dtype=np.int64),
        "0428": question,
        "0429": _only(question == 1, draw.text(n, 3)),
        "0430": np.where(product, 1, 0),
        "0431": _only(product, draw.digits(n, 3)),
        "0432": np.where(v["0433"] == b"", v["0432"], 14),
        "0439": np.where(product, draw.pick(n, [305, 320, 330]), 0),
        "0451": np.zeros(n, dtype=np.int64),
        "0452": np.zeros(n, dtype=np.int64),
    }
    tariffs, m = meant.waarden["06"], meant.boom.count("06")
    tariffs["0607"] = np.zeros(m, dtype=np.int64)
    tariffs["0611"] = draw.pick(m, [2, 3, 4, 8, 9])
    tariffs["0615"] = np.full(m, 10_000)
    activities = meant.waarden["16"]
    activities["1613"] = activities["1612"]
    activities["1615"] = np.zeros(meant.boom.count("16"), dtype=np.int64)


def _aw319(draw: Toeval, meant: Bedoeld) -> None:
    wlz = meant.ei_code == "187"
    person, people = meant.waarden["02"], meant.boom.count("02")
    v, n = meant.waarden["04"], meant.boom.count("04")
    lists = {"187": [55], "428": [65, 68], "430": [66]}[meant.ei_code]
    person["0224"] = np.full(people, 8002 if wlz else 0)
    person["0225"] = draw.text(people, 20) if wlz else np.full(people, b"")
    decision = np.full(n, wlz) & draw.some(n, 0.9)
    v |= {
        "0406": np.full(n, b""),
        "0407": np.ones(n, dtype=np.int64),
        "0410": _only(decision, draw.rng.integers(1, 10**9, size=n)),
        "0411": _only(decision, draw.rng.integers(1, 10**9, size=n)),
        "0412": np.zeros(n, dtype=np.int64),
        "0413": _only(decision, draw.pick(n, [1, 4, 8])),
        "0416": draw.pick(n, lists),
        "0417": draw.pick(n, ["1010", "Z111", "H126"]),
        "0419": draw.pick(n, [0, 1, 4, 7, 14, 16, 81]),
        "0421": np.zeros(n, dtype=np.int64),
        "0423": np.zeros(n, dtype=np.int64),
        "0424": np.zeros(n, dtype=np.int64),
    }


def _mz301(draw: Toeval, meant: Bedoeld) -> None:
    v, n = meant.waarden["04"], meant.boom.count("04")
    tooth = draw.rng.integers(1, 5, size=n) * 10 + draw.rng.integers(1, 9, size=n)
    dentist = _only(draw.some(n, 0.6), draw.agb(n, person=True))
    v |= {
        "0411": np.zeros(n, dtype=np.int64),
        "0412": np.full(n, 10),
        "0415": _only(draw.some(n, 0.4), tooth),
        "0417": np.zeros(n, dtype=np.int64),
        "0418": np.zeros(n, dtype=np.int64),
        "0420": dentist,
        "0421": np.where(dentist == 0, 1200, 0),
        "0428": np.zeros(n, dtype=np.int64),
    }


def _pm304(draw: Toeval, meant: Bedoeld) -> None:
    v, n = meant.waarden["04"], meant.boom.count("04")
    v["0409"] = draw.pick(n, [12, 73, 74, 77, 78, 80])


def _ap304_oud(draw: Toeval, meant: Bedoeld) -> None:
    """A middle of list 001, a bereiding (999) or what an insurer has a code of its own for."""
    v, n = meant.waarden["04"], meant.boom.count("04")
    own, known = meant.soort == 0, v["0426"] == 1
    v |= {
        "0410": np.where(own, 51, draw.pick(n, [1, 990, 999])),
        "0412": np.where(own, b"ST", v["0412"]),
        "0413": _only(known, draw.rng.integers(1, 10**6, size=n)),
        "0417": np.zeros(n, dtype=np.int64),
        "0423": _only(v["0422"] > 0, v["0423"]),
        "0432": np.where(own, draw.rng.integers(1, 10**6, size=n), v["0432"]),
        "0433": np.zeros(n, dtype=np.int64),
        "0434": np.full(n, b""),
        "0436": _only(v["0435"] > 0, v["0436"]),
    }


def _ap304(draw: Toeval, meant: Bedoeld) -> None:
    if meant.layout.versie == "7.2":
        _ap304_oud(draw, meant)
        return
    v, n = meant.waarden["04"], meant.boom.count("04")
    v["0442"] = _only(v["0441"] > 0, v["0442"])
    v["0411"] = draw.rng.integers(0, 24, size=n) * 100 + draw.rng.integers(0, 60, size=n)
    v["0413"] = draw.pick(n, [1, 58, 59])
    v["0442"] = np.minimum(v["0442"], v["0443"])
    v["0437"] = np.minimum(v["0437"], v["0443"])


def _ep301(draw: Toeval, meant: Bedoeld) -> None:
    v, n = meant.waarden["04"], meant.boom.count("04")
    v |= {"0409": np.full(n, 48), "0411": _only(draw.some(n, 0.5), 27)}


def _dg301(draw: Toeval, meant: Bedoeld) -> None:
    v, n = meant.waarden["04"], meant.boom.count("04")
    v["0408"] = np.full(n, 50)
    if meant.layout.versie == "1.0":
        v["0419"] = np.where(v["0420"] > 0, 5, v["0419"])
        return
    dbc = meant.soort < 2
    v |= {
        "0410": _only(dbc, draw.digits(n, 12)),
        "0412": np.where(dbc, v["0412"], v["0411"]),
        "0414": np.where(dbc, draw.text(n, 20), v["0414"]),
    }
    _dg301_tariffs(draw, meant)


def _dg301_tariffs(draw: Toeval, meant: Bedoeld) -> None:
    """Of a DBC treatment (10) and stay (11), of an OVP costs (02) and fee (04)."""
    v, p, above = meant.waarden["06"], meant.waarden["04"], meant.boom.ouder["06"]
    n = len(above)
    kind = meant.soort[above]
    soort = np.choose(kind, [np.full(n, 10), np.full(n, 11), np.full(n, 2), np.full(n, 4)])
    stay = soort == 11
    v |= {
        "0610": soort,
        "0611": _only(draw.some(n, 0.2), 41),
        "0612": np.where(kind < 2, draw.text(n, 6), p["0409"][above]),
        "0613": np.where(soort == 10, 329, v["0613"]),
        "0615": np.where(soort == 4, 305, v["0615"]),
        "0616": p["0411"][above],
        "0617": p["0412"][above],
        "0618": np.where(stay, _days(meant)[above], v["0618"]),
        "0623": np.maximum(v["0623"], v["0628"]),
    }


def _ha304(draw: Toeval, meant: Bedoeld) -> None:
    meant.waarden["04"]["0410"] = np.full(meant.boom.count("04"), 8)


REGELS: dict[str, Callable[[Toeval, Bedoeld], None]] = {
    "GZ321": _gz321,
    "ZH308": _zh308,
    "AW319": _aw319,
    "MZ301": _mz301,
    "PM304": _pm304,
    "AP304": _ap304,
    "HA304": _ha304,
    "EP301": _ep301,
    "DG301": _dg301,
}
