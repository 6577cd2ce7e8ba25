"""Following an export until its manifest is complete, and taking leave of it."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from ingest.errors import IzaError, RemoteRefusedError
from ingest.sources.bulk.authorisation import Server
from ingest.sources.bulk.manifest import Manifest, merge, parse_manifest
from ingest.sources.bulk.plain import TRANSIENT, issues, outcome_codes, plain, severity_and_code
from ingest.sources.bulk.transport import BUSY

_HEADERS = {"Accept": "application/json"}
_MOST_PAGES = 10_000
_GONE = {httpx.codes.NOT_FOUND, httpx.codes.GONE}
_REFUSED = {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}


class ExportGoneError(Exception):
    """The server no longer has the export, or its files; a new one is needed."""


class ExportFailedError(Exception):
    """The server could not complete the export; asking for the same one again is useless."""


def _is_passing(response: httpx.Response) -> bool:
    """Whether a fault says nothing about the export: the server is busy, or says "transient"."""
    if response.status_code in BUSY:
        return True
    if response.status_code < httpx.codes.INTERNAL_SERVER_ERROR:
        return False
    codes = {severity_and_code(issue)[1] for issue in issues(response.content)}
    return not codes or bool(codes & TRANSIENT)


def _page(server: Server, address: str, progress: Callable[[str], None]) -> Manifest:
    looked = 0
    while True:
        response = server.send("GET", address, _HEADERS, again=_is_passing)
        if response.status_code != httpx.codes.ACCEPTED:
            break
        seconds = server.transport.pace.seconds(response, looked)
        looked += 1
        told = plain(response.headers.get("X-Progress", "")) or "the server is at work"
        progress(f"  {told}; asking again in {seconds:.0f} s")
        server.transport.pace.wait(seconds)
    if response.status_code in _GONE:
        raise ExportGoneError(f"the export itself: status {response.status_code}")
    host = response.request.url.host
    if response.status_code in _REFUSED:
        raise RemoteRefusedError(
            f"{host} does not let this client follow its export ({outcome_codes(response)})."
        )
    if response.status_code != httpx.codes.OK:
        raise ExportFailedError(
            f"{host} could not complete the export ({outcome_codes(response)}). Run the same "
            "command again for a new export; ask the holder of the server when it stays so."
        )
    return parse_manifest(response.content, str(response.request.url))


def await_manifest(server: Server, status_url: str, progress: Callable[[str], None]) -> Manifest:
    """Ask until the export is complete.

    Args:
        server: the server.
        status_url: address the kick-off gave.
        progress: told what the server says of its progress.

    Returns:
        The manifest, all its pages in one.

    Raises:
        ExportGoneError: the server no longer knows the export.
        ExportFailedError: the export failed at the server.
        RemoteRefusedError: we may not follow it, or the manifest is not as agreed.
        RemoteError: no answer, or not complete before the deadline of this run.
    """
    pages: list[Manifest] = []
    seen = {status_url}
    address: str | None = status_url
    while address is not None:
        pages.append(_page(server, address, progress))
        address = pages[-1].next_page()
        if address in seen or len(pages) > _MOST_PAGES:
            raise RemoteRefusedError("The pages of the manifest do not come to an end.")
        seen.add(address or "")
    return merge(pages)


def take_leave(server: Server, status_url: str) -> bool:
    """Tell the server that the export, finished or not, is no longer needed.

    Returns:
        Whether the server agreed; it will drop the files by itself otherwise.
    """
    try:
        response = server.send("DELETE", status_url, _HEADERS, again=lambda _: False)
    except IzaError:
        return False
    return response.is_success or response.status_code in _GONE
