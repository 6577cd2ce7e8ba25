"""What each Wlz-uitvoerder declares about the lawfulness of its costs, to the published totals."""

from __future__ import annotations

from collections import Counter

import numpy as np

from synthetic.gegevens import codes, table
from synthetic.leveringen import Leveringen

RECHTMATIGHEID = ("register-wlz-rechtmatigheid", "rechtmatigheid.csv")
KOP = b"jaar;uitvoerder_id;leveringsvorm;oordeel;bedrag_euro\n"
_CENT_PER_MLN = 100_000_000
#: Division over the forms other than pgb [A].
_VORMEN = (("verblijf", 0.86), ("vpt", 0.05), ("mpt", 0.09))


def _shares(totaal: int, gewichten: list[float]) -> list[int]:
    """Whole parts that add up to a whole."""
    edges = np.rint(np.cumsum([0, *gewichten]) / sum(gewichten) * totaal)
    return [int(n) for n in np.diff(edges)]


def amounts() -> list[tuple[int, str, str, str, int]]:
    """Rows (year, uitvoerder, form, judgement, eurocents); they add up to Tabel 1 exactly."""
    regions = Counter(row["uitvoerder_id"] for row in codes("wlz_zorgkantoor"))
    rows = []
    for each in table("wlz_rechtmatigheid"):
        total, pgb = int(each["bedrag_mln"]) * _CENT_PER_MLN, float(each["aandeel_pgb"])
        forms = {"pgb": pgb} | {vorm: share * (1 - pgb) for vorm, share in _VORMEN}
        for vorm, part in zip(forms, _shares(total, list(forms.values())), strict=True):
            divided = _shares(part, [float(n) for n in regions.values()])
            for uitvoerder, cent in zip(regions, divided, strict=True):
                rows.append((int(each["jaar"]), uitvoerder, vorm, each["oordeel"], cent))
    return rows


def write_lawfulness(leveringen: Leveringen) -> None:
    """Write the statements of a year with the deliveries of the year after."""
    bron, bestand = RECHTMATIGHEID
    for jaar in sorted({row[0] for row in amounts()}):
        rows = [
            f"{j};{u};{vorm};{oordeel};{cent // 100}.{cent % 100:02d}\n"
            for j, u, vorm, oordeel, cent in amounts()
            if j == jaar
        ]
        leveringen.append_rows(bron, jaar + 1, bestand, KOP, "".join(rows).encode(), len(rows))
        leveringen.count(bron, jaar + 1, "reg_wlz_rechtmatigheid", len(rows))
