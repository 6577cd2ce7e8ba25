"""The request that starts an export: ``$export`` of the system, all patients or a group."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from ingest.errors import RemoteRefusedError
from ingest.sources.bulk.authorisation import Server
from ingest.sources.bulk.plain import outcome_text
from ingest.sources.bulk.register import BulkSource

_HEADERS = {"Accept": "application/fhir+json", "Prefer": "respond-async"}


@dataclass(frozen=True)
class Question:
    """What an export asks for.

    Attributes:
        address: of the operation.
        parameters: without ``_since``.
        since: only what changed after this moment of the server; None asks for everything.
    """

    address: str
    parameters: dict[str, str]
    since: str | None

    @property
    def identity(self) -> str:
        """32 hex digits; the same for the same question, whatever its ``since``.

        A moment reached by one question says nothing of another: who adds a resource type needs its
        whole history.
        """
        text = json.dumps([self.address, self.parameters], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def question(source: BulkSource, since: str | None) -> Question:
    """The question of a source."""
    path = {"system": "", "patient": "Patient/", "group": f"Group/{source.group}/"}[source.level]
    given = {
        "_outputFormat": source.output_format or "",
        "_type": ",".join(source.types),
        "_typeFilter": ",".join(source.type_filters),
        "includeAssociatedData": ",".join(source.associated_data),
    }
    parameters = {name: value for name, value in given.items() if value}
    return Question(f"{source.base}/{path}$export", parameters, since)


def kick_off(server: Server, asked: Question) -> str:
    """Start an export.

    Args:
        server: the server.
        asked: what to ask for.

    Returns:
        The address that tells how far it is.

    Raises:
        RemoteRefusedError: the server does not start it; the message says why, in its words.
        RemoteError: no answer.
    """
    parameters = asked.parameters | ({"_since": asked.since} if asked.since else {})
    response = server.send("GET", asked.address, _HEADERS, params=parameters or None)
    if response.status_code == httpx.codes.ACCEPTED:
        place = response.headers.get("Content-Location")
        if not place:
            raise RemoteRefusedError(
                "The server accepted the export without saying where to follow it "
                "(no Content-Location); it does not follow the Bulk Data standard."
            )
        try:
            return urljoin(str(response.request.url), place)
        except ValueError:
            raise RemoteRefusedError("The server names something that is no address.") from None
    raise RemoteRefusedError(
        f"{response.request.url.host} does not start the export ({outcome_text(response)}). "
        "Check url, level, group, types and filters in the file of this source."
    )
