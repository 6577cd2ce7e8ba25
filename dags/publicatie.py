"""A dag of airflow: new marts become versioned extracts, and every release is checked.

It starts by itself when `spiegel` has announced new marts; the period is the partition key of the
run. **publiceer** applies disclosure control and writes a release of every extract whose content is
new; a release that is there already is never changed, so publishing twice changes no byte.
**verifieer** then checks every release from the outside, as a recipient would with `iza verify`.

A publication that is stopped (purpose, disclosure, contract) fails without a retry.
"""

from __future__ import annotations

import logging

from _beleid import DEFAULT_ARGS
from _bronnen import PUBLICATIE, SPIEGEL
from airflow.sdk import Param, PartitionedAssetTimetable, dag, task, task_group

log = logging.getLogger("iza.publicatie")

PARAMS = {
    "alleen_verifieren": Param(
        False,
        type="boolean",
        title="Check only",
        description="Publish nothing; check every release that is there.",
    ),
}


@task(max_active_tis_per_dag=1)
def publiceer(params: dict) -> list[dict]:
    """Publish the current marts and return the current release of every extract."""
    from ingest.settings import load_settings
    from publish.release import publish

    if params["alleen_verifieren"]:
        log.info("Nothing is published, as asked.")
        return []
    releases = publish(load_settings().alone(), progress=log.info)
    return [{"extract": r.extract, "versie": r.versie, "nieuw": r.nieuw} for r in releases]


@task(outlets=[PUBLICATIE])
def verifieer(releases: list[dict], *, outlet_events) -> int:
    """Check every release against its manifest; returns how many there are."""
    from ingest.errors import VerificationError
    from ingest.settings import load_settings
    from publish.verify import verify

    result = verify(load_settings().room("publicatie"))
    if result.problems:
        raise VerificationError("\n".join(result.problems))
    log.info("%d releases match their manifest", result.releases)
    new = sum(release["nieuw"] for release in releases)
    outlet_events[PUBLICATIE].extra = {"releases": result.releases, "nieuw": new}
    return result.releases


@dag(
    schedule=PartitionedAssetTimetable(assets=SPIEGEL),
    params=PARAMS,
    default_args=DEFAULT_ARGS,
    max_active_runs=1,
    tags=["fase/publicatie", "impact/hoog", "schrijft/publicatie"],
    doc_md=__doc__,
    dag_display_name="3 Publicatie",
)
def publicatie():
    """Marts in, verified releases out."""

    @task_group(group_id="uitgifte", tooltip="Publish, then check from the outside")
    def uitgifte() -> None:
        verifieer(publiceer())

    uitgifte()


publicatie()
