"""Files added, handed out, removed, enciphered anew, checked and tidied: real files, real rows, a real scanner."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from gongkai.agencies.rights import NotAllowed
from gongkai.audit.models import Entry
from gongkai.files import store
from gongkai.files.actions.adding import Marked, NeedsConfirming, NotTaken, add_file, examine
from gongkai.files.actions.keeping import check, tidy
from gongkai.files.actions.removing import remove_file
from gongkai.files.keys import kept_keys
from gongkai.files.models import StoredFile
from gongkai.files.names import clean_name
from gongkai.files.queries import content_of, files_of_owner
from tests.cast import SYSTEM, Cast
from tests.files import offered

TEXT = "关于某事的通知。".encode() * 20_000


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> Path:
    """A store of the test's own, with a key file."""
    settings.FILES_DIR = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "arriving")
    for name in ("files", "arriving"):
        (tmp_path / name).mkdir(mode=0o700)
    settings.FILE_KEYS_FILE = tmp_path / "file-keys"
    settings.FILE_KEYS = kept_keys(settings.FILE_KEYS_FILE)
    return tmp_path


def add(cast: Cast, name: str = "通知.txt", content: bytes = TEXT, **more: Any) -> StoredFile:
    return add_file(by=cast.actor("clerk"), agency=cast.agency, upload=offered.offer(name, content), **more)


def on_disk() -> list[Path]:
    return [path for path, _ in store.paths()]


def test_a_file_is_kept_enciphered_under_its_number_alone(cast: Cast, own_store: Path) -> None:
    file = add(cast)
    (path,) = on_disk()
    assert path.relative_to(own_store / "files").parts == (file.pk.hex[:2], file.pk.hex[2:4], file.pk.hex)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {
        stat.S_IMODE(p.stat().st_mode) for p in path.parents if p.is_relative_to(own_store / "files")
    } == {0o700}
    raw = path.read_bytes()
    assert "通知".encode() not in raw
    assert b"txt" not in raw
    assert b"".join(content_of(file)) == TEXT
    done = subprocess.run(["openssl", "dgst", "-sm3"], input=TEXT, capture_output=True, check=True)
    assert file.digest == done.stdout.decode().split()[-1]
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.result, entry.object_id) == ("file.add", "done", str(file.pk))
    assert list(Path(own_store / "arriving").iterdir()) == []


@pytest.mark.parametrize("on_disk_before", [False, True])
def test_an_upload_comes_from_memory_or_from_disk(cast: Cast, on_disk_before: bool) -> None:
    upload = offered.offer("a.docx", offered.word("通知"), on_disk=on_disk_before)
    file = add_file(by=cast.actor("clerk"), agency=cast.agency, upload=upload)
    assert (file.ending, file.size) == ("docx", upload.size)


def test_who_may_not_add_is_refused_before_anything_is_read(cast: Cast) -> None:
    for who in ("neighbour", "supervisor", "sysadmin", "nobody", "anonymous"):
        with pytest.raises(NotAllowed):
            add_file(by=cast.actor(who), agency=cast.agency, upload=offered.offer("a.txt", TEXT))
    with pytest.raises(NotAllowed):
        add_file(
            by=cast.actor("drafter"),
            agency=cast.agency,
            section=cast.other_section,
            upload=offered.offer("a.txt", TEXT),
        )
    assert on_disk() == []


