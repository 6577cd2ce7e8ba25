"""What follows the loading of deliveries, from an inbox or a server: announcements and a total."""

from __future__ import annotations

import logging

from _aankondiging import Stand, announce
from _bronnen import BRON_ASSETS
from airflow.sdk import Asset, TriggerRule, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

log = logging.getLogger("iza.melding")

_COUNTS = ("aangeleverd", "geaccepteerd", "quarantaine", "dubbel")


def tell(report) -> dict:
    """What became of the records of one delivery, in counts, as the tasks hand it on.

    Args:
        report: the intake report.

    Returns:
        Source, period, delivery, status, counts and where the page for the sender is.

    Raises:
        DataRefusedError: nothing of it was accepted.
    """
    from ingest.errors import DataRefusedError
    from ingest.settings import load_settings
    from ingest.terugkoppeling.files import feedback_page

    total = report.total()
    log.info("%s: %s, %s", report.levering_id, report.status, total)
    page = feedback_page(load_settings().home, report.bron_id, report.levering_id)
    log.info("Report for the sender: %s", page)
    if report.status == "geweigerd":
        reasons = ", ".join(sorted({reden.code for reden in report.redenen}))
        raise DataRefusedError(
            f"Nothing of delivery {report.levering_id} was accepted ({reasons}). "
            f"'iza explain {report.levering_id}' says why; for its sender: {page}"
        )
    for passed in report.drempels:
        log.warning("Accepted despite a threshold: %s", passed.sentence())
    for remark in report.opmerkingen:
        log.warning("%s: %s %s", remark.code, remark.omschrijving, remark.wat_te_doen)
    for each in report.analyse.afwijkingen:
        what = f"{each.tabel} {each.element or ''}".strip()
        log.warning("%s, %s: %g now, %g in %s", each.code, what, each.nu, each.toen, each.periode)
    told = {
        "bron_id": report.bron_id,
        "periode": report.periode,
        "levering_id": report.levering_id,
        "status": report.status,
        "herhaling": report.herhaling,
        "terugkoppeling": str(page),
    }
    return told | {name: getattr(total, name) for name in _COUNTS}


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


def announce_all(rapporten):
    """One announcement a source, also of those that are in already: a build needs them all.

    Args:
        rapporten: what ``tell`` made of every delivery of this run.

    Returns:
        The group of tasks.
    """

    @task_group(group_id="meld", tooltip="One announcement a source")
    def meld(rapporten) -> None:
        for bron_id, asset in BRON_ASSETS.items():
            _meld(bron_id, asset)(bron_id, rapporten)

    return meld(rapporten)


@task(multiple_outputs=False, trigger_rule=TriggerRule.NONE_FAILED)
def afsluiting(rapporten: list[dict]) -> dict:
    """Add up what became of the records; not reached when a delivery was refused."""
    reports = list(rapporten)
    totals = {"leveringen": len(reports)} | {k: sum(r[k] for r in reports) for k in _COUNTS}
    log.info("%s", totals)
    return totals
