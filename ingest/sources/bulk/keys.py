"""The key pair by which a server knows us: made, kept, read and shown (its public half)."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from ingest.errors import SettingsError, UsageError

Algorithm = Literal["ES384", "RS384"]
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_RSA_BITS = 3072
_LEAST_RSA_BITS = 2048
_THUMBPRINT = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}


@dataclass(frozen=True)
class SigningKey:
    """A private key; its representation never shows it.

    Attributes:
        algorithm: ES384 or RS384, the two that SMART asks of every server.
        kid: public name of the key.
        private: the key itself.
    """

    algorithm: Algorithm
    kid: str
    private: PrivateKey = field(repr=False)


def _as_jwk(key: Any) -> dict[str, Any]:
    rsa_key = isinstance(key, rsa.RSAPrivateKey | rsa.RSAPublicKey)
    return (RSAAlgorithm if rsa_key else ECAlgorithm).to_jwk(key, as_dict=True)


def _algorithm(key: object) -> Algorithm:
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= _LEAST_RSA_BITS:
        return "RS384"
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp384r1":
        return "ES384"
    raise ValueError("neither an RSA key of 2048 bits or more nor an EC key on P-384")


def thumbprint(jwk: dict[str, Any]) -> str:
    """Name of a key by its content (RFC 7638, SHA-256)."""
    members = {name: jwk[name] for name in _THUMBPRINT[jwk["kty"]]}
    text = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def write_pair(file: Path, algorithm: Algorithm) -> SigningKey:
    """Make a key pair and write the private key as JWK, readable by its owner alone.

    Raises:
        UsageError: there is a file already; a key in use is never overwritten.
        SettingsError: the file cannot be written.
    """
    private: PrivateKey = (
        ec.generate_private_key(ec.SECP384R1())
        if algorithm == "ES384"
        else rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    )
    jwk = _as_jwk(private)
    kid = thumbprint(jwk)
    text = json.dumps(jwk | {"kid": kid, "alg": algorithm, "use": "sig"}, indent=2) + "\n"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(f"{file} exists; a key is never overwritten. Name another file.") from None
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}") from error
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(text)
    return SigningKey(algorithm, kid, private)


def _parse(text: str, kid: str | None) -> SigningKey:
    named: object = None
    if text.lstrip().startswith("{"):
        jwk = json.loads(text)
        named = jwk.get("kid")
        kinds: dict[str, Any] = {"RSA": RSAAlgorithm, "EC": ECAlgorithm}
        key: Any = kinds[jwk["kty"]].from_jwk(jwk)
    else:
        key = load_pem_private_key(text.encode(), password=None)
    algorithm = _algorithm(key)
    return SigningKey(algorithm, kid or str(named or thumbprint(_as_jwk(key))), key)


def check_private(file: Path) -> None:
    """Check that a private key can be read by its owner alone.

    Raises:
        SettingsError: it is not there, or others can use it.
    """
    try:
        mode = file.stat().st_mode
    except OSError as error:
        raise SettingsError(f"The private key {file} cannot be read: {error.strerror}") from error
    if mode & 0o077:
        raise SettingsError(
            f"Others than its owner can use the private key {file}. Say: chmod 600 {file}"
        )


def read_key(file: Path, kid: str | None = None) -> SigningKey:
    """Read a private key.

    Args:
        file: a private JWK, or a PEM file without a password.
        kid: name of the key when the server knows it by another than the file says.

    Returns:
        The key; one without a name is called by its thumbprint.

    Raises:
        SettingsError: no such file, others can read it, or it is no usable key.
    """
    check_private(file)
    try:
        text = file.read_text(encoding="utf-8")
        return _parse(text, kid)
    except Exception:  # whatever a library says of a key may quote it
        raise SettingsError(
            f"{file} holds no private key that can be used: an EC key on P-384 or an RSA key of "
            "2048 bits or more, as JWK or as PEM without a password."
        ) from None


def public_jwks(key: SigningKey) -> dict[str, Any]:
    """The public key as a JWK set, to register at a server."""
    jwk = _as_jwk(key.private.public_key())
    jwk.pop("key_ops", None)
    return {
        "keys": [jwk | {"kid": key.kid, "alg": key.algorithm, "use": "sig", "key_ops": ["verify"]}]
    }
