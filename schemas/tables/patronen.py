"""Patterns of primitive values that several tables share.

Sources: FHIR R4 data types (date, dateTime, instant); EI standards (EEJJMMDD, AGB); the patterns
allow what the standard allows, no more.
"""

DATUM = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
TIJDSTIP = (
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$"
)
DATUM_EI = r"^(00000000|\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))$"
GETAL = r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$"
BSN = r"^\d{9}$"
AGB = r"^\d{8}$"
UZOVI = r"^\d{4}$"
TIJD = r"^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$"
