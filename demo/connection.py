"""Talking to Airflow's REST API as ``admin``: log in, send, and be patient with a busy server."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

from demo.errors import DemoError

# A machine that is busy with the work itself may leave the api-server waiting for a while.
_TIMEOUT_SECONDS = 60.0
_READ_ATTEMPTS = 8
_READ_PAUSE_SECONDS = 2.0


class Connection:
    """The api-server of one Airflow on this machine.

    Args:
        port: of the api-server.
        password: of the user ``admin``.
    """

    def __init__(self, port: int, password: str) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._password = password
        self._token: str | None = None

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        """Send one request.

        Raises:
            OSError: no answer, or one that says no (``urllib.error.HTTPError``).
        """
        request = urllib.request.Request(self.address + path, method=method)  # noqa: S310
        request.add_header("Content-Type", "application/json")
        request.add_header("Accept", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, data, _TIMEOUT_SECONDS) as answer:  # noqa: S310
            return json.load(answer)

    def call(self, method: str, path: str, body: Any = None, attempts: int = 1) -> Any:
        """Call the API as ``admin``.

        Raises:
            DemoError: Airflow refuses, or does not answer in so many attempts.
        """
        try:
            return self.send(method, path, body, self._login())
        except urllib.error.HTTPError as error:
            # 500 and up is a fault of the moment, such as a metadata database that is locked.
            if error.code < 500 or attempts == 1:
                detail = error.read().decode(errors="replace")[:500]
                told = f"{self.address} refused {method} {path}: {error.code} {detail}"
                raise DemoError(told) from error
        except OSError as error:
            if attempts == 1:
                raise DemoError(f"Airflow does not answer at {self.address}: {error}") from error
        time.sleep(_READ_PAUSE_SECONDS)
        return self.call(method, path, body, attempts - 1)

    def read(self, path: str) -> Any:
        """Read from the API, more than once when it does not answer."""
        return self.call("GET", path, attempts=_READ_ATTEMPTS)

    def _login(self) -> str:
        if self._token is None:
            login = {"username": "admin", "password": self._password}
            self._token = str(self.send("POST", "/auth/token", login)["access_token"])
        return self._token
