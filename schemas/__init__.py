"""What data must look like, as data where possible: the single source of contracts.

Rooms: ``views`` (SQL on FHIR ViewDefinitions), ``ei`` (EI record layouts), ``tables`` (Pandera
models of every raw table), ``registers`` (how a tabular delivery maps to a table), ``fhir``
(profile generations). ``bronnen.csv`` lists the sources, ``redenen.csv`` the reason codes.
"""
