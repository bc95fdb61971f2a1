import importlib

import pytest


@pytest.fixture(scope="session")
def demo_module():
    """Imports a module of portal.demo, which refuses to be imported without DEMO=1."""

    def load(name):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DEMO", "1")
            return importlib.import_module(f"portal.demo.{name}")

    return load
