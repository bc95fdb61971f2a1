"""Changes the policy engine one number or comparison at a time and lists the changes that nothing notices.

A command, not a test: `python -m tests.vectors.mutate [MODULE …]`. Each change runs the vectors, and if they all agree
the unit tests of the engine, in a process of its own that sees the changed module in place of the file's.
"""

import argparse
import ast
import importlib
import importlib.abc
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import cases.policy

FOLDER = Path(cases.policy.__file__).parent
SWAPS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}


def places(tree):
    """Every node that can be changed, with how: (node, change)."""
    for node in _code(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, lambda node=node: setattr(node, "value", node.value + 1)
        elif isinstance(node, ast.Constant) and type(node.value) is bool:
            yield node, lambda node=node: setattr(node, "value", not node.value)
        elif isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            for at, op in enumerate(node.ops):
                yield node, lambda node=node, at=at, op=op: node.ops.__setitem__(at, SWAPS[type(op)]())
        elif isinstance(node, ast.BoolOp) or (isinstance(node, ast.BinOp) and type(node.op) in SWAPS):
            yield node, lambda node=node: setattr(node, "op", SWAPS[type(node.op)]())


def _code(node):
    """All nodes but decorators: whether data is frozen is no rule."""
    yield node
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and name != "decorator_list":
                yield from _code(child)


def changed(source, number):
    """The module with one change, and its line as it reads then."""
    tree = ast.parse(source)
    node, change = list(places(tree))[number]
    change()
    return ast.unparse(ast.fix_missing_locations(tree)), f"{node.lineno}: {ast.unparse(node)}"


class Finder(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Puts the changed source in the module's place."""

    def __init__(self, module, number):
        self.name = f"cases.policy.{module}"
        self.path = str(FOLDER / f"{module}.py")
        self.source = Path(self.path).read_text()
        if number != UNCHANGED:
            self.source = changed(self.source, number)[0]

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self, origin=self.path) if name == self.name else None

    def get_filename(self, name):
        return self.path + ".mutant"  # a path without a cache of compiled code

    def get_data(self, path):
        return self.source.encode()


UNCHANGED = -1
SECONDS = 20  # a change that never ends is noticed as well
SLOW = "tests/unit/policy/test_properties.py"


def install(module, number):
    """Whatever is imported of the engine from here on is imported anew, with the change."""
    for loaded in [name for name in sys.modules if name.startswith(("cases.policy", "tests.vectors.adapter"))]:
        del sys.modules[loaded]
    sys.meta_path.insert(0, Finder(module, number))


def agree():
    """Whether all vectors agree, up to the first that does not."""
    adapter = importlib.import_module("tests.vectors.adapter")
    return not any(adapter.difference(vector) for vector in adapter.read(adapter.OPEN))


def vectors_agree(module, number):
    """In a process of its own, forked so that it starts at once."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    signal.alarm(SECONDS)
    outcome = 1
    try:
        install(module, number)
        outcome = 0 if agree() else 1
    finally:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os._exit(outcome)


def tests_pass(module, number):
    code = (
        f"from tests.vectors.mutate import install; install({module!r}, {number}); import pytest; raise SystemExit("
        f"pytest.main(['-n0', '-q', '-x', '-p', 'no:cacheprovider', '--ignore={SLOW}', 'tests/unit/policy']))"
    )
    try:
        return not subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=5 * SECONDS).returncode
    except subprocess.TimeoutExpired:
        return False


def survives(module, number):
    return vectors_agree(module, number) and tests_pass(module, number)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="names in cases/policy; all without")
    modules = parser.parse_args().modules or sorted(path.stem for path in FOLDER.glob("*.py"))
    if not survives("engine", UNCHANGED):
        sys.exit("The engine as it stands fails: nothing can be said of changes.")
    survivors = total = 0
    for module in modules:
        source = (FOLDER / f"{module}.py").read_text()
        for number in range(len(list(places(ast.parse(source))))):
            total += 1
            if survives(module, number):
                survivors += 1
                print(f"{module}.py:{changed(source, number)[1]}", flush=True)
    print(f"{survivors} of {total} changes survive")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
