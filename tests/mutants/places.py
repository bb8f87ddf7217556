"""Which mutants there are: the operators of cosmic-ray, one place changed at a time, without those that nobody could see.

Left out are annotations and decorators, which nothing looks at when the program runs; what is no Python (`def f(-, a)`); and what the
compiler makes the same of (`1 * 1` for `1 / 1` in an index is not, `x if True else y` would be).
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parent.parent.parent
Position = tuple[int, int]  # line from 1 and column from 0


@dataclass(frozen=True)
class Mutant:
    """One place of one module, changed by one operator; `within` a function, or in what is run once, when the module is imported."""

    path: str
    operator: str
    occurrence: int
    line: int
    within: bool

    @property
    def module(self) -> str:
        """Its name, as it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")

    def source(self) -> str:
        """The module's text, changed."""
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator

        made = mutate_code(text(self.path), get_operator(self.operator)(), self.occurrence)
        assert isinstance(made, str)
        return made

    def code(self) -> CodeType | None:
        """The module's code, changed; None where there is no mistake to see."""
        try:
            made = compile(self.source(), str(ROOT / self.path), "exec")
        except SyntaxError:
            return None
        return None if essence(made) == essence(compile(text(self.path), "", "exec")) else made

    def __str__(self) -> str:
        lines = [line for line in difflib.ndiff(text(self.path).splitlines(), self.source().splitlines()) if line[:2] in ("- ", "+ ")]
        return "\n".join([f"{self.path}:{self.line} {self.operator} ({self.occurrence})", *lines])


@cache
def text(path: str) -> str:
    """What a module says."""
    return (ROOT / path).read_text()


def essence(code: CodeType) -> tuple[object, ...]:
    """All of a code object that makes a difference when it runs: where it stands does not."""
    constants = tuple(essence(one) if isinstance(one, CodeType) else (type(one), repr(one)) for one in code.co_consts)
    return code.co_qualname, code.co_code, constants, code.co_names, code.co_varnames


def mutants(path: Path) -> Iterator[Mutant]:
    """All mutants of a module."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    name = str(path.relative_to(ROOT))
    tree, nodes = ast.parse(text(name)), list(ast_nodes(get_ast(text(name))))
    unseen, bodies = list(places_that_do_not_run(tree)), list(bodies_of_functions(tree))
    for operator_name in sorted(operator_names()):
        if get_operator(operator_name).arguments():
            continue
        operator = get_operator(operator_name)()
        places = [start for node in nodes for start, _ in operator.mutation_positions(node)]
        for occurrence, start in enumerate(places):
            if not any(begin <= start < end for begin, end in unseen):
                within = any(begin <= start < end for begin, end in bodies)
                yield Mutant(name, operator_name, occurrence, start[0], within)


def places_that_do_not_run(tree: ast.Module) -> Iterator[tuple[Position, Position]]:
    """Annotations and decorators: from and to."""
    for node in ast.walk(tree):
        found = [getattr(node, "annotation", None), getattr(node, "returns", None), *getattr(node, "decorator_list", [])]
        for one in found:
            if isinstance(one, ast.expr):
                begin, end = extent(one, one)
                yield (begin[0], max(begin[1] - 1, 0)), end  # with the `@`


def bodies_of_functions(tree: ast.Module) -> Iterator[tuple[Position, Position]]:
    """What is run whenever a function is called, its defaults apart: from and to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield extent(node.body[0], node.body[-1])


def extent(first: ast.expr | ast.stmt, last: ast.expr | ast.stmt) -> tuple[Position, Position]:
    """From the beginning of one node to the end of another."""
    assert last.end_lineno is not None
    assert last.end_col_offset is not None
    return (first.lineno, first.col_offset), (last.end_lineno, last.end_col_offset)
