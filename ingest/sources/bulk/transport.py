"""Requests to a server: TLS always checked, tried again with patience, never told to a log."""

from __future__ import annotations

import ipaddress
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from ingest.errors import RemoteError, RemoteRefusedError, SettingsError
from ingest.sources.bulk.clock import Pace
from ingest.sources.bulk.keys import check_private
from ingest.sources.bulk.register import BulkSource

BUSY = frozenset({429, 502, 503, 504})
_REDIRECTS = 5


def _silence() -> None:
    # At INFO these name every address, signatures included; at DEBUG every header, tokens included.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _context(source: BulkSource) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=source.ca_file)
    except OSError as error:
        raise SettingsError(
            f"ca_file of {source.bron_id} holds no certificates that can be read: {source.ca_file}"
        ) from error
    if source.cert_file:
        check_private(source.cert_file)
        try:
            context.load_cert_chain(source.cert_file, password="")  # never ask a terminal
        except OSError:
            raise SettingsError(
                f"cert_file of {source.bron_id} holds no certificate with its private key as PEM "
                f"without a password: {source.cert_file}"
            ) from None
    return context


def is_busy(response: httpx.Response) -> bool:
    """Whether a server only says: not now."""
    return response.status_code in BUSY


class Transport:
    """The HTTP client of one source.

    Args:
        source: the server, and how patient we are.
        pace: how waits are done.
        progress: told in words what is waited for.
    """

    def __init__(self, source: BulkSource, pace: Pace, progress: Callable[[str], None]) -> None:
        _silence()
        self.pace = pace
        self.attempts = source.limits.attempts
        self._progress = progress
        self._plain_beyond = source.allow_http
        self._plain_here = _is_this_machine(httpx.URL(source.url).host)
        self._client = httpx.Client(
            verify=_context(source),
            trust_env=False,  # no proxy, certificate or password from an environment variable
            proxy=source.proxy,
            timeout=httpx.Timeout(source.limits.timeout_seconds, connect=10),
            follow_redirects=True,
            max_redirects=_REDIRECTS,
            event_hooks={"request": [self._check]},  # called for every redirect too
            headers={"User-Agent": "iza-spiegel"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _check(self, request: httpx.Request) -> None:
        url = request.url
        here = self._plain_here and _is_this_machine(url.host)
        if url.scheme == "https" or (url.scheme == "http" and (here or self._plain_beyond)):
            return
        raise RemoteRefusedError(
            f"The address at {url.host or 'an unnamed host'} is not protected by TLS, so nothing "
            "is sent there. Ask for https; allow_http is for a closed test network only."
        )

    def build(self, method: str, url: str, **more: Any) -> httpx.Request:
        """Make a request.

        Raises:
            RemoteRefusedError: the server named something that is no address.
        """
        try:
            return self._client.build_request(method, url, **more)
        except (httpx.InvalidURL, ValueError, TypeError):
            raise RemoteRefusedError("The server names something that is no address.") from None

    def send(
        self,
        make: Callable[[], httpx.Request],
        *,
        again: Callable[[httpx.Response], bool] = is_busy,
        follow: bool = True,
    ) -> httpx.Response:
        """Send a request until there is an answer worth looking at.

        Args:
            make: makes the request anew for every attempt.
            again: whether an answer says no more than: later.
            follow: follow redirects.

        Returns:
            The answer, its body read.

        Raises:
            RemoteError: no answer in the allowed number of attempts, or the deadline has passed.
            RemoteRefusedError: the certificate is not trusted.
        """
        failed = 0
        while True:
            request = make()
            response = None
            try:
                response = self._client.send(request, follow_redirects=follow)
            except httpx.HTTPError as error:
                fault = self.fault(error, request)
            else:
                if not again(response):
                    return response
                fault = RemoteError(
                    f"{request.url.host} answers with status {response.status_code} only. "
                    "Try again later."
                )
            failed += 1
            self.retry(fault, response, failed)

    def retry(self, fault: RemoteError, response: httpx.Response | None, failed: int) -> None:
        """Wait before the next attempt, or give up; "too many requests" is no failure.

        Args:
            fault: what to raise when there were too many.
            response: the answer, whose ``Retry-After`` counts.
            failed: failures in a row so far.
        """
        throttled = response is not None and response.status_code == httpx.codes.TOO_MANY_REQUESTS
        if failed >= self.attempts and not throttled:
            raise fault from None
        seconds = self.pace.seconds(response, failed - 1)
        said = "no answer" if response is None else f"status {response.status_code}"
        self._progress(f"  {said}; trying again in {seconds:.0f} s")
        self.pace.wait(seconds)

    def fault(self, error: httpx.HTTPError, request: httpx.Request) -> RemoteError:
        """What went wrong, in words without an address; raised at once when trying is useless.

        Raises:
            RemoteRefusedError: the certificate is not trusted, or redirects without end.
        """
        host = request.url.host
        chain: BaseException | None = error
        while chain is not None:
            if isinstance(chain, ssl.SSLCertVerificationError):
                raise RemoteRefusedError(
                    f"The certificate of {host} is not trusted ({chain.verify_message}). Name the "
                    "authority that signed it as ca_file in the file of this source."
                ) from None
            chain = chain.__cause__ or chain.__context__
        if isinstance(error, httpx.TooManyRedirects):
            raise RemoteRefusedError(f"{host} redirects without end.") from None
        return RemoteError(
            f"{host} cannot be reached or does not end its answer ({type(error).__name__}). "
            "Check the address and the network; run the same command again to go on."
        )

    @contextmanager
    def stream(self, request: httpx.Request) -> Iterator[httpx.Response]:
        """One attempt whose body is read by the caller, piece by piece."""
        response = self._client.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()
