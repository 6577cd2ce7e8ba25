"""A dag of airflow: waiting deliveries become validated, pseudonymous Parquet.

**zoek** lists the deliveries in the inbox, **laad** loads each of them (one mapped task a
delivery), **meld** announces per source the newest period it is in for, **afsluiting** adds up what
became of the records.

Loading a delivery twice is harmless: it is known by its content, and the second time gives the
first report. A delivery of which nothing was accepted fails its own task, without a retry and
without holding up the others; the run then fails, so that somebody looks. `iza explain delivery`
says what was wrong with it.

Trigger it by hand, from the form, or with

    airflow dags trigger aanlevering --conf '{"bron": "fhir-huisartsen"}'
"""

from __future__ import annotations

import logging

from _aankondiging import Stand, announce
from _beleid import DEFAULT_ARGS
from _bronnen import BRON_ASSETS
from _formulier import period_param
from airflow.sdk import Asset, Param, PartitionedAtRuntime, TriggerRule, dag, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

log = logging.getLogger("iza.aanlevering")

PARAMS = {
    "periode": period_param(
        "Newest period", "Only deliveries up to and including this period. Empty: all of them."
    ),
    "bron": Param(
        None,
        type=["null", "string"],
        title="Source",
        description="Only deliveries of this source. Empty: all sources.",
        enum=[None, *BRON_ASSETS],
        values_display={"null": "All sources"}
        | {bron_id: asset.extra["naam"] for bron_id, asset in BRON_ASSETS.items()},
    ),
    "inbox": Param(
        None,
        type=["null", "string"],
        title="Inbox",
        description="Folder with deliveries as <source>/<period>/, on the machine that runs the "
        "task. Empty: the inbox of the settings.",
    ),
}


@task
def zoek(params: dict) -> list[dict]:
    """List the waiting deliveries, ordered by source and period.

    Those already loaded are among them; loading them again changes nothing.
    """
    from pathlib import Path

    from ingest.settings import load_settings
    from ingest.sources.folder import find_waiting

    settings = load_settings()
    if params["inbox"]:
        settings = settings.model_copy(update={"inbox": Path(params["inbox"])})
    found = find_waiting(settings, bron=params["bron"], periode=params["periode"])
    log.info("%d deliveries wait in %s", len(found), settings.inbox_dir)
    return [
        {"bron_id": w.bron_id, "soort": w.soort, "periode": w.periode, "pad": str(w.path)}
        for w in found
    ]


@task(
    multiple_outputs=False, map_index_template="{{ levering['bron_id'] }} {{ levering['periode'] }}"
)
def laad(levering: dict) -> dict:
    """Load one delivery and return what became of its records, in counts.

    Fails, without a retry, when nothing of it was accepted.
    """
    from pathlib import Path

    from ingest.errors import DataRefusedError
    from ingest.intake import ingest_path
    from ingest.settings import load_settings

    report = ingest_path(
        Path(levering["pad"]),
        levering["bron_id"],
        load_settings(),
        soort=levering["soort"],
        periode=levering["periode"],
    )
    total = report.total()
    log.info("%s: %s, %s", report.levering_id, report.status, total)
    if report.status == "geweigerd":
        reasons = ", ".join(sorted({reden.code for reden in report.redenen}))
        raise DataRefusedError(
            f"Nothing of delivery {report.levering_id} was accepted ({reasons}). "
            f"'iza explain delivery {report.levering_id}' says why."
        )
    return {
        "bron_id": report.bron_id,
        "periode": report.periode,
        "levering_id": report.levering_id,
        "status": report.status,
        "herhaling": report.herhaling,
        "aangeleverd": total.aangeleverd,
        "geaccepteerd": total.geaccepteerd,
        "quarantaine": total.quarantaine,
        "dubbel": total.dubbel,
    }


def _meld(bron_id: str, asset: Asset):
    """A task that announces one source.

    Every source has a task of its own because a task announces all its assets when it succeeds; a
    source that is not in must be skipped, or it would be shown as renewed.
    """

    @task(task_id=bron_id, outlets=[asset], trigger_rule=TriggerRule.ALL_DONE)
    def meld(bron_id: str, rapporten: list[dict], *, outlet_events) -> None:
        """Announce the newest period this source is in for; skipped when it is not in."""
        from ingest.ledger import Ledger
        from ingest.settings import load_settings

        committed = Ledger(load_settings().ledger_address).committed()
        stand = [Stand(d.bron_id, d.periode, d.status) for d in committed]
        announcement = announce(bron_id, list(rapporten), stand)
        if announcement is None:
            raise AirflowSkipException(f"{bron_id} delivered nothing that was accepted.")
        log.info("%s is in for %s", bron_id, announcement.periode)
        outlet_events[asset].add_partitions(announcement.periode)
        outlet_events[asset].extra = announcement.extra

    return meld


@task(multiple_outputs=False, trigger_rule=TriggerRule.NONE_FAILED)
def afsluiting(rapporten: list[dict]) -> dict:
    """Add up what became of the records; not reached when a delivery was refused."""
    reports = list(rapporten)
    keys = ("aangeleverd", "geaccepteerd", "quarantaine", "dubbel")
    totals = {"leveringen": len(reports)} | {k: sum(r[k] for r in reports) for k in keys}
    log.info("%s", totals)
    return totals


@dag(
    schedule=PartitionedAtRuntime(),
    params=PARAMS,
    default_args=DEFAULT_ARGS,
    max_active_runs=1,
    tags=["fase/inname", "impact/hoog", "schrijft/raw"],
    doc_md=__doc__,
    dag_display_name="1 Aanlevering",
)
def aanlevering():
    """Deliveries in, one announcement a source out."""
    rapporten = laad.expand(levering=zoek())

    @task_group(group_id="meld", tooltip="One announcement a source")
    def meld(rapporten) -> None:
        for bron_id, asset in BRON_ASSETS.items():
            _meld(bron_id, asset)(bron_id, rapporten)

    meld(rapporten) >> afsluiting(rapporten)


aanlevering()
