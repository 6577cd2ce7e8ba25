"""The demonstration: the whole chain on one machine, run by a real Airflow scheduler.

``python -m demo`` writes the demo region, starts Airflow, triggers the first DAG and waits until
the others, which Airflow starts by itself, have published. ``python -m demo up`` leaves Airflow
running, ``python -m demo down`` stops it.
"""
