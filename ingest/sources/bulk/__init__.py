"""FHIR Bulk Data Access (IG v2): pull a delivery from a server instead of waiting for it.

``register`` says which source has a server, ``authorisation`` and ``keys`` identify us there,
``transport`` carries every request, ``kickoff``, ``polling``, ``manifest`` and ``download`` are
the steps of an export, ``state`` survives a kill, ``export`` puts the steps in a row and ``fetch``
hands the result to intake.
"""
