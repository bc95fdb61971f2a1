"""Runs a file of vectors: `make vectors FILE=path`."""

import sys

from tests.vectors.adapter import OPEN, difference, read


def main(path):
    vectors = read(path)
    agree = 0
    for vector in vectors:
        try:
            found = difference(vector)
        except Exception as error:  # one vector that raises must not hide the others
            found = ("(raised)", "an answer", repr(error))
        if found:
            key, expected, actual = found
            print(f"{vector['id']} {vector.get('title', '')}: {key}")
            print(f"    expected {expected}")
            print(f"    actual   {actual}")
        agree += not found
    print(f"{agree} of {len(vectors)} agree")
    return 0 if agree == len(vectors) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else OPEN))
