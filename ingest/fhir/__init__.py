"""FHIR deliveries: files into records, records judged, accepted ones projected by views.

``files`` reads raw texts, ``bundle`` takes Bundles apart, ``records`` and ``loading`` make records
of them; ``duplicates``, ``checks``, ``profiles`` and ``structure`` judge; ``view`` projects.
``intake`` runs them in this order.
"""
