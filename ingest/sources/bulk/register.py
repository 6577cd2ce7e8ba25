"""Which source has a server: one TOML file a source, in a folder of the installation.

A new server is a new file; nothing here knows one by name. The files hold no secret: the private
key is named by its path and lies elsewhere.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.errors import SettingsError
from ingest.family import sources
from ingest.settings import Settings

_HELP = "docs/how-to/pull-from-a-fhir-server.md shows such a file."
ResourceType = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]{1,63}$")]
Address = Annotated[str, Field(pattern=r"^https?://[^\s?#@]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(_Strict):
    """How patient a pull is.

    Attributes:
        deadline_hours: a run that has waited this long stops; the next one goes on.
        first_wait_seconds: first wait when the server asks nothing; each next one doubles.
        longest_wait_seconds: ceiling of those waits; what a server asks is always honoured.
        attempts: times in a row that one request or file may fail.
        timeout_seconds: longest silence of a server within one answer.
    """

    deadline_hours: float = Field(6, gt=0, le=11)  # a task of Airflow is ended after 12
    first_wait_seconds: float = Field(2, gt=0)
    longest_wait_seconds: float = Field(120, gt=0)
    attempts: int = Field(6, ge=1)
    timeout_seconds: float = Field(60, gt=0)


class Client(_Strict):
    """Who we are at the server (SMART backend services).

    Attributes:
        client_id: name the server gave us at registration.
        key_file: private key, a JWK or PEM file that its owner alone can read.
        scope: what is asked for.
        token_url: address for tokens; found by ``.well-known/smart-configuration`` when left out.
        kid: name of the key; needed for PEM, taken from the JWK otherwise.
        jwks_url: where our public keys are, when the server wants it in the signed header.
    """

    client_id: Annotated[str, Field(min_length=1)]
    key_file: Path
    scope: str = "system/*.rs"
    token_url: Address | None = None
    kid: str | None = None
    jwks_url: Address | None = None


class BulkSource(_Strict):
    """A source with a server.

    Attributes:
        bron_id: the source, from the name of the file.
        url: base address of the FHIR server.
        level: whole system, all patients, or one group.
        group: logical id of the Group, for that level.
        types: resource types to ask for; empty: all the server gives.
        type_filters: FHIR searches such as ``MedicationRequest?status=active``.
        associated_data: values of ``includeAssociatedData``.
        output_format: one of the three names of NDJSON; not asked for when left out.
        period: which period of the server's moment a delivery is for when nobody names one.
        accept_errors: go on from the new moment although the server reported errors; otherwise
            the next pull asks from the same moment again.
        gzip: ask for compressed transfer.
        ca_file: authority to trust instead of those of this machine (PEM).
        cert_file: our certificate and its private key (PEM), for a server that wants to see one.
        proxy: address of a proxy; the environment's is not looked at.
        allow_http: take addresses without TLS beyond this machine; for a closed test network.
        client: who we are; left out for a server that asks no token.
        limits: how patient a pull is.
    """

    bron_id: str
    url: Address
    level: Literal["system", "patient", "group"]
    group: Annotated[str, Field(pattern=r"^[A-Za-z0-9\-.]{1,64}$")] | None = None
    types: tuple[ResourceType, ...] = ()
    type_filters: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]+\?\S+$")], ...] = ()
    associated_data: tuple[str, ...] = ()
    output_format: Literal["application/fhir+ndjson", "application/ndjson", "ndjson"] | None = None
    period: Literal["year", "quarter", "month"] = "year"
    accept_errors: bool = False
    gzip: bool = True
    ca_file: Path | None = None
    cert_file: Path | None = None
    proxy: str | None = None
    allow_http: bool = False
    client: Client | None = None
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _group_is_named(self) -> BulkSource:
        if (self.level == "group") != (self.group is not None):
            raise ValueError("level 'group' needs 'group', and no other level takes it")
        return self

    @property
    def base(self) -> str:
        """Base address without a slash at its end."""
        return self.url.rstrip("/")


def _folder(settings: Settings) -> Path:
    return settings.bulk_sources or settings.home / "bulk"


def _read(file: Path) -> BulkSource:
    bron_id = file.stem
    known = sources().get(bron_id)
    if known is None or known.soort != "fhir":
        raise SettingsError(
            f"{file}: '{bron_id}' is no FHIR source of schemas/bronnen.csv. Name the file after "
            "the source, or give the source its row there."
        )
    try:
        found = BulkSource.model_validate(
            tomllib.loads(file.read_text(encoding="utf-8")) | {"bron_id": bron_id}
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file} cannot be read as TOML: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()
        )
        raise SettingsError(f"{file} is not right: {wrong}. {_HELP}") from None
    beside = file.parent
    client = found.client and found.client.model_copy(
        update={"key_file": beside / found.client.key_file.expanduser()}
    )
    ca_file = found.ca_file and beside / found.ca_file.expanduser()
    cert_file = found.cert_file and beside / found.cert_file.expanduser()
    return found.model_copy(update={"client": client, "ca_file": ca_file, "cert_file": cert_file})


def bulk_names(settings: Settings) -> list[str]:
    """The sources that have a server, ordered; the files are not read."""
    return sorted(file.stem for file in _folder(settings).glob("*.toml"))


def bulk_source(settings: Settings, bron_id: str) -> BulkSource:
    """The server of one source.

    Args:
        settings: says where the files are.
        bron_id: the source.

    Returns:
        What its file says; relative paths are taken from the folder of the file.

    Raises:
        SettingsError: no such file, or one that is not right.
    """
    folder = _folder(settings)
    if bron_id not in bulk_names(settings):
        named = ", ".join(bulk_names(settings)) or "none yet"
        raise SettingsError(
            f"Source '{bron_id}' has no server: there is no {folder / bron_id}.toml "
            f"(sources with one: {named}). {_HELP}"
        )
    return _read(folder / f"{bron_id}.toml")
