"""A dag of airflow: sources that have a FHIR server are pulled from it (Bulk Data) and loaded.

**bronnen** lists the sources that have a file in the folder of servers (`IZA_BULK_SOURCES`, or
`bulk/` in the home folder); without any there is nothing to do and the rest is skipped. **haal**
exports what changed at a server since its last pull and loads it as a delivery (one mapped task a
source), **meld** announces per source the newest period it is in for, as `aanlevering` does, so the
build starts when every source of the period is in. **afsluiting** adds up.

A task that is stopped goes on where it was when it is tried again, without a second export. A
server that is away or not ready in time is tried again; one that refuses us fails its own task at
once and holds up no other. It runs when it is triggered, by hand or by a clock of yours:

    airflow dags trigger ophalen --conf '{"periode": "2026"}'
"""

from __future__ import annotations

import logging

from _beleid import DEFAULT_ARGS
from _bronnen import FHIR_ASSETS
from _formulier import period_param, source_param
from _melding import afsluiting, announce_all, tell
from airflow.sdk import Param, PartitionedAtRuntime, dag, task
from airflow.sdk.exceptions import AirflowSkipException

log = logging.getLogger("iza.ophalen")

PARAMS = {
    "periode": period_param(
        "Period", "Period of what is pulled. Empty: the one the moment of the export lies in."
    ),
    "bron": source_param("Only this source. Empty: every source that has a server.", FHIR_ASSETS),
    "volledig": Param(
        False,
        type="boolean",
        title="Everything",
        description="Ask for everything, not only for what changed since the last pull.",
    ),
}


@task
def bronnen(params: dict) -> list[dict]:
    """List the sources to pull; none when no source has a server."""
    from ingest.settings import load_settings
    from ingest.sources.bulk.register import bulk_names

    named = bulk_names(load_settings())
    chosen = [params["bron"]] if params["bron"] else named
    if not chosen:
        log.info(
            "No source has a server, so there is nothing to pull: "
            "docs/how-to/pull-from-a-fhir-server.md tells how to register one."
        )
    return [
        {"bron_id": bron_id, "periode": params["periode"], "volledig": params["volledig"]}
        for bron_id in chosen
    ]


@task(multiple_outputs=False, map_index_template="{{ bron['bron_id'] }}")
def haal(bron: dict) -> dict:
    """Pull one source and load what came; skipped when nothing changed at its server."""
    from ingest.settings import load_settings
    from ingest.sources.bulk.fetch import fetch

    fetched = fetch(
        load_settings(),
        bron["bron_id"],
        periode=bron["periode"],
        full=bron["volledig"],
        progress=log.info,
    )
    if fetched.meldingen.total:
        log.warning("The server reported %s", fetched.meldingen)
    if fetched.rapport is None:
        raise AirflowSkipException(f"Nothing changed at the server of {bron['bron_id']}.")
    return tell(fetched.rapport)


@dag(
    schedule=PartitionedAtRuntime(),
    params=PARAMS,
    default_args=DEFAULT_ARGS,
    max_active_runs=1,
    tags=["fase/inname", "impact/hoog", "schrijft/raw"],
    doc_md=__doc__,
    dag_display_name="1 Ophalen",
)
def ophalen():
    """Servers in, one announcement a source out."""
    rapporten = haal.expand(bron=bronnen())
    announce_all(rapporten) >> afsluiting(rapporten)


ophalen()
