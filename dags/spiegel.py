"""A dag of airflow: once every source of a period is in, one dbt build makes the marts.

It starts by itself when each required source (the rows of `schemas/bronnen.csv`) has been announced
for the same period; the period is the partition key of the run. One build takes all committed
deliveries, also those of earlier periods, so a history that is loaded at once is built once.

**compleetheid** asks the ledger once more whether every source is in, **bouw** builds, tests and
replaces the marts, and announces them under the same period. Building twice from the same
deliveries gives the same marts, byte for byte. Runs wait for each other.

By hand: choose a period in the form; without one it is the newest of the ledger.
"""

from __future__ import annotations

import logging

from _aankondiging import Stand, missing_sources, newest_period
from _beleid import DEFAULT_ARGS
from _bronnen import BRON_ASSETS, SPIEGEL, VEREIST
from _formulier import period_param
from airflow.sdk import AssetAll, Param, PartitionedAssetTimetable, dag, task, task_group

log = logging.getLogger("iza.spiegel")

PARAMS = {
    "periode": period_param(
        "Period",
        "Period to check and to announce in a run by hand. Empty: the newest in the ledger.",
    ),
    "onvolledig": Param(
        False,
        type="boolean",
        title="Build an incomplete period",
        description="Build although a required source has not delivered the period.",
    ),
}


@task
def compleetheid(params: dict, *, dag_run) -> str:
    """Find the period of this run and check that every required source is in for it."""
    from ingest.errors import DataRefusedError
    from ingest.ledger import Ledger
    from ingest.settings import load_settings

    committed = Ledger(load_settings().ledger_address).committed()
    stand = [Stand(d.bron_id, d.periode, d.status) for d in committed]
    periode = dag_run.partition_key or params["periode"] or newest_period(stand)
    if periode is None:
        raise DataRefusedError("Nothing has been loaded yet: run aanlevering first.")
    if missing := missing_sources(VEREIST, periode, stand):
        message = f"Period {periode} is incomplete; missing: {', '.join(missing)}."
        if not params["onvolledig"]:
            raise DataRefusedError(message)
        log.warning("%s It is built all the same, as asked.", message)
    log.info("Period %s: %d deliveries are committed", periode, len(stand))
    return periode


@task(outlets=[SPIEGEL], max_active_tis_per_dag=1)
def bouw(periode: str, *, outlet_events) -> str:
    """Build, test and replace the marts, and announce them for the period."""
    from ingest.settings import load_settings
    from marts.build import build

    result = build(load_settings().alone(), progress=log.info)
    outlet_events[SPIEGEL].add_partitions(periode)
    outlet_events[SPIEGEL].extra = {
        "bouw_id": result.bouw_id,
        "nieuw": result.nieuw,
        "geweigerd": sum(result.geweigerd.values()),
    }
    return result.bouw_id


@dag(
    schedule=PartitionedAssetTimetable(
        assets=AssetAll(*(BRON_ASSETS[bron_id] for bron_id in VEREIST))
    ),
    params=PARAMS,
    default_args=DEFAULT_ARGS,
    max_active_runs=1,
    tags=["fase/bouw", "impact/hoog", "schrijft/marts"],
    doc_md=__doc__,
    dag_display_name="2 Spiegel",
)
def spiegel():
    """All sources of a period in, marts out."""

    @task_group(group_id="marts", tooltip="Check the period, then one build")
    def marts() -> None:
        bouw(compleetheid())

    marts()


spiegel()
