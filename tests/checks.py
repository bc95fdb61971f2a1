"""The checks of `make check` that no linter knows: migrations, messages, templates, settings, lock files, back ends.

python tests/checks.py                    run them all, print what is wrong, exit 1 if anything is
python tests/checks.py --write-messages   collect every message into locale/
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
BUILD = dict(line.split("=", 1) for line in (ROOT / "portal/devservices/build.env").read_text().splitlines())
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
NOT_OURS = (".venv", ".tools", "vendor", "staticfiles", "frontend", "var", "tests", "benchmarks", "portal/demo")
IN_PROCESS_FAKES = re.compile(
    r"TASK_ALWAYS_EAGER|task_always_eager|LocMemCache|locmem\.EmailBackend|console\.EmailBackend|dummy\.EmailBackend"
    r"|filebased\.EmailBackend|memory://"
)
HOSTS = re.compile(r"https?://[^\s\"']*(pypi|pythonhosted|npmjs|debian\.org|registry\.)", re.IGNORECASE)


def manage(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py as a build would: complete settings, no database behind them."""
    environment = {**os.environ, **BUILD, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def committed(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def migrations() -> Iterator[str]:
    done = manage("makemigrations", "--check", "--dry-run")
    if done.returncode:
        yield f"Models changed without a migration:\n{done.stdout}{done.stderr}"


def deployment() -> Iterator[str]:
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    if done.returncode:
        yield f"manage.py check --deploy:\n{done.stderr}"


def collect_messages() -> str:
    """Bring the catalogues up to date; returns what went wrong, or nothing."""
    ignored = [word for folder in NOT_OURS for word in ("--ignore", folder)]
    plain = ("--no-location", "--no-wrap", "--no-obsolete")
    done = manage("makemessages", "--all", *plain, *ignored)
    if done.returncode:
        return f"makemessages failed (it needs GNU gettext):\n{done.stderr}"
    for path in CATALOGUES:  # the one line that changes when nothing did
        path.write_text(re.sub(r'"POT-Creation-Date:[^"]*"\n', "", path.read_text()))
    return ""


def messages() -> Iterator[str]:
    before = {path: path.read_text() for path in CATALOGUES}
    failure = collect_messages()
    try:
        if failure:
            yield failure
        for path, text in before.items():
            if path.read_text() != text:
                yield f"{path.relative_to(ROOT)} is stale: make messages, then translate what is new."
    finally:
        for path, text in before.items():
            path.write_text(text)
    for path in CATALOGUES:
        yield from untranslated(path)


def untranslated(path: Path) -> Iterator[str]:
    with path.open("rb") as opened:
        catalogue = read_po(opened, locale=path.parts[-3])
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(strings):
            yield f"{path.relative_to(ROOT)}: not translated: {message.id!r}"
        for error in message.check(catalogue):
            yield f"{path.relative_to(ROOT)}: {message.id!r}: {error}"


def templates() -> Iterator[str]:
    done = subprocess.run(
        [sys.executable, "-c", COMPILE_TEMPLATES],
        env={**os.environ, **BUILD, "DJANGO_SETTINGS_MODULE": "portal.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield f"Templates:\n{done.stdout}{done.stderr}"


COMPILE_TEMPLATES = """
import pathlib, re, sys
import django
django.setup()
from django.template.loader import get_template
wrong = []
for path in sorted(pathlib.Path("templates").rglob("*.html")):
    name = str(path.relative_to("templates"))
    if name.startswith("demo/"):
        continue
    try:
        get_template(name)
    except Exception as error:
        wrong.append(f"{name}: {error}")
    text = path.read_text()
    if re.search(r"<style|style=|<script(?![^>]*src=)|\\son[a-z]+=", text):
        wrong.append(f"{name}: inline style or script")
    if re.search(r"{% include(?![^%]*only %})", text):
        wrong.append(f"{name}: an include without `only`")
print("\\n".join(wrong))
sys.exit(bool(wrong))
"""


def back_ends() -> Iterator[str]:
    for path in committed("*.py", "*.toml", "*.yml"):
        if path != Path(__file__) and IN_PROCESS_FAKES.search(path.read_text()):
            yield f"{path.relative_to(ROOT)} names a back end that fakes in process"


def lock_files() -> Iterator[str]:
    for path in committed("requirements/*", "frontend/*.json", "pyproject.toml", "Makefile", "*.md", "*.yml"):
        if HOSTS.search(path.read_text()):
            yield f"{path.relative_to(ROOT)} names a package registry's host"


def catalogues_exist() -> Iterator[str]:
    if not CATALOGUES:
        yield "locale/ holds no catalogue"


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    migrations,
    deployment,
    catalogues_exist,
    messages,
    templates,
    back_ends,
    lock_files,
)


def main() -> int:
    if "--write-messages" in sys.argv:
        failure = collect_messages()
        print(failure, end="")
        return bool(failure)
    wrong = [f"{check.__name__}: {line}" for check in CHECKS for line in check()]
    print("\n".join(wrong) or f"{len(CHECKS)} checks: clean")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
