"""Copy the third-party files our pages use from node_modules to vendor/ (not committed).

Only what the style sheet names: the whole USWDS distribution is 15,000 files and 40 seconds of collectstatic.
"""

import re
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES, VENDOR = HERE / "node_modules", HERE.parent / "vendor"
USWDS = MODULES / "@uswds/uswds/dist"
USWDS_FILES = (
    "css/uswds.min.css",
    "js/uswds.min.js",
    "js/uswds-init.min.js",
    "img/sprite.svg",
    "img/us_flag_small.png",
    "img/icon-dot-gov.svg",
    "img/icon-https.svg",
)
AUTOCOMPLETE = MODULES / "accessible-autocomplete/dist"
AUTOCOMPLETE_FILES = ("accessible-autocomplete.min.js", "accessible-autocomplete.min.css")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:  # hashed storage refuses a style sheet whose map is missing
        target.write_text(SOURCE_MAP.sub("", source.read_text()))
    else:
        shutil.copyfile(source, target)


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    named = re.findall(r"url\(\"?'?\.\./([^)\"'#?]+)", (USWDS / USWDS_FILES[0]).read_text())
    for name in {*USWDS_FILES, *named}:
        copy(USWDS / name, VENDOR / "uswds" / name)
    copy(USWDS.parent / "LICENSE.md", VENDOR / "uswds" / "LICENSE.md")
    for name in AUTOCOMPLETE_FILES:
        copy(AUTOCOMPLETE / name, VENDOR / "autocomplete" / name)


main()
