"""Every open vector, key by key."""

import pytest

from tests.vectors.adapter import OPEN, compare, difference, read

VECTORS = read(OPEN)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_vector(vector):
    assert difference(vector) is None, f"{vector['title']} ({vector['why']})"


def test_a_difference_is_seen():
    assert compare({"a": [{"weeks": "1/2"}]}, {"a": [{"weeks": "2/4"}]}, "") is None
    assert compare({"a": [{"weeks": "1/2"}]}, {"a": [{"weeks": "1/3"}]}, "")[0] == "a[0].weeks"
    assert compare({"a": [1, 2]}, {"a": [1]}, "") == ("a", [1, 2], [1])
    assert compare({"a": 1}, {"a": 1, "b": 2}, "") == ("b", None, 2)
    assert compare({"a": 1, "b": 2}, {"a": 1}, "") == ("b", 2, None)
    assert compare({"a": None}, {"b": []}, "") is None
    assert compare({"a": None}, {"a": 0}, "") == ("a", None, 0)
    assert compare({"d": [{"notes": ["x", "y"]}]}, {"d": [{"notes": ["y", "x"]}]}, "") is None
    assert compare({"d": [{"notes": ["x"]}]}, {"d": [{"notes": []}]}, "")[0] == "d[0].notes"
