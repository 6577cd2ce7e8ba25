"""One contract, many artefacts: everything that is made of the models in ``schemas/tables``.

``veld`` completes what a model says of a column with what follows from its name, type, treatment
and source (``afleiding``, ``bronelement``). ``artefacts`` makes the dbt sources and contracts, the
Parquet schemas, the data dictionary and the count of mandatory fields of it, and compares them
with what is in the repository. ``iza contract write`` and ``iza contract check`` call it.
"""
