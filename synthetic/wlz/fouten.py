"""Faults in the registers of the Wlz: rows that intake or the build must refuse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from synthetic.fouten import BOUW, Fouten
from synthetic.kalender import year
from synthetic.wereld import Wereld
from synthetic.wlz.levering import (
    INDICATIES,
    JAREN_WLZ,
    SCHADUW,
    WACHTLIJST,
    ids,
    waiting_lines,
)
from synthetic.wlz.personen import Aanbieders, Geindiceerden
from synthetic.wlz.rechtmatigheid import RECHTMATIGHEID
from synthetic.wlz.standen import Standen

NAMEN = {
    INDICATIES: "reg_wlz_indicatie",
    WACHTLIJST: "reg_wlz_wachtlijst",
    SCHADUW: "reg_wlz_schaduwlijst",
    RECHTMATIGHEID: "reg_wlz_rechtmatigheid",
}
_DUBBEL = 12  # persons a delivery who are on the list at two care providers
_I = "WFOUT{jaar}{nr};{bsn};1940;vrouw;1011;vv;somatisch;5VV;{jaar}-01-02;{jaar}-01-05;;ZK01"
_W = (
    "WFOUT{jaar}{nr};{bsn};{jaar}-06-01;vv;ACTIEF;geen;{jaar}-05-01;{jaar}-05-01;;75009001;ZK01;"
    "ja;;{jaar}-05-02"
)
_S = "75009001;{bsn};{jaar}-06-01;vv;nieuw;{jaar}-05-01"
_R = "{vorig};9951;vpt;rechtmatig;{nr}00.00"
#: (file, sound row, what is replaced, by what, reason, where it must come to light)
_RIJEN = (
    (INDICATIES, _I, "{bsn}", "{fout}", "BSN-ONGELDIG", "intake"),
    (INDICATIES, _I, "5VV", "1VV", "CODE-ONBEKEND", "intake"),
    (INDICATIES, _I, ";1011;", ";1011AB;", "FORMAAT-ONJUIST", "intake"),
    (INDICATIES, _I, "{jaar}-01-02;", ";", "VERPLICHT-LEEG", "intake"),
    (INDICATIES, _I, "-01-05;;", "-01-05;{jaar}-01-01;", "DATUM-VOLGORDE", BOUW),
    (INDICATIES, _I, "5VV", "5VG", "WLZ-PROFIEL-SECTOR", BOUW),
    (WACHTLIJST, _W, "{bsn}", "{fout}", "BSN-ONGELDIG", "intake"),
    (WACHTLIJST, _W, "ACTIEF", "NIET-ACTIEF", "CODE-ONBEKEND", "intake"),
    (WACHTLIJST, _W, ";75009001;", ";7500901;", "FORMAAT-ONJUIST", "intake"),
    (WACHTLIJST, _W, "{jaar}-06-01;", "01-06-{jaar};", "FORMAAT-ONJUIST", "intake"),
    (WACHTLIJST, _W, ";geen;", ";geen_idee;", "CODE-ONBEKEND", "intake"),
    (WACHTLIJST, _W, "", "", "WLZ-INDICATIE-ONBEKEND", BOUW),
    (SCHADUW, _S, "{bsn}", "{fout}", "BSN-ONGELDIG", "intake"),
    (SCHADUW, _S, "nieuw", "oud", "CODE-ONBEKEND", "intake"),
    (SCHADUW, _S, "75009001", "75009999", "ZORGAANBIEDER-ONBEKEND", BOUW),
    (SCHADUW, _S, ";{jaar}-05-01", ";{jaar}-07-01", "DATUM-VOLGORDE", BOUW),
    (RECHTMATIGHEID, _R, "rechtmatig", "twijfel", "CODE-ONBEKEND", "intake"),
    (RECHTMATIGHEID, _R, "9951", "9901", "CODE-ONBEKEND", "intake"),
    (RECHTMATIGHEID, _R, "{nr}00.00", "-{nr}.00", "WAARDE-BUITEN-BEREIK", "intake"),
)


def plant_wlz_faults(
    fouten: Fouten,
    s: Standen,
    p: Geindiceerden,
    aanbieders: Aanbieders,
    wereld: Wereld,
    bsns: tuple[str, str],
) -> None:
    """Plant faulty, contradicting and repeated rows in every delivery of the Wlz.

    Args:
        fouten: collects them.
        s: the list.
        p: the persons.
        aanbieders: care providers of the Wlz.
        wereld: tables of the region.
        bsns: a valid BSN of nobody and one that fails the 11-proef.
    """
    for jaar in JAREN_WLZ:
        for nr, (file, row, what, by, reden, waar) in enumerate(_RIJEN):
            text = row.replace(what, by, 1) if what else row
            text = text.format(jaar=jaar, vorig=jaar - 1, nr=nr, bsn=bsns[0], fout=bsns[1])
            where = (file[0], jaar, file[1])
            plek = fouten.add_line(where, NAMEN[file], text.split(";")[0], text.encode())
            fouten.plant(plek, reden, waar)
        for file in NAMEN:
            fouten.repeat_line((file[0], jaar, file[1]), NAMEN[file], 2)
        _plant_states(fouten, jaar, s, p, aanbieders, wereld)


def _plant_states(
    fouten: Fouten, jaar: int, s: Standen, p: Geindiceerden, aanbieders: Aanbieders, wereld: Wereld
) -> None:
    """Rows of persons on the list that cannot be: at a second care provider, or turned round."""
    own = s.telt & (year(s.peildatum) == jaar) & (s.peildatum - s.begin > 40)
    rows = np.flatnonzero(own)[:: max(int(own.sum()) // (_DUBBEL + 2), 1)][: _DUBBEL + 2]
    vv = aanbieders.sector == 0
    other = np.flatnonzero(vv)[(p.dossierhouder[s.persoon] + 1) % int(vv.sum())]
    moved = replace(p, dossierhouder=p.dossierhouder.copy())
    moved.dossierhouder[s.persoon[rows]] = other[rows]
    twice = replace(s, begin=np.where(own, s.begin + 20, s.begin))
    turned = replace(s, begin=s.peildatum + 5)
    bron, bestand = WACHTLIJST
    for i, row in enumerate(rows):
        who = np.array([row])
        last = i >= _DUBBEL
        text = waiting_lines(turned if last else twice, who, moved, aanbieders, wereld)
        kenmerk = ids(wereld.seed, s.persoon[who])[0].decode()
        where = (bron, jaar, bestand)
        plek = fouten.add_line(where, NAMEN[WACHTLIJST], kenmerk, text.rstrip(b"\n"))
        fouten.plant(plek, "DATUM-VOLGORDE" if last else "WLZ-DUBBEL-WACHTEND", BOUW)