def test_size_count_and_name_are_limited(cast: Cast, settings: Any) -> None:
    settings.FILE_MAX_MB, settings.FILE_MAX_COUNT = 1, 2
    with pytest.raises(NotTaken, match="文件超过 1 MB"):
        add(cast, content=b"x" * (1024 * 1024 + 1))
    with pytest.raises(NotTaken, match="文件是空的"):
        add(cast, content=b"")
    with pytest.raises(NotTaken, match=r"不能上传 \.exe 文件"):
        add(cast, name="a.txt.exe")
    for n in range(2):
        add(cast, name=f"{n}.txt", owner=cast.work)
    with pytest.raises(NotTaken, match="最多放 2 个文件"):
        add(cast, owner=cast.work)
    assert [f.name for f in files_of_owner(cast.work)] == ["0.txt", "1.txt"]
    assert len(on_disk()) == 2
    add(cast, owner=cast.draft)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\机关\\通知.DOCX", "通知.docx"),
        ("通知\u202etxt.exe", "通知txt.exe"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("  ..  .txt", "未命名.txt"),
        ("", "未命名"),
        ("con.txt", "_con.txt"),
        ('<img src=x onerror="1">.txt', "img src=x onerror=1.txt"),
        ("好" * 300 + ".pdf", "好" * 116 + ".pdf"),
        ("é.txt", "é.txt"),
    ],
)
def test_names_are_cleaned(given: str, shown: str) -> None:
    assert clean_name(given) == shown
    assert clean_name(shown) == shown


def test_a_marked_file_is_refused_wiped_and_written_down_without_its_name(cast: Cast) -> None:
    upload = offered.offer("某某计划.txt", "机密★10年\n某某计划".encode(), on_disk=True)
    with pytest.raises(Marked, match="机密★10年"):
        add_file(by=cast.actor("clerk"), agency=cast.agency, upload=upload)
    assert on_disk() == []
    assert not Path(upload.temporary_file_path()).read_bytes().strip(b"\0")
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.result, entry.person_name) == ("file.add", "refused", cast.clerk.name)
    assert "机密★10年" in entry.detail
    assert "某某计划" not in entry.detail + entry.object_name


def test_what_cannot_be_searched_waits_for_a_persons_word(cast: Cast) -> None:
    with pytest.raises(NeedsConfirming, match=r"未能检查密级标志：图片里的文字.*请人工确认"):
        add(cast, "a.png", offered.picture())
    file = add(cast, "a.png", offered.picture(), confirmed=True)
    assert (file.marks_note, file.confirmed_by) == ("未能检查密级标志：图片里的文字", cast.clerk.name)
    assert "confirmed" in Entry.objects.latest("number").detail
    assert add(cast, confirmed=True).confirmed_by == ""


def test_a_word_does_not_let_a_mark_through(cast: Cast) -> None:
    with pytest.raises(Marked):
        add(cast, content="秘密★".encode(), confirmed=True)


def test_an_act_that_fails_leaves_no_row_and_its_content_is_cleared_away(cast: Cast) -> None:
    judged = examine(by=cast.actor("clerk"), agency=cast.agency, upload=offered.offer("a.txt", TEXT))

    def fail_halfway() -> None:
        with transaction.atomic():
            add_file(by=cast.actor("clerk"), agency=cast.agency, upload=judged)
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        fail_halfway()
    assert StoredFile.objects.count() == 0
    assert [p.name for p in check().strays] == [p.name for p in on_disk()]
    assert tidy(by=SYSTEM) == 0
    assert tidy(by=SYSTEM, now=time.time() + 2 * store.DAY) == 1
    assert on_disk() == []


def test_tidy_leaves_what_is_somebodys(cast: Cast, own_store: Path) -> None:
    file = add(cast)
    (own_store / "arriving" / "left.upload").write_bytes(b"x")
    (own_store / "files" / "half.part").write_bytes(b"x")
    assert tidy(by=SYSTEM, now=time.time() + 2 * store.DAY) == 2
    assert b"".join(content_of(file)) == TEXT
    assert Entry.objects.latest("number").act == "file.tidy"
    with pytest.raises(NotAllowed):
        tidy(by=cast.actor("sysadmin"))


