from __future__ import annotations

import io
import os
import tempfile

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import JsonResponse
from django.test import RequestFactory
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import urlpatterns as site
from core import images, uploads
from tests.core.image_files import SECRET, saved, scene


class Form(forms.Form):
    file = forms.FileField()


@csrf_exempt
def receive(request):
    """What a view is given: the fields, and of each file what can be known."""
    return JsonResponse(
        {
            "fields": request.POST.dict(),
            "files": [
                {
                    "name": file.name,
                    "size": file.size,
                    "length": len(file.read()),
                    "links": os.fstat(file.fileno()).st_nlink,
                    "refused": refusal(file),
                }
                for file in request.FILES.getlist("file")
            ],
            "errors": Form(request.POST, request.FILES).errors,
        }
    )


def refusal(file) -> str:
    try:
        images.process(file)
    except images.Refused as refused:
        return str(refused)
    return ""


# Inside: elsewhere nobody is known.
URL = "/admin/receive/"
urlpatterns = [path(URL[1:], receive), *site]


@pytest.fixture
def post(client, django_user_model, settings):
    """Posts files as a person who is logged in; gives what the view saw."""
    settings.ROOT_URLCONF = __name__
    client.force_login(django_user_model.objects.create_user("editor"))

    def posted(*files: bytes, **fields) -> dict:
        uploaded = [SimpleUploadedFile(f"{n}.jpg", file) for n, file in enumerate(files)]
        response = client.post(URL, {"words": "kept", "file": uploaded, **fields})
        assert response.status_code == 200
        return response.json()

    return posted


def test_it_is_the_only_handler_of_the_site():
    assert settings.FILE_UPLOAD_HANDLERS == ["core.uploads.UnnamedUploadHandler"]


@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
@pytest.mark.django_db
def test_a_file_arrives_whole_and_without_a_name_on_a_disk(post, size):
    (file,) = post(b"x" * size)["files"]

    assert (file["name"], file["size"], file["length"], file["links"]) == ("0.jpg", size, size, 0)


@pytest.mark.django_db
def test_no_folder_ever_holds_an_upload(post, tmp_path, monkeypatch, settings):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    before = os.stat(tmp_path).st_mtime_ns

    post(saved(scene(), "PNG", compress_level=0) + bytes(5_000_000))

    # The time of a folder tells also of what was made in it and is gone again.
    assert (os.listdir(tmp_path), os.stat(tmp_path).st_mtime_ns) == ([], before)


@pytest.mark.django_db
def test_a_picture_is_processed_from_its_upload(post):
    assert post(saved(scene(), "JPEG"))["files"][0]["refused"] == ""


@pytest.mark.django_db
def test_several_files_arrive_side_by_side(post):
    files = post(b"a" * 5, b"b" * 70_000, b"c")["files"]

    assert [(file["name"], file["length"]) for file in files] == [
        ("0.jpg", 5),
        ("1.jpg", 70_000),
        ("2.jpg", 1),
    ]


# Limits ---------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(uploads, "FILE_LIMIT", 2_000_000)
    monkeypatch.setattr(uploads, "REQUEST_LIMIT", 5_000_000)
    monkeypatch.setattr(uploads, "HOPELESS", 9_000_000)


@pytest.mark.django_db
def test_the_largest_file_is_taken(post, small):
    (file,) = post(bytes(2_000_000))["files"]

    assert file["size"] == 2_000_000


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_dropped_and_says_so(post, small):
    seen = post(bytes(2_000_001), saved(scene(), "JPEG"))
    large, other = seen["files"]

    assert (large["size"], large["length"]) == (0, 0)
    assert large["refused"] == (
        "This file is larger than 2 MB. Save the picture smaller, and add it again."
    )
    assert (other["refused"], seen["fields"]) == ("", {"words": "kept"})


@pytest.mark.django_db
def test_a_field_that_knows_nothing_of_pictures_refuses_it_too(post, small):
    assert post(bytes(2_000_001))["errors"] == {"file": ["The submitted file is empty."]}


@pytest.mark.django_db
def test_files_that_are_too_large_together_are_dropped_from_there_on(post, small):
    files = post(bytes(1_900_000), bytes(1_900_000), bytes(1_900_000))["files"]

    assert [file["size"] for file in files] == [1_900_000, 1_900_000, 0]
    assert files[2]["refused"] == (
        "These files are larger than 5 MB together. Add fewer pictures at a time."
    )


@pytest.mark.django_db
def test_a_request_without_end_is_not_read(post, small):
    assert post(bytes(9_000_001)) == {
        "fields": {},
        "files": [],
        "errors": {"file": ["This field is required."]},
    }


def test_the_limits_are_those_of_pictures():
    assert (uploads.FILE_LIMIT, uploads.REQUEST_LIMIT) == (25_000_000, 100_000_000)


# Strangers ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_of_a_stranger_is_kept(client, settings):
    settings.ROOT_URLCONF = __name__
    upload = SimpleUploadedFile("a.jpg", saved(scene(), "JPEG"))

    seen = client.post(URL, {"file": upload, "words": "kept"}).json()

    assert seen["fields"] == {"words": "kept"}
    assert seen["files"][0]["length"] == 0
    assert seen["files"][0]["refused"] == (
        "You are not logged in any more. Log in, and add the picture again."
    )


# Ends -----------------------------------------------------------------------------------------


def handler_of(rf=RequestFactory()) -> uploads.UnnamedUploadHandler:  # noqa: B008
    return uploads.UnnamedUploadHandler(rf.post("/"))


def test_an_upload_that_breaks_off_leaves_no_open_file():
    handler = handler_of()
    handler.new_file("file", "a.jpg", "image/jpeg", None)
    handler.receive_data_chunk(SECRET.encode(), 0)
    file = handler.file

    handler.upload_interrupted()

    assert file.closed


def test_a_dropped_file_holds_no_memory(monkeypatch):
    monkeypatch.setattr(uploads, "FILE_LIMIT", 100_000)
    handler = handler_of()
    handler.new_file("file", "a.jpg", "image/jpeg", None)
    for start in range(0, 300_000, 50_000):
        handler.receive_data_chunk(bytes(50_000), start)
    upload = handler.file_complete(300_000)

    assert os.fstat(upload.fileno()).st_size == 0


def test_the_end_of_a_request_closes_its_files(rf):
    upload = SimpleUploadedFile("a.jpg", b"x" * 10)
    request = rf.post("/", {"file": upload})
    request.upload_handlers = [uploads.UnnamedUploadHandler(request)]
    file = request.FILES["file"]

    request.close()

    assert file.closed


def test_a_body_that_ends_early_breaks_nothing(rf):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\nabc'
    request = rf.generic("POST", "/", body, content_type="multipart/form-data; boundary=x")
    request.upload_handlers = [uploads.UnnamedUploadHandler(request)]

    assert [file.size for file in request.FILES.values()] in ([], [3])


def test_an_upload_can_be_read_in_pieces_and_again():
    handler = handler_of()
    handler.new_file("file", "a.jpg", "image/jpeg", None)
    handler.receive_data_chunk(b"abc" * 50_000, 0)
    upload = handler.file_complete(150_000)

    assert b"".join(upload.chunks()) == b"".join(upload.chunks()) == b"abc" * 50_000
    assert io.BufferedRandom is type(upload.file)
