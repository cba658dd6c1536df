"""Sets the demo up and serves it: tables, accounts, dossier, static files, server and worker."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from claims.management.commands.load_dossier import report
from claims.models import Claim
from factbase import serving
from factbase.accounts import demo_accounts
from factbase.management import demo_addresses
from factbase.management.demo_sheet import DOSSIER, load_demo
from factbase.ports import PortRefused, check_port
from sources.models import Series

# The namespace of the claims of the demo dossier.
DEMO = "china-russia-2025"


class Command(BaseCommand):
    """Sets up and serves the demo; `make demo` runs it after installing."""

    help = "Sets up the demo and serves it on 127.0.0.1 until Ctrl-C. A second start keeps all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port, and whether to serve."""
        parser.add_argument("--port", default="8000", help="the port to serve on (default 8000)")
        parser.add_argument("--no-serve", action="store_true", help="set up, and stop there")
        parser.add_argument(
            "--parent", type=int, help="the id of the process that starts it, to end with that"
        )

    def handle(self, *, port: str, no_serve: bool, parent: int | None = None, **_: Any) -> None:
        """Set up and serve."""
        if not no_serve:
            try:
                check_port(port)
            except PortRefused as refusal:
                raise CommandError(str(refusal)) from refusal
        with self.step("Bringing the tables up to date"):
            call_command("migrate", verbosity=0)
        accounts = demo_accounts.create_demo_accounts(settings.DATA_DIR)
        self.load(f"http://127.0.0.1:{port}")
        self.load_addresses()
        with self.step("Collecting static files"):
            call_command("collectstatic", interactive=False, verbosity=0)
        self.print_accounts(accounts)
        if not no_serve:
            serving.serve(int(port), say=self.say, parent=parent)

    def load(self, base_url: str) -> None:
        """Load the demo where no claim is yet; what was changed since stays as it is."""
        folder = settings.BASE_DIR / "fixtures"
        if not (folder / DOSSIER).exists():
            self.say(f"There is no dossier in {folder} to load.")
        elif not Claim.objects.exists():
            with self.step("Loading the demo dossier, and issuing its fact sheet twice"):
                summary = load_demo(folder, base_url=base_url, say=self.say)
            for line in report(summary):
                self.say(line)

    def load_addresses(self) -> None:
        """Load the State of the Union addresses into a demo that lacks them, where they are there.

        A database with claims of its own and without the demo's gets none.
        """
        folder = settings.BASE_DIR / "fixtures" / demo_addresses.FOLDER
        is_demo = Claim.objects.filter(namespace=DEMO).exists()
        if not is_demo or Series.objects.filter(key=demo_addresses.FOLDER).exists():
            return
        try:
            texts = demo_addresses.read_addresses(folder, demo_addresses.package_folder())
        except demo_addresses.AddressesUnavailable as unavailable:
            self.say(str(unavailable))
            return
        with self.step("Loading the State of the Union addresses"):
            summary = demo_addresses.load_addresses(folder, texts)
        for line in report(summary):
            self.say(line)

    def print_accounts(self, accounts: dict[str, str]) -> None:
        """Print the accounts of the demo, or the file that has them."""
        path = demo_accounts.passwords_file(settings.DATA_DIR)
        if accounts:
            self.say(f"Accounts to sign in with at /admin/ (kept in {path}):")
            for name, password in accounts.items():
                self.say(f"  {name:<14} {password}")
        elif path.exists():
            self.say(f"Accounts to sign in with at /admin/ are in {path}.")

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Print the name of a step, and then how long it took."""
        self.stdout.write(f"{what} … ", ending="")
        self.stdout.flush()
        began = time.monotonic()
        yield
        self.say(f"{time.monotonic() - began:.1f} s")

    def say(self, line: str) -> None:
        """Print one line at once, also through a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
