"""Write the registers of the Wlz, one delivery a year and source."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, table
from synthetic.kalender import iso, year
from synthetic.kenmerken import mixed
from synthetic.leveringen import Leveringen
from synthetic.regels import Deel, column, digits, hexadecimal, lines
from synthetic.wereld import Wereld
from synthetic.wlz.personen import GEEN_EINDE, Aanbieders, Geindiceerden
from synthetic.wlz.schaduw import SOORTEN, Schaduw
from synthetic.wlz.standen import Standen
from synthetic.wlz.stroom import SECTOREN, STATUSSEN

INDICATIES = ("register-wlz-indicaties", "indicaties.csv")
WACHTLIJST = ("register-wlz-wachtlijst", "wachtlijst.csv")
SCHADUW = ("register-wlz-schaduwlijsten", "schaduwlijsten.csv")
JAREN_WLZ = (2023, 2024)
KOP_INDICATIES = (
    b"wlz_indicatie_id;bsn;geboortejaar;geslacht;pc4;sector;grondslag;zorgprofiel;"
    b"afgiftedatum;ingangsdatum;einddatum;zorgkantoorregio_code\n"
)
KOP_WACHTLIJST = (
    b"wlz_indicatie_id;bsn;peildatum;sector;wachtstatus;classificatie;begin_status;"
    b"begin_registratie;voorkeur_aanbieder_id;dossierhouder_id;zorgkantoorregio_code;"
    b"overbruggingszorg;reden_wachten;laatst_contact\n"
)
KOP_SCHADUW = b"zorgaanbieder_id;bsn;peildatum;sector;schaduw_soort;begin\n"
_SOORT_ID = 61  # keeps ids of indications apart from those of resources
_KLASSEN = {
    "URGENT": ("doorstroom_ziekenhuis", "geen_crisisbed", "doorstroom_elv"),
    "ACTIEF": ("doorstroom_grz", "geen", "doorstroom_ggz"),
    "VOORKEUR": ("specifieke_locatie", "geen", "partneropname"),
    "VOORZORG": ("geen", "geen", "geen"),
}
_REDENEN = ("wens_client", "geen_plek", "complexe_zorgvraag", "personeelstekort", "woning_in_bouw")


def ids(seed: int, personen: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """Sixteen hex digits of the indication of each person."""
    return hexadecimal(mixed(seed, _SOORT_ID, personen))


def write_indications(leveringen: Leveringen, p: Geindiceerden, wereld: Wereld) -> None:
    """Write the decisions: all in the first year, then those that are new or have ended."""
    rows = table("wlz_profielen")
    profiel = column([row["zorgprofiel"] for row in rows])
    grondslag = column([row["grondslag"] for row in rows])
    begun, ended = year(p.ingang), year(p.einde)
    for jaar in JAREN_WLZ:
        first = jaar == JAREN_WLZ[0]
        which = (begun <= jaar) if first else (begun == jaar) | ((begun < jaar) & (ended == jaar))
        who = np.flatnonzero(which)
        einde = np.where((ended[who] <= jaar), iso(np.minimum(p.einde, GEEN_EINDE)[who]), b"")
        parts: list[Deel] = [
            *(ids(wereld.seed, who), b";", digits(p.bsn[who], 9), b";"),
            *(digits(p.geboortejaar[who], 4), b";"),
            *(np.where(p.vrouw[who], b"vrouw", b"man"), b";"),
            *(column(wereld.plaatsen.pc4)[p.plaats[who]], b";"),
            *(column(SECTOREN)[p.sector[who]], b";", grondslag[p.profiel[who]], b";"),
            *(profiel[p.profiel[who]], b";", iso(p.afgifte[who]), b";"),
            *(iso(p.ingang[who]), b";", einde, b";"),
            column(wereld.plaatsen.regio_code)[wereld.plaatsen.regio[p.plaats[who]]],
        ]
        bron, bestand = INDICATIES
        text = lines(parts, len(who))
        leveringen.append_rows(bron, jaar, bestand, KOP_INDICATIES, text, len(who))
        leveringen.count(bron, jaar, "reg_wlz_indicatie", len(who))


def waiting_lines(
    s: Standen, who: NDArray[np.int64], p: Geindiceerden, aanbieders: Aanbieders, wereld: Wereld
) -> bytes:
    """Rows of the waiting list as text.

    Args:
        s: the list.
        who: positions of the rows to write.
        p: the persons.
        aanbieders: care providers of the Wlz.
        wereld: tables of the region.

    Returns:
        Whole lines.
    """
    persoon, agb = s.persoon[who], column(aanbieders.agb)
    klassen = np.array([[k.encode() for k in _KLASSEN[status]] for status in STATUSSEN])
    pick = persoon % 10
    klasse = klassen[s.status[who], np.where(pick < 3, 0, np.where(pick < 8, 1, 2))]
    reden = np.where(s.reden[who], column(_REDENEN)[persoon % len(_REDENEN)], b"")
    holder = p.dossierhouder[persoon]
    parts: list[Deel] = [
        *(ids(wereld.seed, persoon), b";", digits(p.bsn[persoon], 9), b";"),
        *(iso(s.peildatum[who]), b";", column(SECTOREN)[p.sector[persoon]], b";"),
        *(column(STATUSSEN)[s.status[who]], b";", klasse, b";"),
        *(iso(s.begin[who]), b";", iso(s.registratie[who]), b";"),
        *(np.where(persoon % 20 == 0, b"", agb[holder]), b";", agb[holder], b";"),
        column(wereld.plaatsen.regio_code)[wereld.plaatsen.regio[p.plaats[persoon]]],
        *(b";", np.where(p.overbrugging[persoon], b"ja", b"nee"), b";", reden, b";"),
        iso(s.contact[who]),
    ]
    return lines(parts, len(who))


def write_waiting_list(
    leveringen: Leveringen, s: Standen, p: Geindiceerden, aanbieders: Aanbieders, wereld: Wereld
) -> None:
    """Write the waiting list, a year of peildata at a time."""
    bron, bestand = WACHTLIJST
    for jaar in JAREN_WLZ:
        who = np.flatnonzero(year(s.peildatum) == jaar)
        text = waiting_lines(s, who, p, aanbieders, wereld)
        leveringen.append_rows(bron, jaar, bestand, KOP_WACHTLIJST, text, len(who))
        leveringen.count(bron, jaar, "reg_wlz_wachtlijst", len(who))


def write_shadow_lists(
    leveringen: Leveringen, schaduw: Schaduw, p: Geindiceerden, aanbieders: Aanbieders
) -> None:
    """Write the own lists of care providers."""
    bron, bestand = SCHADUW
    for jaar in JAREN_WLZ:
        who = np.flatnonzero(year(schaduw.peildatum) == jaar)
        persoon = schaduw.persoon[who]
        parts: list[Deel] = [
            *(
                column(aanbieders.agb)[schaduw.aanbieder[who]],
                b";",
                digits(p.bsn[persoon], 9),
                b";",
            ),
            *(iso(schaduw.peildatum[who]), b";", column(SECTOREN)[p.sector[persoon]], b";"),
            *(column(SOORTEN)[schaduw.soort[who]], b";", iso(schaduw.begin[who])),
        ]
        text = lines(parts, len(who))
        leveringen.append_rows(bron, jaar, bestand, KOP_SCHADUW, text, len(who))
        leveringen.count(bron, jaar, "reg_wlz_schaduwlijst", len(who))


def scale(personen: int) -> float:
    """Scale of the Wlz registers: 1 from a number of persons on, below it by their number."""
    c = calibration()
    return 1.0 if personen >= c["wlz_schaal_grens"] else personen / c["wlz_schaal_klein"]
