"""A server that a browser talks to, and the system's Chromium."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.served import served

CHROMIUM = Path(os.environ.get("FACTBASE_CHROMIUM") or "/usr/bin/chromium")

# How long a page may take, in milliseconds; the machine has other tests to run.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

# Opens a page of this width; whoever is done with it may use the database again.
Browse = Callable[[int], AbstractContextManager[Page]]


@pytest.fixture
def address(cloned_database: str) -> Iterator[str]:
    """Where the product is served from this test's own database."""
    with served() as address:
        yield address


@pytest.fixture
def browse(address: str) -> Browse:
    """Opens a page in a browser of its own.

    While it is open, playwright's loop runs in this thread, and Django refuses to ask the database
    here: arrange before, and look at what became of it after.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}; FACTBASE_CHROMIUM names another.")

    @contextmanager
    def opened(width: int = 1280) -> Iterator[Page]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": 844},
                reduced_motion="reduce",
                locale="en",
            )
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            complaints: list[str] = []
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on(
                "console",
                lambda said: complaints.append(said.text) if said.type == "error" else None,
            )
            yield page
            browser.close()
        assert complaints == []  # of the scripts, and of the Content-Security-Policy

    return opened
