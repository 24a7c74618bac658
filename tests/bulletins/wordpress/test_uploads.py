from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from bulletins.wordpress.uploads import NotFound, Uploads

HERE = "https://old.example.org/wp-content/uploads"


@pytest.fixture
def folder(tmp_path):
    """Make a folder with these files, each of which says its own name."""
    root = tmp_path / "uploads"

    def folder(*names: str) -> Path:
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(name)
        root.mkdir(exist_ok=True)
        return root

    return folder


def found(root: Path, address: str, **options) -> str:
    uploads = Uploads(root)
    with uploads.open(uploads.find(address, **options)) as file:
        return file.read().decode()


def reason(root: Path, address: str, **options) -> str:
    uploads = Uploads(root)
    with pytest.raises(NotFound) as refusal:
        uploads.open(uploads.find(address, **options))
    return str(refusal.value)


NOT_THERE = "It is not in the folder."


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("2015/08/march.jpg", f"{HERE}/2015/08/march.jpg"),
        ("2015/08/march.jpg", f"{HERE}/2015/08/march.jpg?w=300&h=200"),
        ("2015/08/march.jpg", f"{HERE}/2015/08/march-300x200.jpg"),
        ("2015/08/march.jpg", f"{HERE}/2015/08/march-scaled.jpg"),
        ("2015/08/march.jpg", f"{HERE}/2015/08/march-rotated-300x200.jpg"),
        ("2015/08/MARCH.JPG", f"{HERE}/2015/08/march-300x200.jpg"),
        ("2015/08/march.jpg", f"{HERE}/2015/08/March.JPG"),
        ("2015/08/march-e1439300000000.jpg", f"{HERE}/2015/08/march-e1439300000000-300x200.jpg"),
        ("uploads/2015/08/march.jpg", f"{HERE}/2015/08/march.jpg"),
        ("march.jpg", f"{HERE}/2015/08/march.jpg"),
        ("all of them/march.jpg", f"{HERE}/march.jpg"),
        ("2015/08/march.jpg", f"{HERE}/march.jpg"),
        ("2015/08/march.jpg", "2015/08/march.jpg"),
        ("2015/08/march.jpg", "//cdn.example.net/2015/08/march.jpg"),
        ("2015/08/a b?#.jpg", f"{HERE}/2015/08/a%20b%3F%23.jpg"),
        ("2015/08/été.jpg", f"{HERE}/2015/08/%C3%A9t%C3%A9.jpg"),
        (unicodedata.normalize("NFD", "2015/08/été.jpg"), f"{HERE}/2015/08/été.jpg"),
        ("2015/08/poster-300x200.jpg", f"{HERE}/2015/08/poster-300x200.jpg"),
        ("2015/08/-300x200.jpg", f"{HERE}/2015/08/-300x200.jpg"),
    ],
)
def test_a_file_is_found_by_its_name(folder, file, address):
    assert found(folder(file, "2015/08/other.jpg", "2016/01/marches.jpg"), address) == file


@pytest.mark.parametrize(
    ("files", "best"),
    [
        (["march-300x200.jpg", "march.jpg", "march-scaled.jpg"], "march.jpg"),
        (["march-300x200.jpg", "march-scaled.jpg"], "march-scaled.jpg"),
        (["march-300x200.jpg", "march-1024x683.jpg", "march-768x512.jpg"], "march-1024x683.jpg"),
        (["MARCH.jpg", "march.jpg"], "march.jpg"),
    ],
)
def test_the_largest_that_is_left_of_it_is_taken(folder, files, best):
    assert found(folder(*files), f"{HERE}/march-300x200.jpg") == best


@pytest.mark.parametrize("ending", ["", "-300x200", "-scaled"])
def test_what_was_cut_off_does_not_come_back(folder, ending):
    root = folder("2015/08/march.jpg", "2015/08/march-300x200.jpg")

    told = reason(root, f"{HERE}/2015/08/march{ending}-e1439300000000.jpg")

    assert told == "Only the picture as it was before it was edited is in the folder."


def test_the_month_tells_two_of_one_name_apart(folder):
    root = folder("2015/08/IMG_1.jpg", "2016/01/IMG_1.jpg", "IMG_1.jpg")

    assert found(root, f"{HERE}/2016/01/IMG_1.jpg") == "2016/01/IMG_1.jpg"


