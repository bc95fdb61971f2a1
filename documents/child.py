"""Opens a file that a stranger made. A process of its own, without Django, keys, files or the network to lose.

    python -m documents.child pdf|jpeg|png|heic < bytes > answer

The answer is one line, `{"refused": word}` or `{"pages": n}`, and after it the PDF made of a photo. It limits itself
before it reads a byte; a file that makes it die is refused by whoever started it.
"""

from __future__ import annotations

import json
import resource
import sys

MEMORY_BYTES, CPU_SECONDS, OPEN_FILES = 512 * 1024 * 1024, 10, 64


def limit() -> None:
    """Memory, time and files; nothing it does can be written to a disk, not even its corpse."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    limit()
    from documents.opening_files import examined  # noqa: PLC0415  # parsers are loaded once the limits hold

    answer, made = examined(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
