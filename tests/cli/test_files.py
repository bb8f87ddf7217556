"""Which files are read, in full, and as what they are shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slachain.cli import files
from slachain.cli.files import gather


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (".", ["inner/b.yml"]),
        ("inner", ["inner/b.yml"]),
        ("..", ["../a.yaml", "inner/b.yml"]),
        ("../here/inner/", ["inner/b.yml"]),
        ("../a.yaml", ["../a.yaml"]),
    ],
)
def test_a_file_is_shown_from_the_working_folder_whatever_way_leads_to_it(
    given: str, names: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "here" / "inner").mkdir(parents=True)
    (folder / "here" / ".hidden").mkdir()
    for name in ("a.yaml", "here/inner/b.yml", "here/inner/.c.yaml", "here/.hidden/d.yaml", "here/e.txt"):
        (folder / name).write_text("agreements: {}\n")
    monkeypatch.chdir(folder / "here")
    assert list(gather((given,)).files) == list(gather((str(Path(given).resolve()),)).files) == names


@pytest.mark.parametrize("more", [-1, 0, 1, files.AT_ONCE])
def test_a_file_of_any_length_is_read_to_its_end(more: int, folder: Path) -> None:
    content = os.urandom(files.AT_ONCE + more)
    (folder / "a.yaml").write_bytes(content)
    assert gather((".",)).files == {"a.yaml": content}


def test_a_file_may_be_as_large_as_the_largest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 20_000)
    (folder / "a.yaml").write_bytes(b"#" * 20_000)
    (folder / "b.yaml").write_bytes(b"#" * 20_001)
    found = gather((".",))
    assert found.files == {"a.yaml": b"#" * 20_000}
    assert [finding.message for finding in found.findings] == ["b.yaml cannot be read: it is larger than 0 MB"]


def test_what_is_no_regular_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "a.yaml")
    (folder / "b.yaml").symlink_to("a.yaml")
    (folder / "c.yaml").symlink_to("nowhere")
    (folder / "d.yaml").symlink_to("e.yaml")
    (folder / "e.yaml").write_text("agreements: {}\n")
    found = gather((".",))
    assert list(found.files) == ["d.yaml", "e.yaml"]
    assert [finding.message.partition(": ")[2] for finding in found.findings] == [
        "it is no regular file",
        "it is no regular file",
        "no such file or directory",
    ]
