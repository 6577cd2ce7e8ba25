"""SQL on FHIR ViewDefinitions: parsed, typed, compiled to one DuckDB query, and run.

``lexer`` and ``parser`` make a syntax tree of a FHIRPath expression, ``definition`` reads the
view around it, ``resolver`` gives every step its FHIR type (``types``), ``plan`` says what is
computed on which item, ``compiler`` writes the query, ``runner`` runs it over files.
"""
