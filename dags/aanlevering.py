"""A dag of airflow: waiting deliveries become validated, pseudonymous Parquet.

**zoek** lists the deliveries in the inbox, **laad** loads each of them (one mapped task a
delivery), **meld** announces per source the newest period it is in for, **afsluiting** adds up what
became of the records.

Loading a delivery twice is harmless: it is known by its content, and the second time gives the
first report. One that was withdrawn is skipped; take it out of the inbox. A delivery of which
nothing was accepted fails its own task, without a retry and without holding up the others; the run
then fails, so that somebody looks. `iza explain LEVERING` says what was wrong with it.

Trigger it by hand, from the form, or with

    airflow dags trigger aanlevering --conf '{"bron": "fhir-huisartsen"}'
"""

from __future__ import annotations

import logging

from _beleid import DEFAULT_ARGS
from _bronnen import BRON_ASSETS
from _formulier import period_param, source_param
from _melding import afsluiting, announce_all, tell
from airflow.sdk import Param, PartitionedAtRuntime, dag, task
from airflow.sdk.exceptions import AirflowSkipException

log = logging.getLogger("iza.aanlevering")

PARAMS = {
    "periode": period_param(
        "Newest period", "Only deliveries up to and including this period. Empty: all of them."
    ),
    "bron": source_param("Only deliveries of this source. Empty: all sources.", BRON_ASSETS),
    "inbox": Param(
        None,
        type=["null", "string"],
        title="Inbox",
        description="Folder with deliveries as <source>/<period>/, on the machine that runs the "
        "task. Empty: the inbox of the settings.",
    ),
    "ontvangen": Param(
        None,
        type=["null", "string"],
        format="date",
        title="Day of receipt",
        description="For deliveries that were received earlier than they are loaded, such as those "
        "of a platform before this one. Empty: now.",
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
        {
            "bron_id": w.bron_id,
            "soort": w.soort,
            "periode": w.periode,
            "pad": str(w.path),
            "ontvangen": params["ontvangen"],
        }
        for w in found
    ]


@task(
    multiple_outputs=False, map_index_template="{{ levering['bron_id'] }} {{ levering['periode'] }}"
)
def laad(levering: dict) -> dict:
    """Load one delivery and return what became of its records, in counts.

    Fails, without a retry, when nothing of it was accepted. Skipped when it was withdrawn: that is
    as it should be, and the log says that it can go from the inbox.
    """
    from pathlib import Path

    from ingest.errors import WithdrawnError
    from ingest.intake import ingest_path
    from ingest.moments import read_moment
    from ingest.settings import load_settings

    day = levering["ontvangen"]
    try:
        report = ingest_path(
            Path(levering["pad"]),
            levering["bron_id"],
            load_settings(),
            soort=levering["soort"],
            periode=levering["periode"],
            received=read_moment(day, "ontvangen") if day else None,
        )
    except WithdrawnError as withdrawn:
        raise AirflowSkipException(str(withdrawn)) from None
    return tell(report)


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
    announce_all(rapporten) >> afsluiting(rapporten)


aanlevering()
