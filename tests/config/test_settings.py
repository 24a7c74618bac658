"""The settings as a whole, in a process of its own."""

from __future__ import annotations

import ast

from tests.config.commands import SITE, ask, manage


def test_production_passes_djangos_own_check_without_a_warning(tmp_path):
    done = manage(tmp_path / "data", "check", "--deploy", "--fail-level", "WARNING", SITE_URL=SITE)

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_what_is_refused_is_told_in_words_and_nothing_starts(tmp_path):
    done = manage(tmp_path / "data", "prepare", SITE_URL="http://tract.example.org/x", DEBUG="1")

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "Tract does not start at http://tract.example.org/x, because:"
    )
    assert ("Traceback" in done.stderr, done.stderr.count("\n  - ")) == (False, 3)
    assert not (tmp_path / "data" / "tract.sqlite3").exists()


NAMES = (
    "[settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS, settings.SESSION_COOKIE_NAME, "
    "settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, "
    "settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 0, settings.SAMPLE, "
    "settings.DEBUG]"
)


def test_a_public_site_answers_to_its_own_name_only_and_over_https(tmp_path):
    found = ast.literal_eval(ask(tmp_path / "data", NAMES, SITE_URL=SITE + "/"))

    hosts = ["tract.example.org"]
    cookies = ["__Host-sessionid", "__Host-csrftoken"]
    assert found == [hosts, [SITE], *cookies, True, True, True, True, False, False]


def test_a_local_site_answers_on_this_machine_only_and_over_http(tmp_path):
    found = ast.literal_eval(ask(tmp_path / "data", NAMES))

    hosts = ["localhost", "127.0.0.1", "[::1]"]
    cookies = ["sessionid", "csrftoken"]
    assert found == [hosts, [], *cookies, False, False, False, False, True, False]


def test_tries_are_counted_where_all_processes_see_them(tmp_path):
    backend = ask(tmp_path / "data", "settings.CACHES['default']['BACKEND']", SITE_URL=SITE)

    assert backend == "django.core.cache.backends.db.DatabaseCache"
