from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from bulletins.models import Bulletin
from tests.bulletins.wordpress.exports import export, post

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).parent / "fixtures"


def run(*arguments) -> str:
    out = StringIO()
    call_command("import_wordpress", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(*items: str, name: str = "export.xml", **options) -> Path:
        path = tmp_path / name
        path.write_bytes(export(*items, **options))
        return path

    return write


def test_the_ledger_says_in_plain_words_what_happened(file):
    path = file(
        post(1, title="Kitchen", categories=[("food", "Food")], tags=("soup",), comments=1),
        post(2, title="La cuisine", language="fr", status="private"),
        post(3, kind="attachment", language=None, status="inherit"),
        post(4, kind="page", title="About", body="Us.[gallery ids='1']"),
    )
    assert run(path).splitlines() == [
        "Import of “Harbour” (https://old.example.org), export version 1.2",
        "",
        "Found",
        "  2 posts, 1 page",
        "  Languages: English 2, French 1",
        "",
        "Imported",
        "  1 bulletin, 1 page",
        "  live 2",
        "  1 new topic: Food",
        "  5 old addresses lead here now",
        "",
        "Left out",
        "  Number 2 “La cuisine”: It is private.",
        "",
        "Could not be carried",
        "  Number 1 “Kitchen”: 1 comment",
        "  Number 4 “About”: gallery",
        "",
        "Not taken",
        "  Names, logins and addresses of authors",
        "  1 comment, and who wrote them",
        "  1 attachment: pictures and files stay on the old site",
        "  1 picture in the posts, which come with --media FOLDER",
        "  1 tag: soup 1",
    ]


def test_the_ledger_is_in_one_language(file):
    with override("fr"):
        told = run(file(post(1, title="A" * 300)))
    assert "is too long: 300 characters, 200 fit." in told
    assert "Languages: English 1" in told


def test_the_ledger_cannot_steer_a_terminal(file):
    told = run(file(post(1, title="a\u009b2Jb\u202ec", status="ar\u009bchived")))
    assert "Number 1 “a2Jbc”: Its status “archived” is not known here." in told


def test_the_ledger_can_be_read_by_a_program(file):
    told = json.loads(run(file(post(1), post(2, status="trash")), "--json"))
    assert told["imported"] == [
        {"model": "bulletin", "title": "Title 1", "languages": ["en"], "state": "live"}
    ]
    assert told["left_out"] == [{"number": 2, "title": "Title 2", "text": "It is in the bin."}]


def test_a_dry_run_says_so_and_writes_nothing(file):
    assert "Nothing was written." in run(file(post(1)), "--dry-run")
    assert not Bulletin.objects.exists()


def test_without_language_marks_the_option_is_asked_for(file):
    path = file(post(1, language=None))
    with pytest.raises(CommandError, match=r"^Nothing was imported\. .*--language en"):
        run(path)
    assert not Bulletin.objects.exists()
    run(path, "--language", "fr")
    assert Bulletin.objects.get().title_fr == "Title 1"


def test_a_language_that_the_site_does_not_have_is_refused(file):
    with pytest.raises(CommandError, match="invalid choice: 'es'"):
        run(file(post(1, language=None)), "--language", "es")


def test_several_files_come_together(file):
    link = '<a href="https://old.example.org/?p=2">x</a>'
    run(file(post(1, body=link), name="a.xml"), file(post(2), name="b.xml"))
    assert "ref:bulletins.bulletin/" in Bulletin.objects.get(title_en="Title 1").body_en


def test_files_of_two_sites_are_refused(file):
    other = file(post(2), name="b.xml", base="https://other.example.org")
    with pytest.raises(CommandError, match="come from two sites"):
        run(file(post(1), name="a.xml"), other)
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "truncated.xml",
        "not-xml.xml",
        "web-page.xml",
        "other.xml",
        "feed.xml",
        "wrong-encoding.xml",
        "hostile-laughs.xml",
        "hostile-xxe.xml",
        "hostile-external-dtd.xml",
        "no-such-file.xml",
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line_and_writes_nothing(file, name):
    good = file(post(1))
    with pytest.raises(CommandError, match=rf"^Nothing was imported\. .*{name}: [A-Z]"):
        run(good, FIXTURES / name, "--language", "en")
    assert not Bulletin.objects.exists()
