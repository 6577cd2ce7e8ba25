"""``iza``, the command line: the only place that sees every room."""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

from ingest.commands import (
    answers,
    chain,
    checks,
    contract,
    deliveries,
    reading,
    remote,
    story,
    upkeep,
)
from ingest.commands.console import messages
from ingest.commands.stopping import say_stopped, told_when_stopped
from ingest.durable import storage_faults
from ingest.errors import IzaError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="IZA Spiegel: care data registered once, used many times.",
    epilog="Exit codes: 0 done, 1 data refused, 2 wrong use, 3 setting, 4 ledger, 5 storage, "
    "6 view, 7 build, 8 publication stopped, 9 verification failed, 10 server out of reach, "
    "11 server refuses, 12 a process of it was ended, 130 and 143 stopped.",
)
explain = typer.Typer(
    cls=story.ExplainGroup,
    no_args_is_help=True,
    subcommand_metavar="LEVERING | COMMAND [ARGS]...",
    help="Tell what became of a delivery ('iza explain LEVERING') or a figure.",
)
key = typer.Typer(no_args_is_help=True, help="Secret keys: of the pseudonyms, and ours at servers.")
contracts = typer.Typer(no_args_is_help=True, help="The contract of the tables and what follows.")
declaratie = typer.Typer(no_args_is_help=True, help="EI declaration messages.")
view = typer.Typer(no_args_is_help=True, help="SQL on FHIR ViewDefinitions.")

app.command("ingest")(deliveries.ingest)
app.command("fetch")(remote.fetch)
app.command("status")(deliveries.status)
app.command("report")(answers.report)
app.command("retour")(answers.retour)
app.command("build")(chain.build)
app.command("marts")(reading.marts)
app.command("publish")(chain.publish)
app.command("verify")(chain.verify)
app.command("synthetic")(chain.synthetic)
app.command("clean")(deliveries.clean_up)
app.command("replay")(upkeep.replay_refused)
app.command("withdraw")(upkeep.withdraw_delivery)
app.command("dbt", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    chain.dbt
)
explain.command("delivery")(story.explain_delivery)
explain.command("figure")(chain.explain_figure)
key.command("new")(deliveries.new_key)
key.command("pair")(remote.key_pair)
key.command("jwks")(remote.key_jwks)
contracts.command("check")(contract.contract_check)
contracts.command("count")(contract.contract_count)
contracts.command("write")(contract.contract_write)
declaratie.command("check")(checks.declaratie_check)
view.command("run")(chain.view_run)
app.add_typer(contracts, name="contract")
app.add_typer(declaratie, name="declaratie")
app.add_typer(explain, name="explain")
app.add_typer(key, name="key")
app.add_typer(view, name="view")


def main() -> None:
    """Run the command line; a fault becomes one message and its exit code, never a traceback."""
    try:
        with told_when_stopped(), storage_faults("The command could not be finished"):
            app()
    except IzaError as error:
        messages.print(f"[bold red]error:[/] {escape(str(error))}", markup=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say_stopped()
        sys.exit(130)
