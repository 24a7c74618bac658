"""The process in which pictures are decoded: what it may do, and what happens when it fails."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core import images
from core.imaging import runner
from core.imaging.terms import Limits
from tests.core.image_files import SECRET, exif, noise, saved, scene

ROOT = Path(__file__).parent.parent.parent
TRIES = """
import ctypes, json, mmap, os, resource, socket, subprocess, sys, tempfile, threading
sys.path.insert(0, {root!r})
from core.imaging import child
from core.imaging.terms import Limits

def refused(act):
    try:
        act()
    except (OSError, MemoryError, subprocess.SubprocessError) as error:
        return type(error).__name__
    return "done"

child._shut_in(Limits())
print(json.dumps({{
    "read a file": refused(lambda: open("/etc/hostname")),
    "write a file": refused(lambda: open({folder!r} + "/written", "w")),
    "make a temporary file": refused(tempfile.TemporaryFile),
    "reach the network": refused(socket.socket),
    "run a program": refused(lambda: subprocess.run(["true"])),
    "see a folder": refused(lambda: os.listdir("/")),
    "take memory": refused(lambda: bytearray(400_000_000)),
    "be dumped": resource.getrlimit(resource.RLIMIT_CORE)[0],
    "compute": refused(lambda: sum(range(1000))),
}}))
"""


def test_the_child_can_open_nothing_and_reach_nobody(tmp_path):
    code = TRIES.format(root=str(ROOT), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == {
        "read a file": "OSError",
        "write a file": "OSError",
        "make a temporary file": "FileNotFoundError",
        "reach the network": "OSError",
        "run a program": "OSError",
        "see a folder": "OSError",
        "take memory": "MemoryError",
        "be dumped": 0,
        "compute": "done",
    }


def child_that(monkeypatch, tmp_path, code: str):
    """Another program in the child's place."""
    path = tmp_path / "child.py"
    path.write_text(code)
    monkeypatch.setattr(runner, "CHILD", path)


def refusal(limits: Limits | None = None) -> images.Refused:
    with pytest.raises(images.Refused) as refused:
        images.process(io.BytesIO(saved(scene(40, 30), "JPEG")), limits=limits)
    return refused.value


def test_the_child_gets_nothing_but_the_file(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_OF_THE_SERVER", SECRET)
    report = tmp_path / "report.json"
    secret = os.open(ROOT / "manage.py", os.O_RDONLY)
    os.set_inheritable(secret, True)
    child_that(
        monkeypatch,
        tmp_path,
        f"""
import json, os, sys
json.dump(
    {{
        "environment": sorted(os.environ),
        "folder": os.getcwd(),
        "files": [n for n in range(3, 200) if os.path.exists(f"/proc/self/fd/{{n}}")],
        "isolated": sys.flags.isolated,
    }},
    open({str(report)!r}, "w"),
)
""",
    )

    try:
        refusal()
    finally:
        os.close(secret)

    told = json.loads(report.read_text())
    # Python sets LC_CTYPE itself, where it is told no language.
    assert set(told["environment"]) <= {"MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert (told["folder"], told["isolated"]) == ("/", 1)
    # The file that it writes its report into is the first that it opened itself.
    assert told["files"] in ([], [3])


def test_neither_the_file_nor_the_answer_ever_has_a_name():
    with runner.unnamed_file() as file:
        assert os.fstat(file.fileno()).st_nlink == 0


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import time; time.sleep(60)", "slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("import os; os.abort()", "broken"),
        ("raise SystemExit(1)", "broken"),
        ("", "broken"),
    ],
)
def test_a_child_that_fails_is_a_refusal(code, reason, monkeypatch, tmp_path):
    child_that(monkeypatch, tmp_path, code)

    assert refusal(Limits(seconds=2)).code == reason


def test_a_child_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    mark = tmp_path / "pid"
    child_that(
        monkeypatch,
        tmp_path,
        f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)",
    )
    started = time.monotonic()

    assert refusal(Limits(seconds=1)).code == "slow"

    assert time.monotonic() - started < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)


def test_a_child_that_computes_too_long_is_ended():
    file = io.BytesIO(saved(noise(1600, 1200), "PNG", compress_level=1))

    with pytest.raises(images.Refused, match="took too long"):
        images.process(file, limits=Limits(cpu_seconds=1))


