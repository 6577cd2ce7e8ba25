"""The ledger: which delivery was claimed, loaded and committed, and what became of its records.

Readers see committed deliveries only. The ledger is written last, in one transaction, so a kill at
any earlier moment leaves nothing behind that a reader could see. SQLite by default, PostgreSQL by
``IZA_LEDGER_URL``; the code is the same.

``tables`` says what is kept, ``opening`` brings an older ledger up to date, ``running`` waits for a
database that is away, ``claims`` keeps two workers from one delivery, ``history`` tells the story,
``withdrawals`` and ``removals`` keep what became of what is no longer there.
"""

from ingest.ledger.claims import Claim
from ingest.ledger.committing import Attempt
from ingest.ledger.history import History
from ingest.ledger.ledger import CommittedDelivery, Ledger, ledger_of
from ingest.ledger.removals import Removal
from ingest.ledger.withdrawals import Withdrawal

__all__ = [
    "Attempt",
    "Claim",
    "CommittedDelivery",
    "History",
    "Ledger",
    "Removal",
    "Withdrawal",
    "ledger_of",
]
