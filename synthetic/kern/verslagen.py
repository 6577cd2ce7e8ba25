"""Images and reports: studies with their reports, and discharge letters and summaries."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.kenmerken import mixed
from synthetic.kern.basis import Codes, KernBlok, Rijen, aanbieder, contact, patient
from synthetic.kern.elementen import LOINC, concept, hl7, narrative, reference, snomed
from synthetic.kern.profielen import FHIR, HDR, NL_CORE
from synthetic.kern.sjabloon import Getal, Moment, joined
from synthetic.regels import column, numbers

_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_STUDIE, _SERIE = 201, 202  # kinds of number, beside those of the resource types
_GROOTSTE_UID = 10**15
_MODALITEIT = np.array([b"DX", b"CT", b"MR", b"US"])
#: Name the reports of images are counted under.
_VERSLAG = "DiagnosticReport/RAD"
#: Words of a report; they mean nothing and may never be seen behind intake.
VERZONNEN_TEKST = "Lorumverslag zonder betekenis over een verzonnen bevinding."


def write_reports(kern: KernBlok) -> None:
    """Write images and reports of one source, block and year."""
    _imaging(kern)
    if kern.blok.bron == "fhir-ziekenhuizen":
        _discharge(kern)
    else:
        _summaries(kern)


def _uids(kern: KernBlok, soort: int, ids: NDArray[np.bytes_]) -> NDArray[np.bytes_]:
    """DICOM identifiers below 2.25, a number that says nothing."""
    start = (kern.blok.blok * 10 + kern.blok.jaar % 10) * 10_000_000
    scrambled = mixed(kern.blok.wereld.seed, soort, start + np.arange(len(ids)))
    return (scrambled % np.uint64(_GROOTSTE_UID) + np.uint64(_GROOTSTE_UID)).astype(np.bytes_)


def _imaging(kern: KernBlok) -> None:
    """Studies and, for most, the report of the radiologist."""
    rows = kern.chosen("beeldonderzoek")
    codes = kern.drawn("beeldonderzoek", rows)
    registered = kern.registered(rows)
    new = kern.new("ImagingStudy", rows, registered, klok=False)
    images = kern.rng.integers(1, 60, size=len(rows))
    study, series = _uids(kern, _STUDIE, new.id), _uids(kern, _SERIE, new.id)
    body = {
        "identifier": [
            {"system": "urn:dicom:uid", "value": joined(b"urn:oid:2.25.", study)},
        ],
        "status": "available",
        "subject": patient(new),
        "encounter": contact(rows),
        "started": Moment(rows.begin + 15),
        "numberOfSeries": 1,
        "numberOfInstances": Getal(numbers(images)),
        "procedureCode": [concept(codes.stelsel, codes.code)],
        "description": VERZONNEN_TEKST,
        "series": [
            {
                "uid": joined(b"2.25.", series),
                "modality": {"system": _DICOM, "code": _MODALITEIT[codes.keuze % 4]},
                "numberOfInstances": Getal(numbers(images)),
                "performer": [{"actor": aanbieder(new)}],
            }
        ],
    }
    kern.write("ImagingStudy", new, FHIR + "ImagingStudy", body, codes)
    read = kern.rng.random(len(rows)) < 0.8
    _read_images(kern, rows.take(read), new.id[read], codes, read)


def _read_images(
    kern: KernBlok,
    rows: Rijen,
    studies: NDArray[np.bytes_],
    codes: Codes,
    read: NDArray[np.bool_],
) -> None:
    """Reports of studies: an nl-core text result with a conclusion in words."""
    registered = rows.begin + 60 + kern.rng.integers(1, 60, size=len(rows))
    final = kern.rng.random(len(rows)) < 0.9
    new = kern.new("DiagnosticReport", rows, registered, onderdeel=_VERSLAG)
    own = Codes(codes.stelsel[read], codes.code[read], codes.keuze[read])
    body = {
        "status": np.where(final, b"final", b"preliminary"),
        "category": [hl7("v2-0074", "RAD")],
        "code": concept(own.stelsel, own.code),
        "subject": patient(new),
        "encounter": contact(rows),
        "effectiveDateTime": Moment(rows.begin + 15),
        "issued": Moment(registered),
        "performer": [aanbieder(new)],
        "imagingStudy": [reference("ImagingStudy", studies)],
        "conclusion": VERZONNEN_TEKST,
    }
    kern.write("DiagnosticReport", new, NL_CORE + "TextResult", body, own, onderdeel=_VERSLAG)


def _discharge(kern: KernBlok) -> None:
    """Discharge letters of admissions: sections by LOINC code."""
    rows = kern.chosen("ontslagbrief", kern.admissions())
    sections = [
        {"code": concept(LOINC, "8648-8"), "text": narrative(VERZONNEN_TEKST)},
        {"code": concept(LOINC, "46240-8"), "entry": [contact(rows)]},
        {"code": concept(LOINC, "10183-2"), "emptyReason": hl7("list-empty-reason", "nilknown")},
    ]
    _composition(kern, rows, "34105-7", "Ontslagbrief", sections, HDR + "composition-eu-hdr")


def _summaries(kern: KernBlok) -> None:
    """Summaries of the GP record."""
    rows = kern.chosen("samenvatting")
    sections = [
        {"code": concept(LOINC, "46240-8"), "entry": [contact(rows)]},
        {"code": concept(LOINC, "48765-2"), "emptyReason": hl7("list-empty-reason", "nilknown")},
        {"code": concept(LOINC, "10160-0"), "text": narrative(VERZONNEN_TEKST)},
    ]
    _composition(kern, rows, "60591-5", "Samenvatting", sections, FHIR + "Composition")


def _composition(
    kern: KernBlok, rows: Rijen, loinc: str, titel: str, secties: list, profiel: str
) -> None:
    """Write documents of one kind."""
    registered = kern.registered(rows)
    new = kern.new("Composition", rows, registered)
    n = len(rows)
    codes = Codes(column([LOINC]).repeat(n), column([loinc]).repeat(n), np.zeros(n, dtype=np.int64))
    body = {
        "status": "final",
        "type": concept(codes.stelsel, codes.code),
        "category": [snomed("371531000")],
        "subject": patient(new),
        "encounter": contact(rows),
        "date": Moment(registered),
        "author": [aanbieder(new)],
        "title": titel,
        "custodian": aanbieder(new),
        "section": secties,
    }
    kern.write("Composition", new, profiel, body, codes)