JPEG_HEAD = b"\xff\xd8\xff\xe0"
GOOD = {
    "width": 40,
    "height": 30,
    "has_alpha": False,
    "master_format": "jpeg",
    "removed": [],
    "renditions": [[40, 30, "jpeg"]],
    "sizes": [4, 4],
}


def answer(facts: object, *files: bytes) -> bytes:
    head = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    return len(head).to_bytes(4) + head + b"".join(files)


def answering(monkeypatch, tmp_path, data: bytes):
    (tmp_path / "answer").write_bytes(data)
    code = f"import sys; sys.stdout.buffer.write(open({str(tmp_path / 'answer')!r}, 'rb').read())"
    child_that(monkeypatch, tmp_path, code)


def test_an_answer_is_believed_where_it_holds_together(monkeypatch, tmp_path):
    answering(monkeypatch, tmp_path, answer(GOOD, JPEG_HEAD, JPEG_HEAD))

    done = images.process(io.BytesIO(saved(scene(40, 30), "JPEG")))

    assert (done.master, done.renditions[0].data) == (JPEG_HEAD, JPEG_HEAD)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        b"\xff\xff\xff\xff",
        answer(b"{"),
        answer(b"[" * 60_000),
        answer([]),
        answer("text"),
        answer({}),
        answer(GOOD),
        answer(GOOD, JPEG_HEAD),
        answer(GOOD, JPEG_HEAD, b"<svg"),
        answer(GOOD, b"<htm", JPEG_HEAD),
        answer({**GOOD, "sizes": [-4, 4]}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "sizes": [4, 10**12]}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "sizes": ["4", 4]}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "width": 0}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "width": "40"}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "master_format": "svg"}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "renditions": [[40, 30, "../../x"]]}, JPEG_HEAD, JPEG_HEAD),
        answer({**GOOD, "renditions": []}, JPEG_HEAD, JPEG_HEAD),
        answer({"unfit": "pixels", "facts": {"millions": {}}, "sizes": []}),
        answer({"unfit": ["x"], "facts": [], "sizes": []}),
    ],
)
def test_nonsense_is_not_believed(data, monkeypatch, tmp_path):
    answering(monkeypatch, tmp_path, data)

    assert str(refusal()).startswith("This picture is damaged or incomplete.")


def test_codes_that_nobody_knows_are_not_passed_on(monkeypatch, tmp_path):
    facts = {**GOOD, "removed": ["location", "<script>", "camera"]}
    answering(monkeypatch, tmp_path, answer(facts, JPEG_HEAD, JPEG_HEAD))

    done = images.process(io.BytesIO(saved(scene(40, 30), "JPEG")))

    assert done.removed == ["location", "camera"]


def test_an_answer_without_end_is_cut_off(monkeypatch, tmp_path):
    answering(monkeypatch, tmp_path, answer(GOOD, JPEG_HEAD, JPEG_HEAD) + bytes(3_000_000))

    assert refusal(Limits(answer_size=2_000_000)).code == "broken"


def test_what_went_wrong_is_logged_without_a_word_of_the_file(monkeypatch, tmp_path, caplog):
    child_that(monkeypatch, tmp_path, "import os; os.abort()")
    data = saved(scene(40, 30), "JPEG", exif=exif(main={0x010F: SECRET}), comment=SECRET)
    file = io.BytesIO(data)
    file.name = f"{SECRET}.jpg"

    with pytest.raises(images.Refused):
        images.process(file)

    assert [record.message for record in caplog.records] == [
        "The decoding of a JPEG picture ended with status -6."
    ]


def test_no_more_children_run_at_once_than_memory_is_for(monkeypatch, tmp_path):
    child_that(monkeypatch, tmp_path, "import time; time.sleep(1)")
    monkeypatch.setattr(runner, "_PATIENCE", 0.05)
    codes = []

    def one():
        codes.append(refusal().code)

    threads = [threading.Thread(target=one) for _ in range(runner.AT_ONCE + 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == ["broken"] * runner.AT_ONCE + ["busy"] * 2


def test_a_turn_is_given_back_after_a_failure(monkeypatch, tmp_path):
    monkeypatch.setattr(runner, "_PATIENCE", 0.05)
    for _ in range(runner.AT_ONCE + 2):
        with pytest.raises(images.Refused, match="damaged"):
            images.process(io.BytesIO(b"\xff\xd8\xff"))

    assert images.process(io.BytesIO(saved(scene(40, 30), "JPEG"))).width == 40
