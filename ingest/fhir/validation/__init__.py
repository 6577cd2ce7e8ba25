"""Validation of FHIR resources: structure, codes, profiles, references, plausibility.

``fast`` accepts what the reference (``judge``) surely accepts; the rest of the verdicts are those
of the reference. What goes beyond structure is data in ``schemas/fhir``.
"""
