"""Small retour messages for tests, made like the declarations of ``tests.ei_bericht``."""

from __future__ import annotations

from tests.ei_bericht import EiBericht


def retour(standaard: str, versie: str, retourcode: str = "0200", **kop: str | int) -> EiBericht:
    """A retour message with its record 01; ``kop`` names further elements of it."""
    vast: dict[str, str | int] = {"dagtekening_retour": "20240301"}
    if standaard != "HA305":
        vast["retourcode_1"] = retourcode
    return EiBericht(standaard, versie, **(vast | kop))


def sluit(bericht: EiBericht, ingediend: int, toegekend: int) -> EiBericht:
    """Close a retour message; its totals are those of the insurer, whatever is returned."""
    return bericht.sluit(
        totaal_cent=abs(ingediend),
        debet_credit="C" if ingediend < 0 else "D",
        toegekend_cent=abs(toegekend),
        toegekend_debet_credit="C" if toegekend < 0 else "D",
    )


def ap305_voorbeeld() -> EiBericht:
    """Declared 30.00; of two returned records one is refused and one granted in part."""
    bericht = retour("AP305", "7.2", factuurnummer="F2023001")
    bericht.verzekerde(e0296="0320", retourcode_2="0200")
    debet = {"debet_credit": "D"}
    bericht.prestatie("A1", bedrag_cent=1_000, retourcode_1="0582", retourcode_2="8007", **debet)
    bericht.prestatie("A2", bedrag_cent=800, toegekend_cent=300, retourcode_1="8059", **debet)
    return sluit(bericht, 3_000, 1_500)


def zh309_voorbeeld() -> EiBericht:
    """A hospital prestatie of which the tariff was refused, and the money with it."""
    bericht = retour("ZH309", "8.0")
    bericht.verzekerde().prestatie("P1", retourcode_1="8002")
    bericht.tarief(10_000, "T1", retourcode_1="0611")
    return sluit(bericht, 12_500, 2_500)
