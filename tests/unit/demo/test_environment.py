"""What the demo refuses, in one sentence each, and what it tells its processes."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys

import pytest

NOW = dt.datetime(2026, 11, 22, 17, 0, tzinfo=dt.UTC)  # noon in New York
PORTS = {"port": 8000, "http_port": 20001, "smtp_port": 20002, "scanner_port": 20003}


@pytest.fixture(scope="module")
def environment(demo_module):
    return demo_module("environment")


@pytest.fixture(scope="module")
def folder(demo_module):
    return demo_module("folder")


@pytest.fixture(scope="module")
def refused(demo_module):
    return demo_module("refusal").Refused


@pytest.mark.parametrize(
    ("demo_now", "seconds"),
    [
        (None, 0),
        ("", 0),
        ("2026-11-22T12:00", 0),
        ("2026-11-22T18:00+01:00", 0),
        ("2026-11-22T17:00:30Z", 30),
        ("2026-11-23", 12 * 3600),
        ("2026-07-01T13:00", -(144 * 86400)),  # 13:00 of summer time is 12:00 of standard time
    ],
)
def test_where_civil_time_starts(environment, demo_now, seconds):
    assert environment.civil_offset(demo_now, now=NOW) == seconds


def test_a_clock_that_cannot_be_read(environment, refused):
    with pytest.raises(refused, match="DEMO_NOW is “soon”, which is no date and time: write"):
        environment.civil_offset("soon", now=NOW)


@pytest.mark.parametrize("port", ["80", "65536", "8000x", "", "-1", "٨٠٠٠"])
def test_ports_that_are_none(environment, refused, port):
    with pytest.raises(refused, match="is no port: choose a number"):
        environment.port_number(port)


def test_a_busy_port(environment, refused):
    with socket.socket() as taken:
        taken.bind((environment.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(refused, match=f"Port {port} is taken by another program: choose another"):
            environment.refuse_busy(port)
    environment.refuse_busy(port)


def test_own_ports_stay_clear_of_outgoing_connections(environment):
    ports = environment.free_ports(3)
    assert len(set(ports)) == 3
    assert max(ports) < 32_768


def test_secrets_are_made_once_and_kept_to_the_owner(environment, tmp_path):
    made = environment.keys(tmp_path)
    assert len(made["SECRET_KEY"]) >= 50
    assert environment.keys(tmp_path) == made
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_every_process_is_told_the_same(environment, tmp_path, monkeypatch):
    monkeypatch.setenv("DEMO_NOW", "2026-03-06")
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://elsewhere.example")
    told = environment.variables(tmp_path, **PORTS, size="small", offset=-3.5)
    assert told["PUBLIC_BASE_URL"] == "http://127.0.0.1:8000"
    assert told["DEMO_TIME_OFFSET"] == "-3.5"
    assert "DEMO_NOW" not in told  # moving the clock twice would be once too often


def test_one_demo_at_a_time(folder, refused, tmp_path):
    held = folder.lock(tmp_path)
    with pytest.raises(refused, match=f"already \\(process {os.getpid()}\\): stop it first"):
        folder.lock(tmp_path)
    held.close()
    folder.lock(tmp_path).close()


def test_a_folder_that_cannot_be_made(folder, refused, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(refused, match="cannot keep its data in"):
        folder.open_folder(tmp_path / "file")


def test_only_our_own_leftovers_are_ended(folder, tmp_path):
    def sleeper(**marks):
        return subprocess.Popen(
            [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"],
            env={**os.environ, **marks},
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    ours, stranger = sleeper(DEMO_DATA=str(tmp_path)), sleeper()
    for process in (ours, stranger):
        process.stdout.readline()  # it runs its own program by now
    pids = {"web": ours.pid, "worker": stranger.pid, "relay": 2**22 - 1}
    (tmp_path / folder.RECORD).write_text(f'{{"pids": {pids}, "sockets": "{tmp_path}/sockets"}}'.replace("'", '"'))
    try:
        assert folder.end_leftovers(tmp_path) == 1
        assert ours.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
        assert not (tmp_path / folder.RECORD).exists()
    finally:
        for process in (ours, stranger):
            process.kill()
            process.wait()
            process.stdout.close()
