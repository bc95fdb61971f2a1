"""Runs the stand-ins until SIGTERM or Ctrl-C. Prints "Ready" once they listen."""

from __future__ import annotations

import argparse
import os
import signal
import threading
from pathlib import Path

from portal.demo.standins import scanner
from portal.demo.standins.faults import Faults
from portal.demo.standins.journal import Journal
from portal.demo.standins.mail_sink import sink
from portal.demo.standins.twilio_server import Server


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m portal.demo.standins")
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--scanner-port", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    journal, faults = Journal(asked.log), Faults()
    account, token = os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"]
    server = Server(asked.http_port, account=account, token=token, journal=journal, faults=faults)
    virus_scanner = scanner.Server(asked.scanner_port, faults)
    mail = sink(asked.smtp_port, journal, faults)
    for listener in (server, virus_scanner):
        threading.Thread(target=listener.serve_forever, daemon=True).start()
    mail.start()
    print("Ready", flush=True)
    stop.wait()
    mail.stop()
    for listener in (server, virus_scanner):
        listener.shutdown()
        listener.server_close()


main()
