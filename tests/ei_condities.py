"""Small messages that meet every condition of their standard, and what breaks each of them once.

One fault a rule: the line and element that is changed and to what, and the elements that must be
told; those of another line than the changed one as ``line:element``.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.ei_bericht import AGB, EiBericht

PERSOON = "94000101"
ANDERE = "06000002"


def _money(cent: int = 1_250) -> dict[str, str | int]:
    return {"bedrag_cent": cent, "debet_credit": "D", "berekend_cent": cent}


def _zh308() -> EiBericht:
    b = EiBericht().verzekerde(nummer="VZ1")
    b.prestatie("P1", zorgproductcode="099899001", e0428=1, e0429="A1", e0439="0305")
    return b.tarief(100, "T1", e0613="0305").zorgactiviteit("190008", e1616=ANDERE).sluit()


def _zh308_oud() -> EiBericht:
    b = EiBericht("ZH308", "8.0").verzekerde(nummer="VZ1")
    return b.prestatie("P1", e0434="0305").tarief(100, "T1", e0613="0305").sluit()


def _aw319(code: str, lijst: str, versie: str = "1.4") -> EiBericht:
    wlz = code == "187"
    decision = {"e0410": 1, "e0411": 2, "e0413": 4} if wlz else {}
    who = {"e0224": "8002", "e0225": "C1"} if wlz else {}
    b = EiBericht("AW319", versie, e0102=code).verzekerde(nummer="VZ1", **who)
    care = {"e0416": lijst, "e0419": "04", "e0420": PERSOON} | decision
    return b.prestatie("P1", **care, **_money()).sluit()


def _ap304() -> EiBericht:
    b = EiBericht("AP304", "7.2").verzekerde(nummer="VZ1")
    care = {"e0410": "001", "e0416": PERSOON, "e0418": PERSOON, "bedrag_cent": 1_250}
    care |= {"debet_credit": "D", "e0413": 5, "e0426": 1, "e0435": "0600", "e0436": 70}
    b.prestatie("P1", **care)
    zspc = {"e0410": "051", "e0412": "ST", "e0432": 100, "e0426": 2, "e0413": 0}
    return b.prestatie("P2", **(care | zspc)).sluit()


def _ap304_nieuw() -> EiBericht:
    b = EiBericht("AP304", "8.0").verzekerde(nummer="VZ1")
    return b.prestatie("P1", e0413="001", e0441="0900", e0442=3, **_money()).sluit()


def _mz301() -> EiBericht:
    b = EiBericht("MZ301", "1.3").verzekerde(nummer="VZ1")
    care = {"e0412": "010", "e0416": "MOD", "e0417": "026", "e0418": 1, "e0420": PERSOON}
    return b.prestatie("P1", **care, **_money()).sluit()


def _naar_servicebureau() -> EiBericht:
    kop = {"e0108": 0, "betaling_aan": "01", "servicebureau": "98000001"}
    b = EiBericht("MZ301", "1.3", **kop).verzekerde(nummer="VZ1", e0222="D1", e0223=1)
    b.voeg_toe("03", e0303="D1", e0309=2, e0310="Jansen", e0318="1234AB", e0326=23)
    return b.prestatie("P1", e0412="010", **_money()).sluit()


def _ep301() -> EiBericht:
    b = EiBericht("EP301", "1.2").verzekerde(nummer="VZ1")
    care = {"e0409": "048", "e0411": "027", "e0412": "A1", "e0413": PERSOON}
    return b.prestatie("P1", **care, **_money()).sluit()


def _dg301() -> EiBericht:
    b = EiBericht("DG301", "1.0").verzekerde(nummer="VZ1")
    care = {"e0416": PERSOON, "e0419": "05", "e0420": 100}
    return b.prestatie("P1", **care, **_money()).sluit()


def _dg301_nieuw() -> EiBericht:
    """A DBC with treatment and two days of stay, and an OVP with an honorarium."""
    b = EiBericht("DG301", "2.0").verzekerde(nummer="VZ1")
    lijst = {"e0408": "050", "e0409": "12A345"}
    b.prestatie("P1", **lijst, e0410="101001000041", e0412="20230120", e0414="ZT1")
    part = {"e0614": PERSOON, "e0617": "20230120"}
    b.tarief(100, "T1", e0610=10, e0613="0329", **part, e0612="12A346")
    stay = {"e0616": "20230110", "e0617": "20230111", "e0618": 2, "e0612": "12A347"}
    b.tarief(100, "T2", e0610=11, **(part | stay))
    b.prestatie("P2", **lijst)
    ovp = {"e0610": 4, "e0612": "12A345", "e0614": PERSOON, "e0615": "0305"}
    return b.tarief(100, "T3", **ovp, e0616="20230105", e0617="20230105").sluit()


def _gz321() -> EiBericht:
    """An OVP of one day and a transition from eerstelijnspsychologie to basis ggz."""
    b = EiBericht("GZ321", "1.0").verzekerde(nummer="VZ1", postcode="1234AB")
    code = {"e0420": 8, "e0438": 1, "e0413": 1}
    b.prestatie("P1", **code, e0408="050", e0409="194073")
    part = {"e0614": PERSOON, "e0619": 100, "e0618": 1}
    b.tarief(100, "T1", **part, e0610=2, e0612="194073", e0616="20230105", e0617="20230105")
    time = {"e0434": 1, "e0435": 60, "e0436": 60, "e0416": PERSOON, "e0417": "9922"}
    days = {"e0411": "20140101", "e0412": "20140201"}
    b.prestatie("P2", **(code | time | days), e0408="063", e0409="180001")
    days = {"e0616": "20140101", "e0617": "20140201"}
    return b.tarief(100, "T2", **(part | days), e0610=15, e0612="180001").sluit()


BASES: dict[str, Callable[[], EiBericht]] = {
    "ZH308 9.0": _zh308,
    "ZH308 8.0": _zh308_oud,
    "AW319 1.4": lambda: _aw319("428", "065"),
    "AW319 1.4 wlz": lambda: _aw319("187", "055"),
    "AW319 1.4 zg": lambda: _aw319("430", "066"),
    "AW319 1.3": lambda: _aw319("187", "055", "1.3"),
    "AP304 7.2": _ap304,
    "AP304 8.0": _ap304_nieuw,
    "MZ301 1.3": _mz301,
    "MZ301 1.3 servicebureau": _naar_servicebureau,
    "EP301 1.2": _ep301,
    "DG301 1.0": _dg301,
    "DG301 2.0": _dg301_nieuw,
    "GZ321 1.0": _gz321,
}

#: (message, rule or element, line from 1, elements changed, their values, elements told)
Fout = tuple[str, str, int, str, str, set[str]]

_GESLACHT, _NAAMCODE = "naam:^code geslacht verzekerde", "naam:^naamcode/naamgebruik \\(01\\)"
#: Elements that are narrowed alike in all standards whose conditions are held.
GEDEELD = (_GESLACHT, _NAAMCODE)
#: What all of these share.
_ALGEMEEN: list[tuple[str, int, str, str, set[str]]] = [
    (_GESLACHT, 2, "0208", "0", {"0208"}),
    (_NAAMCODE, 2, "0209", "2", {"0209"}),
    ("land-buitenland", 2, "0218", "B-1000   ", {"0218", "0221"}),
]


def broken(fout: Fout) -> EiBericht:
    """The message of a fault, with the fault in it."""
    base, _, line, elements, values, _ = fout
    made = BASES[base]()
    for element, value in zip(elements.split(","), values.split(","), strict=True):
        at, _, name = element.rpartition(":")
        made.zet(int(at or line) - 1, name, value)
    return made


FOUTEN: list[Fout] = [
    (base, *fault)
    for base in ("ZH308 9.0", "AW319 1.4", "AP304 7.2", "MZ301 1.3", "EP301 1.2",
                 "DG301 1.0", "DG301 2.0")
    for fault in _ALGEMEEN
] + [
    ("ZH308 9.0", "element:0409", 3, "0409", "058", {"0409"}),
    ("ZH308 9.0", "element:0439", 3, "0439", "0300", {"0439"}),
    ("ZH308 9.0", "element:0613", 4, "0613", "0300", {"0613"}),
    ("ZH308 9.0", "element:1615", 5, "1615", "01", {"1615"}),
    ("ZH308 9.0", "0429-zorgvraag", 3, "0429", "   ", {"0428", "0429"}),
    ("ZH308 9.0", "0432-icd10", 3, "0433", "I50.0  ", {"0432", "0433"}),
    ("ZH308 9.0", "0607-andere-lijst", 4, "0607", "041", {"0606", "0607"}),
    ("ZH308 9.0", "1613-dag", 5, "1613", "20230106", {"1612", "1613"}),
    ("ZH308 9.0", "0408-geboorte", 3, "0408", "19600102", {"0408"}),
    ("ZH308 9.0", "1616-declarant", 5, "1616", AGB, {"1616"}),
    ("ZH308 8.0", "element:0434", 3, "0434", "0300", {"0434"}),
    ("ZH308 8.0", "element:0613", 4, "0613", "0300", {"0613"}),
    ("ZH308 8.0", "0607-andere-lijst", 4, "0607", "041", {"0606", "0607"}),
    ("AW319 1.4", "element:0406", 3, "0406", "M1".ljust(15), {"0406"}),
    ("AW319 1.4", "element:0407", 3, "0407", "2", {"0407"}),
    ("AW319 1.4", "element:0421", 3, "0421", "0305", {"0421"}),
    ("AW319 1.4", "element:0423", 3, "0423", "0305", {"0423"}),
    ("AW319 1.4", "element:0424", 3, "0424", "10000", {"0424"}),
    ("AW319 1.4 wlz", "0411-besluit", 3, "0411", "000000000", {"0410", "0411"}),
    ("AW319 1.4", "0414-vanaf-2013", 3, "0414", "20121231", {"0414"}),
    ("AW319 1.4", "0415-vanaf-2013", 3, "0415", "20990101", {"0415"}),
    ("AW319 1.4", "0224-wlz", 2, "0224", "8002", {"0224", "3:0408"}),
    ("AW319 1.4 zg", "0225-wlz", 2, "0225", "C1".ljust(20), {"0225", "3:0409"}),
    ("AW319 1.4 wlz", "0419-wijkverpleging", 3, "0419", "31", {"0416", "0419"}),
    ("AW319 1.4", "0410-wlz", 3, "0410,0411", "000000001,000000002", {"0410", "0411"}),
    ("AW319 1.4", "0411-wlz", 3, "0410,0411", "000000001,000000002", {"0410", "0411"}),
    ("AW319 1.4", "0412-wlz", 3, "0412", "07", {"0412"}),
    ("AW319 1.4 zg", "0413-wlz", 3, "0413", "004", {"0413"}),
    ("AW319 1.4 wlz", "0408-orgaan", 3, "0408", "8003", {"0408"}),
    ("AW319 1.4 wlz", "0409-client", 3, "0409", "C2".ljust(20), {"0409"}),
    ("AW319 1.4 wlz", "0416-wlz", 3, "0416", "065", {"0416"}),
    ("AW319 1.4", "0416-wijkverpleging", 3, "0416", "055", {"0416"}),
    ("AW319 1.4 zg", "0416-zintuiglijk", 3, "0416", "065", {"0416"}),
    ("AW319 1.3", "0408-orgaan", 3, "0408", "8003", {"0408"}),
    ("AW319 1.3", "0409-client", 3, "0409", "C2".ljust(20), {"0409"}),
    ("AP304 7.2", "element:0417", 3, "0417", "0305", {"0417"}),
    ("AP304 7.2", "element:0433", 3, "0433", "00001250", {"0433"}),
    ("AP304 7.2", "element:0434", 3, "0434", "D", {"0434"}),
    ("AP304 7.2", "0413-dosering-bekend", 3, "0413", "000000000", {"0413", "0426"}),
    ("AP304 7.2", "0413-dosering-onbekend", 4, "0413", "000000005", {"0413", "0426"}),
    ("AP304 7.2", "0423-lijst", 3, "0423", "000000000001", {"0422", "0423"}),
    ("AP304 7.2", "0412-zspc", 4, "0412", "KG", {"0410", "0412"}),
    ("AP304 7.2", "0432-zspc", 4, "0432", "00000000", {"0410", "0432"}),
    ("AP304 7.2", "0436-btw", 3, "0435", "0000", {"0435", "0436"}),
    ("AP304 7.2", "0438-teken", 3, "0438", " ", {"0437", "0438"}),
    ("AP304 8.0", "0442-btw", 3, "0441", "0000", {"0441", "0442"}),
    ("MZ301 1.3", "element:0416", 3, "0416", "MOL   ", {"0416"}),
    ("MZ301 1.3", "element:0417", 3, "0417", "027", {"0417"}),
    ("MZ301 1.3", "0418-lijst", 3, "0418", "0000", {"0417", "0418"}),
    ("MZ301 1.3 servicebureau", _NAAMCODE, 3, "0306", "2", {"0306"}),
    ("MZ301 1.3 servicebureau", "debiteur-nummer", 3, "0303", "D2".ljust(11), {"0303"}),
    ("MZ301 1.3 servicebureau", "debiteur-relatie", 3, "0326", "00", {"0326"}),
    ("MZ301 1.3 servicebureau", "debiteur-naam-2", 3, "0309", "0", {"0309", "0310"}),
    ("MZ301 1.3 servicebureau", "debiteur-voorvoegsel-2", 3, "0309,0310,0311",
     f"0,{' ' * 25},van       ", {"0310", "0311"}),
    ("MZ301 1.3 servicebureau", "debiteur-postcode-een", 3, "0319", "B-1000   ",
     {"0318", "0319", "0321"}),
    ("MZ301 1.3 servicebureau", "debiteur-land", 3, "0319", "B-1000   ",
     {"0318", "0319", "0321"}),
    ("EP301 1.2", "element:0411", 3, "0411", "026", {"0411"}),
    ("DG301 1.0", "0419-inhouding", 3, "0419", "04", {"0419", "0420"}),
    ("DG301 2.0", "element:0408", 3, "0408", "041", {"0408"}),
    ("DG301 2.0", "element:0610", 4, "0610", "03", {"0610"}),
    ("DG301 2.0", "0611-andere-lijst", 4, "0611", "050", {"0606", "0611"}),
    ("DG301 2.0", "0612-ovp", 7, "0612", "12A346", {"0607", "0610", "0612"}),
    ("DG301 2.0", "0613-behandeling", 4, "0613", "0305", {"0610", "0613"}),
    ("DG301 2.0", "0615-honorarium", 7, "0615", "0000", {"0610", "0615"}),
    ("DG301 2.0", "0616-begin", 4, "0616", "20230106", {"0608", "0616"}),
    ("DG301 2.0", "0618-dagen", 5, "0618", "0003", {"0610", "0616", "0617", "0618"}),
    ("DG301 2.0", "0410-dbc", 3, "0410", " " * 12, {"0410"}),
    ("DG301 2.0", "0410-ovp", 6, "0410", "101001000041", {"0410"}),
    ("DG301 2.0", "0412-ovp", 6, "0412", "20230106", {"0411", "0412", "7:0617"}),
    ("DG301 2.0", "0414-dbc", 3, "0414", " " * 20, {"0414"}),
    ("GZ321 1.0", "0411-1", 5, "0411,6:0608,6:0616", "20140102,20140102,20140102", {"0411"}),
    ("GZ321 1.0", "0412-2", 3, "0412", "20230106", {"0411", "0412", "4:0617"}),
    ("DG301 2.0", "0617-eind", 4, "0617", "20230119", {"3:0412", "0617"}),
]  # fmt: skip

#: What no condition of the standard forbids: (message, line from 1, elements changed, values).
TOEGESTAAN: dict[str, tuple[str, int, str, str]] = {
    "a practice without a provider": (
        "MZ301 1.3", 1, "0111,0112,0113", "01000001,00000000,03",
    ),
    "a version of DG301 as its 0104 asks": ("DG301 1.0", 1, "0104", "01"),
    "an invoice of AP304 dated in its period": ("AP304 7.2", 1, "0115", "20240116"),
    "an insurer of AW319 beside the zorgkantoor": ("AW319 1.4 wlz", 1, "0108", "5501"),
    "no code of a zorgzwaartepakket": ("AW319 1.4 wlz", 3, "0413", "000"),
    "neither postcode": ("MZ301 1.3", 2, "0217", " " * 6),
    "a zorgproduct alone": ("ZH308 9.0", 3, "0428,0429,0439", "0,   ,0000"),
    "no zorgproduct": ("ZH308 9.0", 3, "0414", " " * 9),
    "no performer": ("MZ301 1.3", 3, "0420", "00000000"),
    "another list than the layout names": ("MZ301 1.3", 3, "0412", "990"),
    "a bilateral list": ("AP304 7.2", 3, "0410", "990"),
    "a percentage of VAT without an amount": ("AP304 7.2", 3, "0436", "00000000"),
    "care of the GZSP under the code of wijkverpleging": ("AW319 1.4", 3, "0416", "070"),
    "a sex that is not known, where nothing forbids it": ("ZH308 8.0", 2, "0208", "0"),
}  # fmt: skip
