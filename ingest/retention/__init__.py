"""What does not stay: terms of restricted folders, withdrawal of a delivery, and the proof of both.

``places`` knows what lies where, ``removing`` removes with a proof in the ledger, ``terms`` empties
folders after their term, ``withdrawal`` takes a whole delivery back.
"""

from ingest.retention.terms import Cleaned, clean
from ingest.retention.withdrawal import Withdrawn, withdraw

__all__ = ["Cleaned", "Withdrawn", "clean", "withdraw"]
