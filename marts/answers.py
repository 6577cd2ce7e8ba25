"""After a build: the answers to the senders of what it read first, with their figures of now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ingest.errors import IzaError
from ingest.ledger import ledger_of
from ingest.settings import Settings
from ingest.terugkoppeling.renewing import Bouw, Renewer
from marts.raw_index import RawIndex
from marts.record import refused_by_delivery
from marts.use import read_deliveries


def renew_answers(
    settings: Settings,
    bouw_id: str,
    vorige: str | None,
    index: RawIndex,
    tell: Callable[[str], None],
) -> int:
    """Renew the answer of every delivery that no build renewed yet.

    Answers are no part of the marts: one that cannot be renewed is told, and the next build tries
    again. A build that is killed before this is done leaves them to the next one as well.

    Args:
        settings: says where everything is.
        bouw_id: the build that is current now.
        vorige: the build that was current before it.
        index: what the build read.
        tell: told how many were renewed, and what went wrong.

    Returns:
        Answers that were renewed.
    """
    ledger = ledger_of(settings)
    waiting = {levering_id for _, levering_id in ledger.not_answered()}
    new = [d for d in index.leveringen if d.levering_id in waiting]
    if not new:
        return 0
    before = _before(settings, vorige, bouw_id, {d.levering_id for d in new})
    bouw = Bouw(
        bouw_id,
        before,
        refused_by_delivery(settings, bouw_id),
        dict(Counter(d.bron_id for d in new)),
    )
    renewer = Renewer(bouw, ledger, settings)
    done = 0
    for delivery in new:
        try:
            done += renewer.renew(delivery)
        except (IzaError, OSError) as error:
            tell(f"The answer of {delivery.levering_id} is not renewed: {error}")
    tell(f"{done} answers to senders have their figures of this build")
    return done


def _before(settings: Settings, vorige: str | None, bouw_id: str, new: set[str]) -> str | None:
    """The build before; None when it read the new deliveries already, and was cut off here."""
    if vorige is None or vorige == bouw_id:
        return None
    read = read_deliveries(settings.home / "rapport" / "bouw" / f"{vorige}.json")
    return None if new <= set(read) else vorige
