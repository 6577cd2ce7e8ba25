"""The tables of the ledger. A column that came later may be empty: older rows have none."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
)

METADATA = MetaData()

LEVERING = Table(
    "levering",
    METADATA,
    Column("levering_id", String(40), primary_key=True),
    Column("bron_id", String(80), nullable=False),
    Column("soort", String(20), nullable=False),
    Column("periode", String(20), nullable=False),
    Column("status", String(20), nullable=False),  # see ledger.History
    Column("sleutel_id", String(16), nullable=False),
    Column("geclaimd_op", DateTime(timezone=True), nullable=False),
    Column("afgerond_op", DateTime(timezone=True)),
    Column("rapport", JSON),
    # What the committed rows were made with; empty for deliveries of before these were kept.
    Column("code_versie", String(40)),
    Column("code_hash", String(16)),
    Column("schema_hash", String(16)),
    Column("vastgelegd_door", String(120)),
)

LEVERING_TABEL = Table(
    "levering_tabel",
    METADATA,
    Column("levering_id", ForeignKey("levering.levering_id"), primary_key=True),
    Column("tabel", String(80), primary_key=True),
    Column("rijen", BigInteger, nullable=False),
    # The file that holds them; empty for rows of before this was kept: all files of the folder.
    Column("bestand", String(80)),
)

#: Source records by the name they are counted under, as in the report.
LEVERING_TELLING = Table(
    "levering_telling",
    METADATA,
    Column("levering_id", ForeignKey("levering.levering_id"), primary_key=True),
    Column("naam", String(120), primary_key=True),
    Column("aangeleverd", BigInteger, nullable=False),
    Column("geaccepteerd", BigInteger, nullable=False),
    Column("quarantaine", BigInteger, nullable=False),
    Column("dubbel", BigInteger, nullable=False),
)

#: Files of a delivery in the order of their names. The names are not kept: senders put numbers and
#: names of persons in them, and the ledger outlives ``landing/``. The hash finds the file there.
LEVERING_BESTAND = Table(
    "levering_bestand",
    METADATA,
    Column("levering_id", String(40), primary_key=True),
    Column("volgnr", Integer, primary_key=True),
    Column("soort", String(20), nullable=False),  # extension, when it is a known one
    Column("sha256", String(64), nullable=False),
    Column("bytes", BigInteger, nullable=False),
)

#: What happened to a delivery and when. Every attempt to load it is a holder of its own.
LEVERING_STAP = Table(
    "levering_stap",
    METADATA,
    Column("levering_id", String(40), primary_key=True),
    Column("houder", String(120), primary_key=True),
    Column("stap", String(20), primary_key=True),
    Column("moment", DateTime(timezone=True), nullable=False),
    Column("bijzonder", JSON),
)

#: Who is at work on what. One row a claim; the primary key makes it exclusive.
CLAIM = Table(
    "claim",
    METADATA,
    Column("naam", String(120), primary_key=True),
    Column("houder", String(120), nullable=False),
    Column("machine", String(120), nullable=False),
    Column("slag", BigInteger, nullable=False),  # goes up as long as the holder lives
    Column("begonnen_op", DateTime(timezone=True), nullable=False),
)

OPGEHAALD = Table(
    "opgehaald",
    METADATA,
    Column("bron_id", String(80), primary_key=True),
    Column("vraag", String(32), primary_key=True),  # identity of what the server was asked
    Column("moment", String(64), nullable=False),  # transactionTime, as the server wrote it
    Column("levering_id", ForeignKey("levering.levering_id"), nullable=False),
    Column("vastgelegd_op", DateTime(timezone=True), nullable=False),
)

# Apart from `levering`, so that a ledger made before there was such a thing has a place for it.
ONTVANGST = Table(
    "ontvangst",
    METADATA,
    Column("levering_id", ForeignKey("levering.levering_id"), primary_key=True),
    Column("ontvangen_op", DateTime(timezone=True), nullable=False),
)

#: What was removed: when, how much, and why; see ``removals``. Rows outlive what they tell of.
VERWIJDERING = Table(
    "verwijdering",
    METADATA,
    Column("verwijdering_id", String(32), primary_key=True),
    Column("ruimte", String(20), nullable=False),
    Column("bron_id", String(80), nullable=False),
    Column("levering_id", String(40)),
    Column("aanleiding", String(20), nullable=False),  # termijn | intrekking
    Column("termijn_dagen", Integer),
    Column("bestanden", BigInteger, nullable=False),
    Column("records", BigInteger),
    Column("bytes", BigInteger, nullable=False),
    Column("hashes", JSON, nullable=False),
    Column("staat", String(10), nullable=False),  # bezig | gereed
    Column("begonnen_op", DateTime(timezone=True), nullable=False),
    Column("gereed_op", DateTime(timezone=True)),
)
