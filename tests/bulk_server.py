"""A FHIR Bulk Data server for tests: real HTTP(S) on loopback, with faults on demand.

It verifies client assertions with the public keys it was given, hands out tokens that end, signs
its download addresses, and keeps a list of what was asked. Its time is the clock of the test.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import secrets
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from ingest.sources.bulk.clock import SystemClock

MOMENTS = ("2026-01-10T08:00:00.123Z", "2026-02-10T08:00:00.456Z", "2026-03-10T08:00:00.789Z")


class TestClock(SystemClock):
    """A clock that moves on by what is waited for, at once."""

    __test__ = False

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.ahead = 0.0

    def now(self) -> dt.datetime:
        return super().now() + dt.timedelta(seconds=self.ahead)

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.ahead += seconds


@dataclass
class Served:
    """A file of an export; ``count`` None leaves it out of the manifest."""

    kind: str
    type: str
    content: bytes
    count: int | None = -1
    ranges: bool = True

    @property
    def promised(self) -> int | None:
        return len(self.content.splitlines()) if self.count == -1 else self.count


def ndjson(*resources: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(r).encode() + b"\n" for r in resources)


def outcome(severity: str, code: str, text: str = "") -> dict[str, Any]:
    issue = {"severity": severity, "code": code} | ({"diagnostics": text} if text else {})
    return {"resourceType": "OperationOutcome", "issue": [issue]}


@dataclass
class Fault:
    """What a route does instead of its work, once.

    Attributes:
        status: answer with this status; None: answer as usual, with ``cut`` or ``hold``.
        headers: further headers; also those of a usual answer.
        body: of the answer.
        cut: bytes after which the connection is closed.
        unsized: send no Content-Length, so only the close tells the end.
        hold: after ``cut`` bytes, wait for the test instead of closing.
        expire_tokens: forget every token that was given, before answering.
    """

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut: int | None = None
    unsized: bool = False
    hold: bool = False
    expire_tokens: bool = False
    expire_links: bool = False


class BulkServer:
    """The server; use it as a context manager.

    Attributes:
        files: what a full export gives.
        changed: what an export with ``_since`` gives.
        faults: by route (smart, token, kickoff, status, file, delete), what goes wrong, in order.
        jwks: public keys by client id; empty: no token is asked.
        asked: (method, path, query, headers) of every request.
        needs_token: ``requiresAccessToken`` of the manifest.
        pages: whether the manifest comes in pages of one file.
    """

    def __init__(self, context: ssl.SSLContext | None = None, clock: SystemClock | None = None):
        self.clock = clock or SystemClock()
        self.files: list[Served] = []
        self.changed: list[Served] = []
        self.faults: dict[str, list[Fault]] = {}
        self.jwks: dict[str, dict[str, Any]] = {}
        self.algorithms = ["ES384", "RS384"]
        self.token_seconds = 300
        self.asked: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
        self.needs_token = True
        self.pages = False
        self.extra_manifest: dict[str, Any] = {}
        self.tokens: dict[str, float] = {}
        self.given: list[str] = []
        self.links: set[str] = set()
        self.exports: dict[str, dict[str, Any]] = {}
        self.deleted: list[str] = []
        self.jtis: set[str] = set()
        self.assertions: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.refused_assertions = 0
        self.held, self.release = threading.Event(), threading.Event()
        self._http = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"bulk": self})
        )
        self._http.daemon_threads = True
        if context:
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.root = f"http{'s' if context else ''}://127.0.0.1:{self._http.server_port}"
        self.base = f"{self.root}/fhir"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> BulkServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._http.shutdown()
        self._http.server_close()

    def seconds(self) -> float:
        return self.clock.now().timestamp()

    def paths(self, method: str, part: str) -> list[str]:
        return [path for m, path, _, _ in self.asked if m == method and part in path]

    @property
    def kickoffs(self) -> list[dict[str, str]]:
        return [q for m, path, q, _ in self.asked if m == "GET" and path.endswith("$export")]

    def fault(self, route: str) -> Fault | None:
        waiting = self.faults.get(route)
        return waiting.pop(0) if waiting else None

    def token_for(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        try:
            assertion = form["client_assertion"]
            header = jwt.get_unverified_header(assertion)
            client = jwt.decode(assertion, options={"verify_signature": False})["iss"]
            keys = {k["kid"]: k for k in self.jwks[client]["keys"]}
            claims = jwt.decode(
                assertion,
                jwt.PyJWK(keys[header["kid"]]).key,
                algorithms=self.algorithms,
                audience=f"{self.root}/token",
                options={"verify_exp": False, "require": ["exp", "jti", "iss", "sub", "aud"]},
            )
            left = claims["exp"] - self.seconds()
            right = (
                0 < left <= 300
                and claims["iss"] == claims["sub"] == client
                and claims["jti"] not in self.jtis
                and form["grant_type"] == "client_credentials"
                and form["client_assertion_type"].endswith("client-assertion-type:jwt-bearer")
                and form["scope"].startswith("system/")
            )
        except (jwt.PyJWTError, KeyError):
            right = False
        if not right:
            self.refused_assertions += 1
            return 401, {"error": "invalid_client", "error_description": "unknown key"}
        self.jtis.add(claims["jti"])
        self.assertions.append((header, claims))
        token = secrets.token_urlsafe(32)
        self.given.append(token)
        self.tokens[token] = self.seconds() + self.token_seconds
        return 200, {
            "access_token": token, "token_type": "bearer", "expires_in": self.token_seconds,
        }  # fmt: skip

    def may_pass(self, headers: dict[str, str]) -> bool:
        token = headers.get("authorization", "").removeprefix("Bearer ")
        return not self.jwks or self.tokens.get(token, 0) > self.seconds()

    def start(self, query: dict[str, str]) -> str:
        name = f"e{len(self.exports) + 1}"
        files = self.changed if "_since" in query else self.files
        self.exports[name] = {"files": list(files), "moment": MOMENTS[len(self.exports) % 3]}
        return name

    def manifest(self, name: str, page: int) -> dict[str, Any]:
        export = self.exports[name]
        result: dict[str, Any] = {
            "transactionTime": export["moment"],
            "request": f"{self.base}/$export",
            "requiresAccessToken": self.needs_token,
            "output": [], "deleted": [], "error": [],
        }  # fmt: skip
        for number, file in enumerate(export["files"]):
            if self.pages and number != page:
                continue
            link = secrets.token_urlsafe(16)
            self.links.add(link)
            item = {"type": file.type, "url": f"{self.root}/file/{name}/{number}?sig={link}"}
            if file.promised is not None:
                item["count"] = file.promised
            result[file.kind].append(item)
        if self.pages and page + 1 < len(export["files"]):
            url = f"{self.root}/status/{name}?page={page + 1}"
            result["link"] = [{"relation": "next", "url": url}]
        return result | self.extra_manifest


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bulk: BulkServer

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def json(self, status: int, content: Any, **headers: str) -> None:
        self.answer(
            status, json.dumps(content).encode(), Content_Type="application/json", **headers
        )

    def handle_one(self) -> None:
        parts = urlsplit(self.path)
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        headers = {k.lower(): v for k, v in self.headers.items()}
        self.bulk.asked.append((self.command, parts.path, query, headers))
        body = self.rfile.read(int(headers.get("content-length", 0)))
        route = self.route(parts.path)
        fault = self.bulk.fault(route)
        if fault and fault.expire_tokens:
            self.bulk.tokens.clear()
        if fault and fault.expire_links:
            self.bulk.links.clear()
        if fault and fault.status is not None:
            extra = {k.replace("-", "_"): v for k, v in fault.headers.items()}
            self.answer(fault.status, fault.body, **extra)
            return
        self.work(route, parts.path, query, headers, body, fault)

    do_GET = do_POST = do_DELETE = handle_one  # noqa: N815

    def route(self, path: str) -> str:
        if path.endswith("smart-configuration"):
            return "smart"
        if path.endswith("$export"):
            return "kickoff"
        if path.startswith("/status/"):
            return "delete" if self.command == "DELETE" else "status"
        return path.split("/")[1]

    def work(self, route, path, query, headers, body, fault) -> None:
        if route == "smart":
            self.json(
                200,
                {
                    "token_endpoint": f"{self.bulk.root}/token",
                    "token_endpoint_auth_signing_alg_values_supported": self.bulk.algorithms,
                },
            )
        elif route == "token":
            form = {k: v[0] for k, v in parse_qs(body.decode()).items()}
            self.json(*self.bulk.token_for(form))
        elif route == "file":
            self.file(path, query, headers, fault)
        elif not self.bulk.may_pass(headers):
            self.json(401, outcome("error", "login"))
        elif route == "kickoff":
            name = self.bulk.start(query)
            self.answer(202, Content_Location=f"{self.bulk.root}/status/{name}")
        elif route in ("status", "delete"):
            self.export(route, path.split("/")[2], query)
        else:
            self.json(404, outcome("error", "not-found"))

    def export(self, route: str, name: str, query: dict[str, str]) -> None:
        if name not in self.bulk.exports or name in self.bulk.deleted:
            self.json(404, outcome("error", "not-found"))
        elif route == "delete":
            self.bulk.deleted.append(name)
            self.answer(202)
        else:
            self.json(200, self.bulk.manifest(name, int(query.get("page", 0))))

    def file(self, path, query, headers, fault: Fault | None) -> None:
        _, _, name, number = path.split("/")
        if name in self.bulk.deleted:
            self.json(404, outcome("error", "not-found"))
            return
        if query.get("sig") not in self.bulk.links:
            self.json(403, outcome("error", "expired"))
            return
        if self.bulk.needs_token != ("authorization" in headers) and self.bulk.jwks:
            self.json(400, outcome("error", "security"))
            return
        if self.bulk.needs_token and not self.bulk.may_pass(headers):
            self.json(401, outcome("error", "login"))
            return
        served = self.bulk.exports[name]["files"][int(number)]
        self.content(served, headers, fault or Fault())

    def content(self, served: Served, headers: dict[str, str], fault: Fault) -> None:
        content, extra = served.content, {}
        if "gzip" in headers.get("accept-encoding", ""):
            content = gzip.compress(content, mtime=0)
            extra["Content_Encoding"] = "gzip"
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        status, total = 200, len(content)
        if served.ranges:
            extra |= {"ETag": etag, "Accept_Ranges": "bytes"}
            if "range" in headers and headers.get("if-range") == etag:
                begin = int(headers["range"].removeprefix("bytes=").split("-")[0])
                if begin >= total:
                    self.answer(416, Content_Range=f"bytes */{total}")
                    return
                status, content = 206, content[begin:]
                extra["Content_Range"] = f"bytes {begin}-{total - 1}/{total}"
        self.send_response(status)
        for key, value in extra.items():
            self.send_header(key.replace("_", "-"), value)
        if not fault.unsized:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if fault.cut is None:
            self.wfile.write(content)
        else:
            self.wfile.write(content[: fault.cut])
            self.wfile.flush()
            if fault.hold:
                self.bulk.held.set()
                self.bulk.release.wait(30)
        self.close_connection = fault.cut is not None or fault.unsized
