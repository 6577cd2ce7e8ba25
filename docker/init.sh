#!/bin/sh
# Runs once before the other containers: metadata database, ledger and the first user.
set -eu

airflow db migrate

python - <<'PYTHON'
import json
import os
from pathlib import Path

from ingest.ledger import Ledger
from ingest.settings import load_settings

passwords = Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"])
passwords.touch(mode=0o600)
passwords.write_text(json.dumps({"admin": os.environ["IZA_ADMIN_PASSWORD"]}), encoding="utf-8")

settings = load_settings()
settings.room("inbox")
Ledger(settings.ledger_address).committed()
PYTHON
