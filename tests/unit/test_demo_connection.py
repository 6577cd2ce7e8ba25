"""Reading is patient with a busy api-server; starting something has one name."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from demo import connection
from demo.api import Airflow
from demo.connection import Connection
from demo.errors import DemoError


class Server(ThreadingHTTPServer):
    """Answers with the given codes in turn, the last of them from then on."""

    def __init__(self, codes: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.codes = codes
        self.asked: list[str] = []
        self.bodies: list[dict[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    """Hands out a token to whoever knows the password, and else the next code."""

    server: Server

    def _answer(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or b"{}")
        login = self.path == "/auth/token"
        if not login:
            self.server.bodies.append(body)
        code = (201 if body.get("password") == "right" else 401) if login else self._next()
        data = {"access_token": "t"} if login else {"dag_run_id": "r", "dags": []}
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def _next(self) -> int:
        assert self.headers["Authorization"] == "Bearer t"
        self.server.asked.append(f"{self.command} {self.path}")
        return self.server.codes.pop(0) if len(self.server.codes) > 1 else self.server.codes[0]

    do_GET = do_POST = do_PATCH = _answer  # noqa: N815

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator:
    monkeypatch.setattr(connection, "_READ_PAUSE_SECONDS", 0.0)
    servers: list[Server] = []

    def begin(*codes: int) -> Server:
        servers.append(Server(list(codes)))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return servers[-1]

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def test_reading_goes_on_after_a_fault_of_the_moment(serve) -> None:
    server = serve(500, 503, 200)
    assert Connection(server.server_port, "right").read("/api/v2/dags")["dags"] == []
    assert len(server.asked) == 3


def test_reading_gives_up_in_the_end(serve) -> None:
    server = serve(500)
    with pytest.raises(DemoError, match="500"):
        Connection(server.server_port, "right").read("/api/v2/dags")
    assert len(server.asked) == connection._READ_ATTEMPTS


def test_a_refusal_is_not_tried_again(serve) -> None:
    server = serve(404, 200)
    with pytest.raises(DemoError, match="404"):
        Connection(server.server_port, "right").read("/api/v2/dags")
    assert len(server.asked) == 1


def test_a_trigger_is_asked_again_under_the_same_name(serve) -> None:
    server = serve(503, 409, 404)
    with pytest.raises(DemoError, match="404"):
        Airflow(server.server_port, "right").trigger("aanlevering")
    path = "/api/v2/dags/aanlevering/dagRuns"
    assert server.asked[:2] == [f"POST {path}"] * 2
    assert server.asked[2].startswith(f"GET {path}")  # a conflict: was it started after all?
    assert len({body["dag_run_id"] for body in server.bodies if body}) == 1


def test_a_wrong_password_is_told(serve) -> None:
    server = serve(200)
    with pytest.raises(DemoError, match="401"):
        Connection(server.server_port, "wrong").read("/api/v2/dags")
    assert server.asked == []


def test_nobody_there_is_told_and_is_no_health() -> None:
    with pytest.raises(DemoError, match="does not answer"):
        Connection(1, "right").call("GET", "/api/v2/dags")
    assert Airflow(1, "right").health() == {}
