"""The supervising process on the real parts: it starts, watches, refuses a second one, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from tests.stack.portal_stack import ROOT, free_port

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]
START_SECONDS, STOP_SECONDS = 180, 40


class Runner:
    """`python -m portal.demo` on a folder; what it printed is in `log`."""

    def __init__(self, data, port):
        self.data, self.port, self.log = data, port, data.parent / "printed.txt"

    def start(self, **more):
        with self.log.open("w") as log:
            environment = {**os.environ, "DEMO": "1", **more}
            command = [sys.executable, "-m", "portal.demo", "--data", self.data, "--port", str(self.port)]
            self.process = subprocess.Popen(
                [*command, "--people", "small"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def until(self, words, seconds=START_SECONDS):
        deadline = time.monotonic() + seconds
        while words not in self.log.read_text():
            assert time.monotonic() < deadline, self.log.read_text()
            assert self.process.poll() is None or words in self.log.read_text(), self.log.read_text()
            time.sleep(0.1)

    def known(self):
        return json.loads((self.data / "environment.json").read_text())

    def known_anew(self, role, old, seconds=20):
        """What is known once `role` runs under another number: until then a crash would leave it behind."""
        deadline = time.monotonic() + seconds
        while self.known()["pids"][role] == old:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        return self.known()

    def people(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/demo/people.json", timeout=10) as answer:
            return json.load(answer)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state != "Z"  # a zombie has ended; its parent was killed before it could ask


@pytest.fixture
def runner():
    with tempfile.TemporaryDirectory(prefix="lp-runner-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another account when we are root
        one = Runner(Path(folder) / "data", free_port()).start()
        yield one
        if one.process.poll() is None:
            one.end()


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks /proc whether a process is a zombie")
def test_a_demo_s_life(runner):
    runner.until(f"Ready: http://127.0.0.1:{runner.port}/")
    people, first = runner.people(), runner.known()

    second = Runner(runner.data, free_port())
    second.log = runner.data.parent / "second.txt"
    assert second.start().process.wait(60) == 1
    assert second.log.read_text().count("\n") == 1
    assert "already (process" in second.log.read_text()

    os.kill(first["pids"]["worker"], signal.SIGKILL)
    os.kill(first["pids"]["valkey"], signal.SIGKILL)
    runner.until("worker ended (-9) and is started again", 20)
    runner.until("Valkey ended and is started again", 20)
    runner.known_anew("worker", first["pids"]["worker"])
    left = runner.known_anew("valkey", first["pids"]["valkey"])
    assert runner.process.poll() is None

    runner.process.kill()  # the whole demo crashes; what it started lives on
    runner.process.wait()
    runner.start(DEMO_NOW="2026-03-06T09:00")
    runner.until("An earlier demo had crashed")
    runner.until("Ready: ")
    assert not {role for role, pid in left["pids"].items() if alive(pid)}
    assert runner.people()["registered"] == people["registered"]
    with urllib.request.urlopen(f"http://127.0.0.1:{runner.port}/demo/", timeout=10) as page:
        assert "Friday, March 6, 2026, 9:" in page.read().decode()

    last = runner.known()
    assert runner.end() == 0
    assert not {role for role, pid in last["pids"].items() if alive(pid)}
    assert not alive(last["postmaster"])
    assert not Path(last["sockets"]).exists()
    assert not (runner.data / "environment.json").exists()


def test_a_busy_port_gets_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "portal.demo", "--data", tmp_path / "data", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "DEMO": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken by another program: choose another, as in make demo PORT={port + 1}.\n"
