"""SMART backend services: an access token for a signed assertion.

The assertion is a JWT (RS384 or ES384) with ``iss`` and ``sub`` the client, ``aud`` the token
address, a ``jti`` used once and an ``exp`` of at most five minutes, as SMART App Launch 2 asks.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import timedelta

import httpx
import jwt
import orjson

from ingest.errors import RemoteRefusedError
from ingest.sources.bulk.keys import SigningKey, read_key
from ingest.sources.bulk.plain import plain
from ingest.sources.bulk.register import BulkSource, Client
from ingest.sources.bulk.transport import Transport, is_busy

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_VALID = timedelta(minutes=4)  # a minute below the limit, for clocks that differ
_TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]+=*")
_SHORTEST_SECONDS = 60  # what a token is taken to last when the server does not say
_MARGIN_SECONDS = 30


def _object(response: httpx.Response) -> dict[str, object]:
    try:
        found = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


class Tokens:
    """Access tokens of one source, asked for when needed and kept until shortly before they end.

    Args:
        source: the server and who we are there.
        transport: carries the requests.
    """

    def __init__(self, source: BulkSource, transport: Transport) -> None:
        self._client = source.client
        self._base = source.base
        self._transport = transport
        self._address = source.client.token_url if source.client else None
        self._key: SigningKey | None = None
        self._token = ""
        self._until = 0.0

    def __repr__(self) -> str:
        return f"Tokens({self._base})"

    @property
    def wanted(self) -> bool:
        """Whether we identify ourselves at this server at all."""
        return self._client is not None

    def headers(self) -> dict[str, str]:
        """The header that carries the token; empty for a server that asks none.

        Raises:
            RemoteRefusedError: the server refuses this client.
            SettingsError: the private key cannot be used.
        """
        if self._client is None:
            return {}
        if not self._token or self._transport.pace.clock.monotonic() >= self._until:
            self._ask(self._client)
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self) -> None:
        """Forget the token, so that the next request asks a new one."""
        self._token = ""

    def _discover(self, key: SigningKey) -> str:
        address = f"{self._base}/.well-known/smart-configuration"
        response = self._transport.send(
            lambda: self._transport.build("GET", address, headers={"Accept": "application/json"})
        )
        found = _object(response)
        token_url = found.get("token_endpoint")
        if response.status_code != httpx.codes.OK or not isinstance(token_url, str):
            raise RemoteRefusedError(
                f"The server does not tell where tokens are given (status {response.status_code} "
                "for .well-known/smart-configuration). Name the address as client.token_url."
            )
        offered = found.get("token_endpoint_auth_signing_alg_values_supported")
        if isinstance(offered, list) and offered and key.algorithm not in offered:
            raise RemoteRefusedError(
                f"The server takes no assertion signed with {key.algorithm}. Make the other kind "
                "of key: iza key pair FILE --alg RS384 (or ES384)."
            )
        return token_url

    def _assertion(self, client: Client, key: SigningKey, address: str) -> str:
        now = self._transport.pace.clock.now()
        claims = {
            "iss": client.client_id,
            "sub": client.client_id,
            "aud": address,
            "jti": secrets.token_urlsafe(24),
            "exp": int((now + _VALID).timestamp()),
        }
        headers = {"kid": key.kid} | ({"jku": client.jwks_url} if client.jwks_url else {})
        return jwt.encode(claims, key.private, algorithm=key.algorithm, headers=headers)

    def _ask(self, client: Client) -> None:
        self._key = key = self._key or read_key(client.key_file, client.kid)
        self._address = address = self._address or self._discover(key)

        def request() -> httpx.Request:
            return self._transport.build(
                "POST",
                address,
                headers={"Accept": "application/json"},
                data={
                    "grant_type": "client_credentials",
                    "scope": client.scope,
                    "client_assertion_type": ASSERTION_TYPE,
                    "client_assertion": self._assertion(client, key, address),
                },
            )

        response = self._transport.send(request, follow=False)
        answer = _object(response)
        token = answer.get("access_token")
        if response.status_code != httpx.codes.OK or not isinstance(token, str):
            raise RemoteRefusedError(self._refusal(response, answer, client, key))
        if not _TOKEN.fullmatch(token):
            raise RemoteRefusedError("The server gave a token that cannot be sent in a header.")
        seconds = answer.get("expires_in")
        lasts = float(seconds) if isinstance(seconds, int | float) else _SHORTEST_SECONDS
        self._token = token
        self._until = (
            self._transport.pace.clock.monotonic() + lasts - min(_MARGIN_SECONDS, lasts / 4)
        )

    @staticmethod
    def _refusal(
        response: httpx.Response, answer: dict[str, object], client: Client, key: SigningKey
    ) -> str:
        said = ": ".join(
            plain(answer[name]) for name in ("error", "error_description") if answer.get(name)
        )
        return (
            f"The server gives client '{client.client_id}' no token (status "
            f"{response.status_code}{', ' + said if said else ''}). Check client_id and scope "
            f"({client.scope}), the clock of this machine, and that the public key "
            f"{key.kid} is registered there: iza key jwks {client.key_file}"
        )


class Server:
    """Requests with our token, renewed once when the server says it is no longer good.

    Args:
        source: the server.
        transport: carries the requests.
    """

    def __init__(self, source: BulkSource, transport: Transport) -> None:
        self.source = source
        self.transport = transport
        self.tokens = Tokens(source, transport)

    def send(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        *,
        params: dict[str, str] | None = None,
        again: Callable[[httpx.Response], bool] = is_busy,
    ) -> httpx.Response:
        """Send a request with our token.

        Args:
            method: GET or DELETE.
            url: the address.
            headers: further headers.
            params: parameters of the address.
            again: whether an answer says no more than: later.

        Returns:
            The answer.

        Raises:
            RemoteRefusedError: our token is refused twice.
            RemoteError: no answer.
        """

        def make() -> httpx.Request:
            return self.transport.build(
                method, url, params=params, headers=headers | self.tokens.headers()
            )

        response = self.transport.send(make, again=again)
        if response.status_code == httpx.codes.UNAUTHORIZED and self.tokens.wanted:
            self.tokens.renew()
            response = self.transport.send(make, again=again)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise RemoteRefusedError(
                f"{httpx.URL(url).host} does not accept this client (status 401). "
                + (
                    "Check the scope and the registration of this client."
                    if self.tokens.wanted
                    else "It asks a token: add a [client] part to the file of this source."
                )
            )
        return response
