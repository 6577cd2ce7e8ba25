"""Make the secrets of a containers installation: ``docker/.env`` and ``docker/sleutel``.

Needs nothing but Python. Files that are there already are kept; a new pseudonym key would give
every person a second pseudonym.
"""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def _env_lines() -> list[str]:
    # Hexadecimal, because the database password becomes part of an address.
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return [
        f"AIRFLOW_UID={os.getuid()}",
        f"POSTGRES_PASSWORD={secrets.token_hex(24)}",
        f"AIRFLOW_FERNET_KEY={fernet}",
        f"AIRFLOW_JWT_SECRET={secrets.token_hex(64)}",
        f"AIRFLOW_SECRET_KEY={secrets.token_hex(32)}",
        f"AIRFLOW_ADMIN_PASSWORD={secrets.token_hex(12)}",
        f"PSEUDONYM_KEY_FILE={_FOLDER / 'sleutel'}",
    ]


def _write_once(file: Path, text: str) -> None:
    if file.exists():
        sys.stdout.write(f"{file} is there already and is kept\n")
        return
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{file} written\n")


def main() -> None:
    """Write both files, unless they are there."""
    _write_once(_FOLDER / ".env", "\n".join(_env_lines()) + "\n")
    _write_once(_FOLDER / "sleutel", secrets.token_hex(32))


if __name__ == "__main__":
    main()
