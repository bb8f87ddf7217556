"""The templates are found wherever the package runs from: a checkout, an editable install, a wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.style import ROOT

FIND = "from slachain.render.templates import template_folder as f; print((f() / 'report.html.j2').is_file(), f())"


def run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_in_a_checkout() -> None:
    assert run(sys.executable, "-c", FIND).startswith("True")


def test_version_is_told_once() -> None:
    assert "version = attr: slachain.__version__" in (ROOT / "setup.cfg").read_text()


def test_every_package_is_in_setup_cfg() -> None:
    listed = (ROOT / "setup.cfg").read_text()
    packages = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in (ROOT / "slachain").rglob("__init__.py")}
    assert not {name for name in packages if f"    {name}\n" not in listed}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of a clean copy, built with the setuptools that the tests have."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in tracked:
        if name.startswith(("slachain/", "templates/", "setup.cfg", "pyproject.toml", "README.md")) and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=copy)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_in_a_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert run(sys.executable, "-c", FIND, cwd=tmp_path).split() == ["True", str(tmp_path / "slachain" / "templates")]
    assert run(sys.executable, "-m", "slachain", "init", "mine", cwd=tmp_path).startswith("wrote mine/")
    assert (tmp_path / "slachain" / "py.typed").exists()


@pytest.mark.slow
def test_in_an_editable_install(tmp_path: Path) -> None:
    """Installed into a folder of its own, without its dependencies, which the tests' environment lends."""
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--target",
        str(tmp_path),
        "--editable",
        str(ROOT),
    )
    program = f"import site; site.addsitedir({str(tmp_path)!r}); {FIND}"
    assert run(sys.executable, "-c", program, cwd=tmp_path).split() == ["True", str(ROOT / "templates")]
