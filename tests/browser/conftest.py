"""What the browser's tests share: a served site with the sample, people, and a watch."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field

import pytest
from django.conf import settings

from tests.browser.serving import Site, database_beside, served

# Where the page was left meanwhile, a request that it had begun is no error of ours.
HARMLESS = ("net::ERR_ABORTED",)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser():
    """Playwright keeps an event loop running, in which Django would refuse to ask the database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(request):
    """A request that a page left behind still writes while the database is emptied for the next
    test: between closing the pages and that, wait until nothing is being answered any more."""
    if "live_server" not in request.fixturenames:
        yield
        return
    # Asked for first, so that it goes last.
    request.getfixturevalue("transactional_db")
    yield
    wait_for_the_server()


def wait_for_the_server(seconds: float = 10):
    # The server's threads are daemons, which it does not join by itself; each ends with the
    # connection of its page.
    deadline = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):
            thread.join(max(0, deadline - time.monotonic()))


@pytest.fixture(scope="session")
def site(browser_type_launch_args) -> Site:
    """The sample site, served once for all tests that only look at it.

    Asks for the browser's arguments, so that nothing is served where there is no browser.
    """
    with database_beside(settings.DATABASES["default"]) as url, served(url) as site:
        yield site


@dataclass
class Watch:
    """What went wrong in the pages of a context, and whom they asked for what."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def on(self, context):
        """Watch all pages of `context`, present and future."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", lambda request: self.requests.append(request.url))
        return context

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def foreign(self, own: str) -> list[str]:
        """The requests to another host than that of the address `own`."""
        return [url for url in self.requests if not url.startswith((f"{own}/", "data:", "blob:"))]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="session")
def working(browser, site):
    """The cookies of a person who logged in to the sample site, by language of the interface."""
    found = {}
    for language, person in site.world["people"].items():
        context = browser.new_context(base_url=site.url, locale=language)
        log_in(context.new_page(), person["name"], person["password"])
        found[language] = context.storage_state()
        context.close()
    return found


@pytest.fixture
def open_page(new_context, live_server, watch):
    """A page of a browser of its own; what its console says is watched."""

    def opened(**about):
        # Its own tests measure speed; here a busy machine must not fail a story.
        about = {"locale": "en", **about}
        page = watch.on(new_context(base_url=live_server.url, **about)).new_page()
        page.set_default_timeout(15_000)
        return page

    return opened


@pytest.fixture
def storages_of_its_own(settings, tmp_path):
    """The folders of this test's pictures."""
    settings.STORAGES = settings.STORAGES | {
        name: {**settings.STORAGES[name], "OPTIONS": {"location": tmp_path / "stored" / name}}
        for name in ("default", "private")
    }


def log_in(page, name: str, password: str, *, lands: str = "/admin/"):
    """Log in through the form, as a person does, and come to where the person works."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{lands}")


def select_words(page, area, words: str):
    """Select the last words, backwards. The editor hears of it a moment after the browser."""
    chosen = """area => {
        const { doc, selection } = area.editor.state;
        return doc.textBetween(selection.from, selection.to);
    }"""
    for count in range(1, len(words.split()) + 1):
        page.keyboard.press("Shift+Control+ArrowLeft")
        wanted = " ".join(words.split()[-count:])
        page.wait_for_function(
            f"([area, wanted]) => ({chosen})(area) === wanted", arg=[area.element_handle(), wanted]
        )
