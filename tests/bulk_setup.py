"""What tests of the bulk client share: a server's data, its file of settings, one export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from ingest.settings import Settings
from ingest.sources.bulk.authorisation import Server
from ingest.sources.bulk.clock import Clock, Pace
from ingest.sources.bulk.export import Export, Exported
from ingest.sources.bulk.keys import SigningKey, public_jwks, write_pair
from ingest.sources.bulk.kickoff import question
from ingest.sources.bulk.register import bulk_source
from ingest.sources.bulk.state import WorkRoom
from ingest.sources.bulk.transport import Transport
from tests.bulk_server import BulkServer, Served, ndjson

BRON = "fhir-huisartsen"
NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
NAME = "Pietersen-van-Dam"


def patient(identity: str, version: str = "1") -> dict:
    return {
        "resourceType": "Patient",
        "id": identity,
        "meta": {
            "versionId": version,
            "lastUpdated": "2026-01-02T03:04:05Z",
            "profile": [NL_CORE + "Patient"],
        },
        "identifier": [{"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": "999900006"}],
        "name": [{"family": NAME}],
        "gender": "female",
        "birthDate": "1950-03-04",
    }


def patients(*identities: str) -> Served:
    return Served("output", "Patient", ndjson(*(patient(i) for i in identities)))


def many(number: int, **more: object) -> Served:
    """A file big enough to be cut off in the middle."""
    names = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(number)]  # hard to pack
    content = ndjson(*(patient(name) for name in names))
    return Served("output", "Patient", content, **more)  # type: ignore[arg-type]


def deletions(*references: str) -> Served:
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [{"request": {"method": "DELETE", "url": r}} for r in references],
    }
    return Served("deleted", "Bundle", ndjson(bundle))


def register_key(server: BulkServer, file: Path, algorithm: str = "ES384") -> SigningKey:
    """Make a key pair and tell the server its public half."""
    key = write_pair(file, algorithm)  # type: ignore[arg-type]
    server.jwks["iza"] = public_jwks(key)
    return key


def write_source(
    settings: Settings, server: BulkServer, *, ca: Path | None = None, client: bool = False,
    limits: str = "", **more: object,
) -> Path:  # fmt: skip
    """Write the file of the source; the key is ``sleutel.jwk`` beside it."""
    given = {"url": server.base, "level": "system"} | ({"ca_file": str(ca)} if ca else {}) | more
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in given.items())
    if client:
        text += '[client]\nclient_id = "iza"\nkey_file = "sleutel.jwk"\n'
    file = settings.room("bulk") / f"{BRON}.toml"
    file.write_text(text + (f"[limits]\n{limits}\n" if limits else ""), encoding="utf-8")
    return file


def run_export(
    settings: Settings, clock: Clock, *, since: str | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Exported:  # fmt: skip
    """An export without intake."""
    source = bulk_source(settings, BRON)
    limits = source.limits
    pace = Pace(
        clock, limits.first_wait_seconds, limits.longest_wait_seconds, limits.deadline_hours * 3600
    )
    transport = Transport(source, pace, told)
    try:
        room = WorkRoom(settings, BRON)
        return Export(Server(source, transport), room, question(source, since), told).run()
    finally:
        transport.close()


def delivered(settings: Settings) -> dict[str, bytes]:
    folder = settings.home / "ophalen" / BRON / "lopend" / "levering"
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def contents(server: BulkServer) -> dict[str, bytes]:
    """What the last export of a server with three files should give."""
    first, second, gone = (file.content for file in server.files[:3])
    digits = "".join(c for c in list(server.exports.values())[-1]["moment"] if c.isalnum())
    return {
        "Patient-0001.ndjson": first,
        "Patient-0002.ndjson": second,
        f"deleted-{digits.removesuffix('Z')}000Z-Bundle-0001.ndjson": gone,
    }
