"""How a mutant gets into the program: into what is loaded, function by function, or anew when what is changed ran at import."""

from __future__ import annotations

import gc
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import CodeType, FunctionType, ModuleType

from tests.mutants.places import ROOT, Mutant, essence, text

Caches = list["_lru_cache_wrapper[object]"]
Live = dict[tuple[str, str, int], list[FunctionType]]  # by file, qualified name and first line


def live_functions() -> Live:
    """All functions of the program that are loaded."""
    found: Live = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(ROOT / "slachain")):
            code = one.__code__
            found.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(one)
    return found


def caches() -> Caches:
    """Where the program keeps earlier answers."""
    return [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper) and str(one.__module__).startswith("slachain")]


def plant(mutant: Mutant, changed: CodeType, live: Live) -> None:
    """Give each loaded function that the mutant changes its new code."""
    file = str(ROOT / mutant.path)
    before = compile(text(mutant.path), file, "exec")
    for old, new in zip(functions(before), functions(changed), strict=True):
        if essence(old) != essence(new):
            for function in live[file, old.co_qualname, old.co_firstlineno]:
                function.__code__ = new


def functions(code: CodeType) -> Iterator[CodeType]:
    """The functions of a module and of its classes, in order; not those inside of functions."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_flags & 1:  # CO_OPTIMIZED: a function; else the body of a class
                yield one
            else:
                yield from functions(one)


@dataclass
class Replacing(MetaPathFinder, Loader):
    """Finds one module as a mutant of it."""

    name: str
    code: CodeType

    def find_spec(self, fullname: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Where that module comes from: from here."""
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant."""
        exec(self.code, module.__dict__)


def plant_anew(mutant: Mutant, changed: CodeType) -> None:
    """Unload the program and its tests: what imports them next, gets the mutant."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("slachain", "tests")]:
        del sys.modules[name]
    sys.meta_path.insert(0, Replacing(mutant.module, changed))
