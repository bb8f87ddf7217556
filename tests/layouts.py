"""A catalogue of plain texts laid out as somebody might write it: brackets or lines, quotes, comments, wide indents, aliases."""

from __future__ import annotations

from random import Random
from typing import Any

Raw = Any  # a node of a catalogue: str, list or dict


class Scribe:
    """Writes with a hand of its own; every comment is numbered, so that none can be lost unseen."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.comments = 0
        self.noisy = rng.random() < 0.7
        self.terse = rng.random() < 0.3
        self.anchors: dict[str, str] = {}  # of the file that is being written, by what they name
        self.bracketed = rng.choice([0.1, 0.4, 0.8])

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def comment(self) -> str:
        self.comments += 1
        return f"# nöte {self.comments} \N{ROCKET}: {{not: yaml}}"

    def aside(self) -> str:
        """What may follow a value on its line."""
        return f"{self.rng.choice([' ', '    ', chr(9)])}{self.comment()}" if self.noisy and self.chance(0.2) else ""

    def between(self, indent: int) -> list[str]:
        """What may stand before a line."""
        if not self.noisy or not self.chance(0.15):
            return []
        return [self.rng.choice(["", "   ", " " * self.rng.choice([0, indent, indent + 3]) + self.comment()])]

    def scalar(self, text: str) -> str:
        plain = text not in ("*", "null") and ": " not in text and "," not in text
        if plain and ":" not in text and self.chance(0.8):
            return text
        return f"'{text}'" if self.chance(0.4) else f'"{text}"'

    def inline(self, node: Raw) -> str:
        """On one line; now and then as an alias of the same, or with an anchor for it."""
        if self.terse and repr(node) in self.anchors and self.chance(0.5):
            return f"*{self.anchors[repr(node)]}"
        written = self.bare(node)
        if self.terse and self.chance(0.2) and repr(node) not in self.anchors:
            self.anchors[repr(node)] = f"a{len(self.anchors)}"
            return f"&{self.anchors[repr(node)]} {written}"
        return written

    def bare(self, node: Raw) -> str:
        """In brackets, on one line."""
        if isinstance(node, str):
            return self.scalar(node)
        gap = self.rng.choice(["", " "])
        if isinstance(node, list):
            return f"[{gap}{', '.join(map(self.inline, node))}{gap}]"
        return f"{{{gap}{', '.join(f'{self.scalar(key)}: {self.inline(value)}' for key, value in node.items())}{gap}}}"

    def spread(self, node: Raw, indent: int) -> list[str]:
        """In brackets over several lines, after the first of them."""
        pad = " " * (indent + self.rng.choice([1, 4]))
        if isinstance(node, list):
            parts = [self.inline(item) for item in node]
        else:
            parts = [f"{self.scalar(key)}: {self.inline(value)}" for key, value in node.items()]
        ends = [*[","] * (len(parts) - 1), self.rng.choice(["", ","])]
        lines = [f"{pad}{part}{end}{self.aside()}" for part, end in zip(parts, ends, strict=True)]
        return [*lines, " " * (indent + 1) + ("]" if isinstance(node, list) else "}") + self.aside()]

    def entry(self, key: str, node: Raw, indent: int) -> list[str]:
        head = f"{' ' * indent}{self.scalar(key)}:"
        if isinstance(node, str) or not node or (self.chance(self.bracketed) and indent):
            return [*self.between(indent), f"{head} {self.inline(node)}{self.aside()}"]
        if indent and self.chance(0.1):
            opens = "[" if isinstance(node, list) else "{"
            return [*self.between(indent), f"{head} {opens}{self.aside()}", *self.spread(node, indent)]
        step = self.rng.choice([1, 2, 2, 2, 4, 7])
        if isinstance(node, list):
            return [*self.between(indent), head + self.aside(), *self.items(node, indent + self.rng.choice([0, 2, step]))]
        return [*self.between(indent), head + self.aside(), *self.mapping(node, indent + step)]

    def mapping(self, node: dict[str, Raw], indent: int) -> list[str]:
        return [line for key, value in node.items() for line in self.entry(key, value, indent)]

    def items(self, node: list[Raw], indent: int) -> list[str]:
        lines: list[str] = []
        for item in node:
            lines += self.between(indent)
            if isinstance(item, dict) and not self.chance(self.bracketed):
                gap = self.rng.choice([1, 1, 3])
                inner = self.mapping(item, indent + 1 + gap)
                while inner and (not inner[0].strip() or inner[0].lstrip().startswith("#")):
                    lines.append(inner.pop(0))
                lines += [f"{' ' * indent}-{inner[0][indent + 1 :]}", *inner[1:]]
            else:
                lines.append(f"{' ' * indent}- {self.inline(item)}{self.aside()}")
        return lines


def laid_out(catalogue: dict[str, Raw], seed: int) -> dict[str, bytes]:
    """The catalogue as one to three files, in one of many layouts."""
    scribe = Scribe(Random(seed))
    parts: dict[str, dict[str, Raw]] = {"a.yaml": {}, "b.yaml": {}, "c/d.yaml": {}}
    for section, definitions in catalogue.items():
        for id, body in definitions.items():
            file = "a.yaml" if section == "policy" else scribe.rng.choice(list(parts))
            parts[file].setdefault(section, {})[id] = body
    return {file: _as_bytes(part, scribe) for file, part in parts.items() if part}


def _as_bytes(part: dict[str, Raw], scribe: Scribe) -> bytes:
    scribe.anchors.clear()
    whole = "\n".join(scribe.mapping(part, 0)) + scribe.rng.choice(["\n", "\n", "\n\n", "", "\n# the end"])
    content = whole.replace("\n", scribe.rng.choice(["\n", "\n", "\r\n"])).encode()
    return b"\xef\xbb\xbf" + content if scribe.chance(0.1) else content
