"""Beginnings of the canonicals that the resources of the kerngegevens set claim."""

from __future__ import annotations

_NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"
NL_CORE = _NICTIZ + "nl-core-"
MP = _NICTIZ + "mp-"
#: Types without an nl-core profile claim that of the specification itself.
FHIR = "http://hl7.org/fhir/StructureDefinition/"
#: European discharge report.
HDR = "http://hl7.eu/fhir/hdr/StructureDefinition/"
