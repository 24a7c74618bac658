from __future__ import annotations

import pytest
from django.core.files.storage import storages

from core import images
from tests.pictures import factories


@pytest.fixture(params=["folders", "memory"])
def stores(request, settings, tmp_path):
    """Two storages of this test alone: in folders, and where nothing has a path."""
    if request.param == "memory":
        backend = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        default = private = backend
    else:
        backend = "django.core.files.storage.FileSystemStorage"
        default, private = (
            {"BACKEND": backend, "OPTIONS": {"location": tmp_path / name}}
            for name in ("media", "private")
        )
    settings.STORAGES = {**settings.STORAGES, "default": default, "private": private}
    return request.param


@pytest.fixture(autouse=True)
def _of_this_test_alone(request, settings, tmp_path):
    if "stores" not in request.fixturenames:
        backend = "django.core.files.storage.FileSystemStorage"
        settings.STORAGES = settings.STORAGES | {
            name: {"BACKEND": backend, "OPTIONS": {"location": tmp_path / name}}
            for name in ("default", "private")
        }


@pytest.fixture
def real_pipeline():
    """With the child process, as in life."""


@pytest.fixture(autouse=True)
def _pipeline(request, monkeypatch):
    """In place of the child process: nothing is drawn, and b"bad" is refused."""
    if "real_pipeline" in request.fixturenames:
        return

    def process(source, **options):
        if source.read() == b"bad":
            raise images.Refused("broken")
        return factories.processed(removed=["location", "camera"])

    def mask(master, regions):
        return factories.processed()

    monkeypatch.setattr(images, "process", process)
    monkeypatch.setattr(images, "mask", mask)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """What is done inside is committed: tests run in a transaction that never is."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def listed():
    """The names of all files in a storage: "default" is the public one."""

    def listed(name: str) -> list[str]:
        try:
            return sorted(storages[name].listdir("")[1])
        except FileNotFoundError:
            return []

    return listed
