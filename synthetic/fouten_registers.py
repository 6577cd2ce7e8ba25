"""Faults in the registers: rows that intake must refuse, and rows delivered twice."""

from __future__ import annotations

from synthetic import wachttijden
from synthetic.fouten import Fouten
from synthetic.kalender import JAREN
from synthetic.registers import BEVOLKING, ZORGAANBIEDERS

_WACHTTIJDEN = (wachttijden.BRON, wachttijden.BESTAND)
#: (source and file, row, reason); ``{jaar}``, ``{bsn}`` and ``{fout}`` are filled in.
_WACHT = "depressie;{jaar}-02-01;{jaar}-03-01"
_ELK_JAAR = (
    (ZORGAANBIEDERS, "0600009;Ziekenhuis Zonder Nul;umc;GM0014;2015-01-01;", "FORMAAT-ONJUIST"),
    (_WACHTTIJDEN, "Wfout{jaar}1;{bsn};5400001;basis;aanmelding;" + _WACHT, "FORMAAT-ONJUIST"),
    (_WACHTTIJDEN, "Wfout{jaar}2;{fout};54000001;basis;aanmelding;" + _WACHT, "BSN-ONGELDIG"),
    (
        _WACHTTIJDEN,
        "Wfout{jaar}3;{bsn};54000001;basis;aanmelding;depressie;01-02-{jaar};{jaar}-03-01",
        "FORMAAT-ONJUIST",
    ),
    (_WACHTTIJDEN, "Wfout{jaar}4;{bsn};54000001;basis;intake;" + _WACHT, "CODE-ONBEKEND"),
    (BEVOLKING, "{jaar};1011;GM0014;3;18-44;man;-5", "WAARDE-BUITEN-BEREIK"),
    (BEVOLKING, "{jaar};10AB;GM0014;3;18-44;man;5", "FORMAAT-ONJUIST"),
)
_EENMALIG = {
    2024: (ZORGAANBIEDERS, "06000098;Kliniek Anders;kliniek;GM0014;2015-01-01;", "CODE-ONBEKEND"),
    2025: (ZORGAANBIEDERS, "06000099;;zbc;GM0014;2015-01-01;", "VERPLICHT-LEEG"),
}
_NAAM = {
    ZORGAANBIEDERS: "reg_zorgaanbieder",
    _WACHTTIJDEN: "reg_ggz_wachttijd",
    BEVOLKING: "reg_bevolking",
}


def plant_register_faults(fouten: Fouten, geldig: str, ongeldig: str) -> None:
    """Plant faulty and repeated rows in every register delivery.

    Args:
        fouten: collects them.
        geldig: a valid BSN of nobody in the region.
        ongeldig: a BSN that fails the 11-proef.
    """
    for jaar in JAREN:
        rows = [*_ELK_JAAR, *([_EENMALIG[jaar]] if jaar in _EENMALIG else [])]
        for (bron, bestand), row, reden in rows:
            text = row.format(jaar=jaar, bsn=geldig, fout=ongeldig)
            naam = _NAAM[bron, bestand]
            plek = fouten.add_line((bron, jaar, bestand), naam, text.split(";")[0], text.encode())
            fouten.plant(plek, reden)
        fouten.repeat_line((wachttijden.BRON, jaar, wachttijden.BESTAND), _NAAM[_WACHTTIJDEN], 2)
