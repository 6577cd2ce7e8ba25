"""Invented names and addresses; they exist so that intake has something to leave behind."""

from __future__ import annotations

from synthetic.regels import column

_NAMEN = (
    ("", "Jansen"), ("de", "Vries"), ("van den", "Berg"), ("", "Bakker"), ("", "Visser"),
    ("", "Smit"), ("de", "Boer"), ("", "Mulder"), ("", "Bos"), ("", "Vos"), ("", "Peters"),
    ("", "Hendriks"), ("van", "Leeuwen"), ("", "Dekker"), ("", "Brouwer"), ("de", "Wit"),
    ("", "Dijkstra"), ("", "Smeets"), ("de", "Graaf"), ("van der", "Meer"), ("van der", "Linden"),
    ("", "Kok"), ("", "Jacobs"), ("", "Vermeulen"), ("van den", "Heuvel"), ("van der", "Veen"),
    ("", "Schouten"), ("van", "Beek"), ("", "Willems"), ("van", "Vliet"), ("van de", "Ven"),
    ("", "Hoekstra"), ("", "Maas"), ("", "Verhoeven"), ("", "Koster"), ("van", "Dam"),
    ("van der", "Wal"), ("", "Prins"), ("", "Blom"), ("", "Huisman"), ("", "Özdemir"),
    ("", "Yılmaz".replace("ı", "i")), ("", "Müller"), ("", "Böhm"), ("", "Coënen"),
    ("", "Friesé"), ("", "El Amrani"), ("", "Chen"), ("", "Nguyen"), ("", "Mohamed"),
    ("", "Kaya"), ("", "Singh"), ("", "Tan"), ("", "Silva"), ("", "Bouzid"), ("", "Postma"),
    ("", "Wiersma"), ("", "Hofman"), ("", "Timmermans"), ("", "Groen"), ("", "Gerritsen"),
    ("", "Kuipers"), ("", "Veenstra"), ("", "Kramer"),
)  # fmt: skip
_STRATEN = (
    "Dorpsstraat", "Kerkstraat", "Molenweg", "Schoolstraat", "Lindelaan", "Eikenlaan",
    "Beukenstraat", "Stationsweg", "Parkweg", "Havenkade", "Marktplein", "Nieuwstraat",
    "Hoofdstraat", "Julianastraat", "Prinsengracht", "Wilhelminalaan", "Zandpad", "Dijkweg",
    "Veldweg", "Akkerstraat", "Rozenstraat", "Tulpstraat", "Vijverlaan", "Bosrand",
    "Meidoornlaan", "Esdoornstraat", "Populierenlaan", "Kastanjelaan", "Merelstraat",
    "Zwaluwlaan", "Spechtstraat", "Vinkenweg", "Leeuwerikplein", "Oranjeplein", "Stadhouderslaan",
    "Burgemeester Smitweg", "Kanaalweg", "Singel", "Bolwerk", "Waterkant",
)  # fmt: skip
_LETTERS = "ABCDEFGHJKLMNPRSTVWXZ"

AANTAL_NAMEN = len(_NAMEN)
AANTAL_STRATEN = len(_STRATEN)
#: For EI records (latin-1).
ACHTERNAAM_EI = column([naam for _, naam in _NAMEN], "latin-1")
VOORVOEGSEL_EI = column([voorvoegsel for voorvoegsel, _ in _NAMEN], "latin-1")
VOORLETTER = column([chr(65 + i) for i in range(26)])
#: For FHIR (UTF-8).
ACHTERNAAM = column([f"{voorvoegsel} {naam}".strip() for voorvoegsel, naam in _NAMEN])
STRAAT = column(_STRATEN)
#: Two letters of the postal code by street.
POSTLETTERS = column(
    [_LETTERS[i % len(_LETTERS)] + _LETTERS[i * 7 % len(_LETTERS)] for i in range(len(_STRATEN))]
)
