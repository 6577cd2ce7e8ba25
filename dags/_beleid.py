"""What holds for every task: who owns it, and what is tried again.

A disk that is away comes back by itself, a delivery that breaks its contract does not. So faults of
input and output are tried again and everything else fails at once, where an operator sees it. The
``retries`` also cover a task that was killed; no policy is asked then.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

RETRIES = 2

# Named by path, so that reading this file imports none of our packages.
_CONTRACT = [
    "ingest.errors.DataRefusedError",
    "ingest.errors.WithdrawnError",
    "ingest.errors.UsageError",
    "ingest.errors.SettingsError",
    "ingest.errors.ViewError",
    "ingest.errors.BuildError",
    "ingest.errors.PublicationError",
    "ingest.errors.VerificationError",
    "ingest.errors.RemoteRefusedError",
]
_INPUT_OUTPUT = [
    "builtins.OSError",
    "sqlalchemy.exc.OperationalError",
    "ingest.errors.StorageError",
    "ingest.errors.LedgerError",
    "ingest.errors.WorkerError",
]

RETRY_POLICY = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=_CONTRACT,
            action=RetryAction.FAIL,
            reason="A contract was broken; trying again changes nothing.",
        ),
        RetryRule(
            exception=_INPUT_OUTPUT,
            action=RetryAction.RETRY,
            retry_delay=timedelta(seconds=10),
            reason="Input or output failed; it is tried again.",
        ),
        RetryRule(
            exception=["ingest.errors.RemoteError"],
            action=RetryAction.RETRY,
            retry_delay=timedelta(minutes=5),
            reason="A server elsewhere is away or not ready; it is asked again.",
        ),
    ],
    default=RetryAction.FAIL,
)

DEFAULT_ARGS = {
    "owner": "data-engineering",
    "retries": RETRIES,
    "retry_delay": timedelta(seconds=10),
    "retry_policy": RETRY_POLICY,
    "execution_timeout": timedelta(hours=12),
}
