"""FHIR deliveries: files into records, records judged, accepted ones projected by views.

``door`` makes records of whatever was delivered, ``loading`` brings them to the engine,
``duplicates`` and ``checks`` judge what a delivery as a whole shows, ``validation`` judges each
resource, ``view`` projects. ``intake`` runs them in this order.
"""
