"""What an operator may set, and what is refused with a word on what to set instead."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

KEY = "k" * 50
SITE = "https://tract.example.org"


def refusal(site_url: str = SITE, *, debug: bool = False, key: str = KEY, data=None) -> list[str]:
    return list(environment.unsafe(site_url=site_url, debug=debug, key=key, data=data))


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY_FILE", raising=False)
    tmp_path.chmod(0o700)
    return tmp_path


# Where the site stands ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "site_url",
    [SITE, "https://tract.example.org:8443", "http://abcdefgh.onion", "https://[2001:db8::1]"],
)
def test_a_safe_site_is_not_refused(data, site_url):
    assert refusal(site_url, data=data) == []


@pytest.mark.parametrize(
    ("site_url", "advice"),
    [
        ("http://tract.example.org", "Set SITE_URL=https://tract.example.org and put a proxy"),
        ("https://tract.example.org/blog", "Set only scheme and host; Tract lives at the root"),
        ("https://tract.example.org/?a=b", "Set only scheme and host; Tract lives at the root"),
        ("https://user:word@tract.example.org", "SITE_URL holds a name or a password."),
        ("tract.example.org", "SITE_URL must be a whole address."),
        ("https://", "SITE_URL must be a whole address."),
        ("ftp://tract.example.org", "SITE_URL must be a whole address."),
        ("https://[bad", "SITE_URL must be a whole address."),
        ("https://tract.example.org:99999", "SITE_URL must be a whole address."),
        ("https://café.example", "SITE_URL must be a whole address."),
        ("https://*", "SITE_URL must be a whole address."),
        ("https://.example.org", "SITE_URL must be a whole address."),
    ],
)
def test_an_unsafe_address_is_refused_with_what_to_set(data, site_url, advice):
    [reason] = refusal(site_url, data=data)

    assert advice in reason


def test_debug_is_refused(data):
    [reason] = refusal(debug=True, data=data)

    assert reason.endswith("Unset DEBUG.")


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + KEY])
def test_a_weak_key_is_refused(data, key):
    [reason] = refusal(key=key, data=data)

    assert "the secret key is weak" in reason


def test_a_key_that_everybody_may_read_is_refused(data):
    path = data / "secret_key"
    path.write_text(KEY)
    path.chmod(0o604)

    assert refusal(data=data) == [
        f"{path} is open to every user of this machine. Run: chmod o= {path}"
    ]


def test_a_named_key_that_everybody_may_read_is_refused(data, monkeypatch):
    path = data / "elsewhere"
    path.write_text(KEY)
    path.chmod(0o644)
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))

    [reason] = refusal(data=data)

    assert reason.endswith(f"chmod o= {path}")


def test_a_data_folder_that_everybody_may_enter_is_refused(data):
    data.chmod(0o701)

    [reason] = refusal(data=data)

    assert reason.endswith(f"chmod o= {data}")


def test_all_reasons_are_told_at_once(data):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.refuse_unsafe(
            site_url="http://tract.example.org/x", debug=True, key="short", data=data
        )

    assert str(refused.value).count("\n  - ") == 4


# Flags --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "read"), [("1", True), ("0", False), ("", True)])
def test_a_flag_is_one_or_nought_or_left_alone(monkeypatch, value, read):
    monkeypatch.setenv("SAMPLE", value)

    assert environment.flag("SAMPLE", default=True) is read


@pytest.mark.parametrize("value", ["yes", "true", "2", " 1"])
def test_a_flag_that_says_something_else_is_not_guessed(monkeypatch, value):
    monkeypatch.setenv("SAMPLE", value)

    with pytest.raises(ImproperlyConfigured, match="write SAMPLE=1 or SAMPLE=0"):
        environment.flag("SAMPLE", default=True)


# Secrets ------------------------------------------------------------------------------------------


def test_a_key_is_made_once_for_its_owner_only(data):
    key = environment.secret_key(data)

    assert environment.secret_key(data) == key
    assert len(key) > environment.KEY_LENGTH
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in data.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_share_one_key(data):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _number: environment.secret_key(data), range(64)))

    assert len(keys) == 1


def test_a_secret_that_is_there_is_left_as_it_is(data):
    environment.write_secret(data / "word", "first")
    environment.write_secret(data / "word", "second")

    assert (data / "word").read_text() == "first\n"


def test_a_named_key_that_is_missing_says_how_to_make_one(data, monkeypatch):
    monkeypatch.setenv("SECRET_KEY_FILE", str(data / "nowhere"))

    with pytest.raises(ImproperlyConfigured, match=r"does not exist\. Make it once"):
        environment.secret_key(data)
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "message"), [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe", "is no text")]
)
def test_a_key_that_is_none_is_told_in_words(data, content, message):
    (data / "secret_key").write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match=message):
        environment.secret_key(data)


def test_a_key_that_is_a_folder_is_told_in_words(data):
    (data / "secret_key").mkdir()

    with pytest.raises(ImproperlyConfigured, match="cannot be read: Is a directory"):
        environment.secret_key(data)


def test_the_data_folder_is_made_for_its_owner_only(data, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(data / "deep" / "down"))

    made = environment.data_dir(data)

    assert (made, stat.S_IMODE(made.stat().st_mode)) == (data / "deep" / "down", 0o700)


def test_a_data_folder_that_cannot_be_made_is_told_in_words(data, monkeypatch):
    (data / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(data / "file"))

    with pytest.raises(ImproperlyConfigured, match="Set DATA_DIR to a folder"):
        environment.data_dir(data)


# Database and mail --------------------------------------------------------------------------------


def test_without_an_address_the_database_is_a_file_among_the_data(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    found = environment.database(tmp_path / "a?b#c%20")

    assert found["NAME"] == str(tmp_path / "a?b#c%20" / "tract.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "host", "options"),
    [
        ("postgres://u:p@db.example.org:5433/name", "db.example.org", None),
        ("postgresql://u@%2Frun%2Fpostgresql/name", "/run/postgresql", None),
        ("postgres://u@/name?host=/run/postgresql", "", {"host": "/run/postgresql"}),
    ],
)
def test_postgresql_is_reached_by_name_or_by_socket(tmp_path, monkeypatch, url, host, options):
    monkeypatch.setenv("DATABASE_URL", url)

    found = environment.database(tmp_path)

    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.postgresql", "name")
    assert (found["HOST"], found.get("OPTIONS")) == (host, options)
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:p@h/name", "/var/lib/db.sqlite3"])
def test_another_database_is_refused_with_what_to_set(tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(ImproperlyConfigured, match="must begin with sqlite:// or postgres://"):
        environment.database(tmp_path)


def test_without_an_address_mail_goes_nowhere(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)

    assert environment.mail()["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"


def test_a_mail_server_is_read_from_its_address(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://user:pass%20word@mail.example.org:587")

    mail = environment.mail()

    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS")
    assert [mail[name] for name in names] == ["mail.example.org", 587, "pass word", True]


@pytest.mark.parametrize("url", ["nonsense", "carrier-pigeon://roof"])
def test_another_mail_server_is_refused_with_what_to_set(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)

    with pytest.raises(ImproperlyConfigured, match=r"Set for example EMAIL_URL=smtp\+tls"):
        environment.mail()


def test_without_a_sender_mail_has_djangos_own(monkeypatch):
    monkeypatch.delenv("MAIL_FROM", raising=False)

    assert "DEFAULT_FROM_EMAIL" not in environment.mail()


@pytest.mark.parametrize(
    "sender",
    [
        "desk@example.org",
        "Quai Ouvert <desk@example.org>",
        '"Quai, Ouvert" <desk@example.org>',
        "Été au quai <desk@example.org>",
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(monkeypatch, sender):
    monkeypatch.setenv("MAIL_FROM", f" {sender} ")

    assert environment.mail()["DEFAULT_FROM_EMAIL"] == sender


@pytest.mark.parametrize(
    "sender",
    [
        "nobody",
        "Quai Ouvert",
        "Quai Ouvert <desk>",
        "Quai, Ouvert <desk@example.org>",
        "desk@example.org, other@example.org",
        "desk@example.org (the desk)",
        "desk@example.org\nBcc: other@example.org",
        "Quai\nBcc: other@example.org <desk@example.org>",
    ],
)
def test_a_sender_that_is_none_is_refused_with_what_to_set(monkeypatch, sender):
    monkeypatch.setenv("MAIL_FROM", sender)

    with pytest.raises(ImproperlyConfigured, match=r"Set for example MAIL_FROM="):
        environment.mail()