@pytest.mark.django_db(transaction=True)
def test_removal_destroys_the_content_and_keeps_the_row(cast: Cast) -> None:
    file = add(cast)
    (path,) = on_disk()
    kept = path.with_name("kept")
    os.link(path, kept)
    with pytest.raises(NotAllowed):
        remove_file(file, by=cast.actor("drafter"))
    remove_file(file, by=cast.actor("clerk"), reason="传错了")
    assert file.removed_at is not None
    assert not path.exists()
    # Even who held on to the disk's blocks has lost the head without which no key can be made.
    shutil.move(kept, path)
    with pytest.raises(store.Sealed):
        list(store.open_content(file.pk, file.size))
    assert check().removed == [file.pk]
    assert "传错了" in Entry.objects.latest("number").detail


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_rolled_back_keeps_the_content(cast: Cast) -> None:
    file = add(cast)

    def fail_halfway() -> None:
        with transaction.atomic():
            remove_file(file, by=cast.actor("clerk"))
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        fail_halfway()
    assert b"".join(content_of(file)) == TEXT


# ---- handing out


def url_of(file: StoredFile, agency: str = "xtxsfj") -> str:
    return reverse("desk:file", args=[agency, file.pk])


def test_a_file_is_handed_out_as_it_came_and_written_down(cast: Cast) -> None:
    file = add(cast, "关于 某事;的\u202e通知.txt")
    answer = cast.browse("clerk").get(url_of(file))
    assert answer.streaming
    assert answer.getvalue() == TEXT
    assert answer["Content-Length"] == str(len(TEXT))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%85%B3")
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.person_name, entry.object_id) == ("file.read", cast.clerk.name, str(file.pk))


def test_a_refused_download_is_written_down_and_hands_out_nothing(cast: Cast) -> None:
    file = add(cast)
    answer = cast.browse("drafter").get(url_of(file))
    assert answer.status_code == 403
    assert TEXT not in b"".join(answer)
    assert Entry.objects.latest("number").result == "refused"
    assert cast.browse("neighbour").get(url_of(file, "sample-office")).status_code == 404
    assert cast.browse("clerk").get(reverse("desk:file", args=["xtxsfj", uuid.uuid4()])).status_code == 404


def test_a_section_reads_its_own_files_only(cast: Cast) -> None:
    file = add(cast, section=cast.other_section)
    assert cast.browse("section_head").get(url_of(file)).status_code == 403
    assert cast.browse("ogi_head").get(url_of(file)).status_code == 200


def test_a_successor_reads_the_files_of_its_predecessor(cast: Cast) -> None:
    file = add_file(by=cast.actor("neighbour"), agency=cast.other, upload=offered.offer("a.txt", TEXT))
    assert cast.browse("clerk").get(url_of(file)).status_code == 404
    type(cast.other).objects.filter(pk=cast.other.pk).update(ended_on="2025-01-01", successor=cast.agency)
    assert cast.browse("clerk").get(url_of(file)).status_code == 200


def test_a_damaged_or_lost_file_says_so_instead_of_being_handed_out(cast: Cast) -> None:
    file = add(cast)
    (path,) = on_disk()
    raw = path.read_bytes()
    changed = bytes([raw[100] ^ 1])
    for bad in (raw[:-1], raw[:70_000], b"x" + raw[1:], raw[:100] + changed + raw[101:], b""):
        path.write_bytes(bad)
        answer = cast.browse("clerk").get(url_of(file))
        assert answer.status_code == 500
        assert "文件打不开" in answer.content.decode()
    path.unlink()
    assert cast.browse("clerk").get(url_of(file)).status_code == 500
    other = add(cast)
    remove_file(other, by=cast.actor("clerk"))
    assert cast.browse("clerk").get(url_of(other)).status_code == 404


def test_content_taken_from_another_file_is_not_handed_out(cast: Cast) -> None:
    one, two = add(cast), add(cast)
    shutil.copy(store.path_of(one.pk), store.path_of(two.pk))
    assert cast.browse("clerk").get(url_of(two)).status_code == 500
    assert [(number, name) for number, name, _ in check().damaged] == [(two.pk, two.name)]
