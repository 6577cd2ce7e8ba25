"""From committed deliveries to marts: raw index, one dbt build, export and serving file.

``build.build`` does all of it in a folder that nobody else opens. What is visible to readers,
``marts/<bouw_id>/``, ``marts/actueel.json`` and ``serving.duckdb``, appears by rename alone.
"""
