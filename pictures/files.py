"""The files of pictures, in both storages, in step with the database.

Private storage holds every picture, whoever may see it; public storage copies of what readers may
see now, and nothing else. Only Django's storage API is used, so that a setting may put either
elsewhere. A database rolls back and a storage does not, so every step is taken in that order in
which a crash leaves too few public files (they are copied again when asked for) or too many private
ones (`check_pictures` finds them), never the reverse.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction


def private() -> Storage:
    return storages["private"]


def public() -> Storage:
    return storages["default"]


def keep(new: dict[str, bytes]):
    """Write new files into private storage. They are gone again unless the transaction commits.

    Raises whatever the storage does; then, too, none of them stays.
    """
    written: list[str] = []
    _delete_on_rollback(written)
    for name, data in new.items():
        # Before, not after: a file that is half written is one that has to go.
        written.append(name)
        if private().save(name, ContentFile(data)) != name:
            raise FileExistsError(f"{name} is in private storage already.")


def forget(names: Iterable[str]):
    """Delete private files once the transaction has committed: until then a row needs them."""
    names = list(names)
    transaction.on_commit(lambda: _delete(private(), names), robust=True)


def copy_out(names: dict[str, int]):
    """Copy private files (name → size) into public storage, where they are not there already."""
    for name, size in names.items():
        if is_whole(public(), name, size):
            continue
        public().delete(name)
        with private().open(name) as file:
            data = file.read()
        public().save(name, ContentFile(data))


def take_back(names: Iterable[str]):
    """Delete public files at once. Should the transaction roll back, they are copied again when
    somebody asks for them."""
    _delete(public(), names)


def is_whole(storage: Storage, name: str, size: int) -> bool:
    """Whether a file is there, and as long as it should be: a crash may leave half of one."""
    return storage.exists(name) and storage.size(name) == size


def _delete(storage: Storage, names: Iterable[str]):
    for name in names:
        storage.delete(name)


class _Pending:
    """Held by nothing but the list of what is done on commit."""


def _delete_on_rollback(names: list[str]):
    # Django tells nobody of a rollback: it drops what was to be done on commit, and with it the
    # last reference to this object.
    pending = _Pending()
    undo = weakref.finalize(pending, _delete, private(), names)
    # At the end of the process nobody knows whether it was committed.
    undo.atexit = False
    transaction.on_commit(lambda pending=pending: undo.detach())
    # The first of them: one before it that fails would end the others unheard.
    waiting = transaction.get_connection().run_on_commit
    waiting.insert(0, waiting.pop())
