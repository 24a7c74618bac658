"""`prepare` may run at any time; `run_due` as often as one likes."""

from __future__ import annotations

import shutil
import stat

import pytest

from tests.config.commands import SITE, ask, manage


def count(data, app: str, model: str) -> int:
    found = ask(data, f"__import__('django').apps.apps.get_model('{app}.{model}').objects.count()")
    return int(found)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder that was prepared once, with the sample content, and what was said."""
    data = tmp_path_factory.mktemp("prepared") / "data"
    done = manage(data, "prepare", PORT="8123")
    assert done.returncode == 0, done.stderr
    return data, done.stdout


@pytest.fixture
def copy(prepared, tmp_path):
    """A copy of that folder to change."""
    return shutil.copytree(prepared[0], tmp_path / "data")


@pytest.fixture
def fresh(prepared, tmp_path):
    """An empty folder, but for the static files, which take long to collect."""
    shutil.copytree(prepared[0] / "static", tmp_path / "data" / "static")
    (tmp_path / "data").chmod(0o700)
    return tmp_path / "data"


def test_a_fresh_site_says_its_addresses_and_the_first_password(prepared):
    data, said = prepared
    password = (data / "admin_password").read_text().strip()

    assert said.splitlines() == [
        "Collecting static files …",
        "Tract       http://localhost:8123/",
        "Admin       http://localhost:8123/admin/",
        "User        admin",
        f"Password    {password}   (kept in {data / 'admin_password'})",
    ]
    assert len(password) >= 20


def test_secrets_are_their_owners_only(prepared):
    data, _said = prepared

    for name in ("admin_password", "secret_key", "tract.sqlite3"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600


def test_an_empty_database_gets_the_sample_content(prepared):
    assert count(prepared[0], "bulletins", "Bulletin") > 0


def test_the_second_time_keeps_everything_and_collects_nothing(copy):
    before = count(copy, "bulletins", "Bulletin"), (copy / "admin_password").read_text()

    said = manage(copy, "prepare").stdout

    assert (count(copy, "bulletins", "Bulletin"), (copy / "admin_password").read_text()) == before
    assert said.startswith("Tract       http://localhost:8000/\n")


def test_content_that_was_deleted_does_not_come_back_while_something_is_left(copy):
    delete = "from bulletins.models import Bulletin; Bulletin.objects.all().delete()"
    assert manage(copy, "shell", "--no-imports", "--command", delete).returncode == 0

    manage(copy, "prepare")

    assert count(copy, "bulletins", "Bulletin") == 0


def test_a_password_that_was_changed_is_printed_no_more(copy):
    change = (
        "from accounts.models import User; u = User.objects.get();"
        "u.set_password('another long one'); u.save()"
    )
    assert manage(copy, "shell", "--no-imports", "--command", change).returncode == 0

    said = manage(copy, "prepare").stdout

    assert ("Password" in said, "User" in said) == (False, False)


def test_static_files_that_were_swept_away_are_collected_again(copy):
    shutil.rmtree(copy / "static")

    assert manage(copy, "prepare").stdout.startswith("Collecting static files …\n")
    assert (copy / "static" / "staticfiles.json").exists()


def test_a_public_site_does_not_start_with_the_samples_accounts(copy):
    done = manage(copy, "prepare", SITE_URL=SITE)

    assert done.returncode == 1
    assert f"Tract does not start at {SITE} with the sample's bank accounts" in done.stderr


def test_a_public_site_refuses_the_sample_before_it_is_loaded(fresh):
    done = manage(fresh, "prepare", SITE_URL=SITE, SAMPLE="1")

    assert (done.returncode, "Unset SAMPLE" in done.stderr) == (1, True)
    assert count(fresh, "bulletins", "Bulletin") == 0


def test_a_public_site_starts_empty_and_says_its_address(fresh):
    done = manage(fresh, "prepare", SITE_URL=SITE)

    assert done.returncode == 0, done.stderr
    assert f"Tract       {SITE}/\n" in done.stdout
    assert count(fresh, "bulletins", "Bulletin") == 0


def test_a_public_site_keeps_its_password_out_of_the_journal(fresh):
    done = manage(fresh, "prepare", SITE_URL=SITE)

    password = (fresh / "admin_password").read_text().strip()
    assert password not in done.stdout
    assert str(fresh / "admin_password") in done.stdout


def test_without_sample_an_empty_database_stays_empty(fresh):
    manage(fresh, "prepare", SAMPLE="0")

    assert count(fresh, "bulletins", "Bulletin") == 0
    assert count(fresh, "accounts", "User") == 1


def test_if_empty_makes_the_tables_and_nothing_else(tmp_path):
    data = tmp_path / "data"
    first = manage(data, "prepare", "--if-empty")
    second = manage(data, "prepare", "--if-empty")

    assert [(one.returncode, one.stdout) for one in (first, second)] == [(0, "")] * 2
    assert count(data, "accounts", "User") == 0
    assert not (data / "admin_password").exists()


# What is due --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_due_may_be_done_twice(connection_rows):
    from datetime import timedelta

    from django.contrib.sessions.models import Session
    from django.core.cache import cache
    from django.core.management import call_command
    from django.utils import timezone

    # The table of the cache is no model's: a test that commits leaves its rows behind.
    cache.clear()
    now = timezone.now()
    Session.objects.create(session_key="ended", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="open", expire_date=now + timedelta(days=1))
    cache.set("counted-long-ago", 1, timeout=-5)
    cache.set("counted-now", 1, timeout=300)
    cache.set("kept", 1, timeout=None)

    for _time in range(2):
        call_command("run_due")
        assert list(Session.objects.values_list("pk", flat=True)) == ["open"]
        rows = connection_rows("SELECT cache_key FROM cache ORDER BY cache_key")
        assert rows == [(":1:counted-now",), (":1:kept",)]
