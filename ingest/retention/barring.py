"""What the ledger says of a delivery before it may be loaded: withdrawn, or still being removed."""

from __future__ import annotations

from pathlib import Path

from ingest.durable import storage_faults
from ingest.errors import WithdrawnError
from ingest.landing import Landed, land
from ingest.ledger import Ledger
from ingest.moments import show_moment
from ingest.retention.removing import carry_out, remove_paths
from ingest.settings import Settings


def settled(
    landed: Landed, path: Path, bron_id: str, ledger: Ledger, settings: Settings, *, again: bool
) -> Landed:
    """Finish removals of a delivery that is about to be loaded, and keep a withdrawn one out.

    A removal that was stopped half way would else go on later, and take away what is loaded now.

    Args:
        landed: the delivery in ``landing/``; this process holds it.
        path: where it came from.
        bron_id: the source.
        ledger: of the installation.
        settings: says where everything is.
        again: a person asked for it although it was loaded before.

    Returns:
        The delivery in ``landing/``, taken in once more when a removal took it away.

    Raises:
        WithdrawnError: it was withdrawn and nobody asked for it again.
    """
    pending = [r for r in ledger.removals.all(landed.levering_id) if r.staat == "bezig"]
    gone = ledger.withdrawals.of(landed.levering_id)
    with storage_faults(f"Delivery {landed.levering_id} cannot be loaded"):
        for removal in pending:
            carry_out(ledger, settings.home, removal)
        if gone and not again:
            if landed.folder.is_dir():
                remove_paths([landed.folder])
            raise WithdrawnError(
                f"Delivery {landed.levering_id} was withdrawn on {show_moment(gone.moment)[:10]}: "
                f"{gone.reden} Nothing of it was loaded or kept. Take it out of the inbox; if it "
                "may be loaded after all, say 'iza ingest … --again'."
            )
    return landed if landed.folder.is_dir() else land(path, bron_id, settings)