@pytest.mark.parametrize(
    ("files", "address", "why"),
    [
        (["march.jpg"], f"{HERE}/2015/08/april.jpg", NOT_THERE),
        (["march.jpg"], f"{HERE}/march.png", NOT_THERE),
        (["march.jpg"], f"{HERE}/march-1.jpg", NOT_THERE),
        (["march.jpg"], "", NOT_THERE),
        (["march.jpg"], "https://[broken/march.jpg", NOT_THERE),
        (["march"], f"{HERE}/march", NOT_THERE),
        (
            ["2016/01/IMG_1.jpg"],
            f"{HERE}/2015/08/IMG_1.jpg",
            "Only a file of another month has this name, in 2016/01.",
        ),
        (
            ["a/IMG_1.jpg", "b/IMG_1.jpg"],
            f"{HERE}/2015/08/IMG_1.jpg",
            "Several files have this name, in a, b.",
        ),
        (
            ["2015/08/IMG_1.jpg", "2016/01/IMG_1.jpg"],
            f"{HERE}/IMG_1.jpg",
            "Several files have this name, in 2015/08, 2016/01.",
        ),
        (
            ["sites/2/2015/08/IMG_1.jpg", "sites/3/2015/08/IMG_1.jpg"],
            f"{HERE}/2015/08/IMG_1.jpg",
            "Several files have this name, in sites/2/2015/08, sites/3/2015/08.",
        ),
        (
            ["IMG.jpg", "img.jpg"],
            f"{HERE}/Img.jpg",
            "Several files have this name, but for large and small letters.",
        ),
    ],
)
def test_a_file_that_cannot_be_told_is_not_taken(folder, files, address, why):
    assert reason(folder(*files), address) == why


def test_of_other_sites_only_what_lies_in_its_month_is_meant(folder):
    root = folder("logo.jpg", "2015/08/march.jpg")
    there = "https://elsewhere.example/2015/08"

    assert found(root, f"{there}/march.jpg", in_its_month=True) == "2015/08/march.jpg"
    for address in (f"{there}/logo.jpg", "https://elsewhere.example/logo.jpg"):
        assert reason(root, address, in_its_month=True) == "It stood on another site."


@pytest.mark.parametrize(
    "address",
    [
        "../secret.jpg",
        "/../secret.jpg",
        "2015/08/../../../secret.jpg",
        "..%2Fsecret.jpg",
        "..%5Csecret.jpg",
        "..\\secret.jpg",
        "file:///{outside}/secret.jpg",
        "{outside}/secret.jpg",
        f"{HERE}/{{outside}}/secret.jpg",
        "secret.jpg%00.jpg",
        "..",
        "/",
    ],
)
def test_an_address_is_never_a_path(folder, tmp_path, address):
    root = folder("2015/08/march.jpg")
    (tmp_path / "secret.jpg").write_text("secret")

    assert reason(root, address.format(outside=tmp_path)) == NOT_THERE


def test_a_link_that_leads_out_of_the_folder_is_refused(folder, tmp_path):
    root = folder("2015/08/march.jpg")
    (tmp_path / "secret.jpg").write_text("secret")
    (root / "secret.jpg").symlink_to(tmp_path / "secret.jpg")
    (root / "gone.jpg").symlink_to(tmp_path / "gone.jpg")
    (root / "inside.jpg").symlink_to(root / "2015/08/march.jpg")

    assert reason(root, "secret.jpg") == "It is a link that leads out of the folder."
    assert reason(root, "gone.jpg") == "It cannot be opened: No such file or directory."
    assert found(root, "inside.jpg") == "2015/08/march.jpg"


def test_a_folder_that_is_a_link_is_passed_over(folder, tmp_path):
    root = folder("2015/08/march.jpg")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "secret.jpg").write_text("secret")
    (root / "more").symlink_to(tmp_path / "more")
    (root / "circle").symlink_to(root)

    assert reason(root, "secret.jpg") == NOT_THERE
    assert found(root, "march.jpg") == "2015/08/march.jpg"


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    root = folder("march.jpg")
    (tmp_path / "link").symlink_to(root)

    assert found(tmp_path / "link", "march.jpg") == "march.jpg"


def test_what_is_no_file_is_not_waited_for(folder):
    root = folder()
    os.mkfifo(root / "march.jpg")

    assert reason(root, "march.jpg") == "It is no file."


def test_a_folder_whose_name_is_no_text_can_be_told(folder):
    root = folder("a/march.jpg")
    odd = os.fsencode(root) + b"/\xff"
    os.mkdir(odd)
    Path(os.fsdecode(odd), "march.jpg").write_text("odd")

    assert reason(root, "march.jpg") == "Several files have this name, in a, ?."


@pytest.mark.parametrize("name", ["nothing", "march.jpg"])
def test_there_has_to_be_such_a_folder(folder, name):
    with pytest.raises(NotADirectoryError, match=name):
        Uploads(folder("march.jpg") / name)
