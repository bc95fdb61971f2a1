"""What `make demo` needs and production never loads: invented people, stand-ins for providers, a message viewer."""

import os

if os.environ.get("DEMO") != "1":
    raise ImportError("portal.demo is for demonstrations: it loads only with DEMO=1")
