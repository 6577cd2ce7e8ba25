"""A dag of airflow: weekly upkeep of what is kept for a limited time, and a digest of refusals.

**opruimen** removes landed deliveries and refused rows whose retention term is over, and keeps a
proof of it in the ledger; what was accepted stays. **herspelen** judges refused records again where
rules, layouts, views or code lists changed since they were read; without a change it does nothing.
The next run of `spiegel` brings what is accepted now into the marts. **quarantaine** counts what is
refused, per source and reason, and names deliveries that were claimed and never finished. All can
be run at any time and as often as you like.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from _beleid import DEFAULT_ARGS
from _overzicht import digest
from airflow.sdk import CronTriggerTimetable, Param, dag, task

log = logging.getLogger("iza.onderhoud")


def _days(title: str, what: str) -> Param:
    return Param(
        None,
        type=["null", "integer"],
        minimum=0,
        title=title,
        description=f"Days {what}. Empty: the term of the settings.",
    )


PARAMS = {
    "landing_dagen": _days("Term of deliveries", "a delivery stays in landing/"),
    "quarantaine_dagen": _days("Term of refused rows", "refused rows stay in quarantaine/"),
}


@task(max_active_tis_per_dag=1, multiple_outputs=False)
def opruimen(params: dict) -> dict:
    """Remove restricted copies whose term is over; returns how many deliveries it touched."""
    from ingest.retention import clean
    from ingest.settings import load_settings

    terms = {
        "landing_retention_days": params["landing_dagen"],
        "quarantine_retention_days": params["quarantaine_dagen"],
    }
    given = {name: days for name, days in terms.items() if days is not None}
    removed = clean(load_settings().model_copy(update=given))
    return {"landing": len(removed.landing), "quarantaine": len(removed.quarantaine)}


@task(max_active_tis_per_dag=1)
def herspelen() -> list[dict]:
    """Judge refused records again where schemas or code changed; returns what became of each."""
    from ingest.replay import replay
    from ingest.settings import load_settings

    found = [each.as_dict() for each in replay(load_settings())]
    for each in found:
        log.info(
            "%(levering)s of %(bron)s: %(uitkomst)s, %(geweigerd)d refused before, "
            "%(geaccepteerd)d accepted more, %(nog_geweigerd)d still refused", each,
        )  # fmt: skip
    return found


@task
def quarantaine() -> list[dict]:
    """Count what is refused, per source and reason, the largest first."""
    from ingest.ledger import Ledger
    from ingest.settings import load_settings

    ledger = Ledger(load_settings().ledger_address)
    rows = digest([delivery.rapport for delivery in ledger.committed()])
    for row in rows:
        log.info("%(bron_id)s %(reden_code)s: %(aantal)d", row)
    for levering_id in ledger.unfinished():
        log.warning("%s was claimed and not finished; load it again to finish it", levering_id)
    return rows


@dag(
    # Every Monday morning; never at once when it is switched on in the middle of a week.
    schedule=CronTriggerTimetable(
        "0 5 * * 1", timezone="Europe/Amsterdam", run_immediately=timedelta(0)
    ),
    params=PARAMS,
    default_args=DEFAULT_ARGS,
    catchup=False,
    max_active_runs=1,
    tags=["fase/onderhoud", "impact/laag", "schrijft/landing"],
    doc_md=__doc__,
    dag_display_name="4 Onderhoud",
)
def onderhoud():
    """Retention, replay, and the digest of refusals."""
    opruimen() >> herspelen() >> quarantaine()


onderhoud()
