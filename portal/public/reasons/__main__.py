"""`python -m portal.public.reasons` writes static/reasons/reasons.{en,es}.json; `make setup` calls it."""

from pathlib import Path

from portal.public.reasons.catalogue import LANGUAGES, SOURCE, for_browsers, read

TARGET = Path(__file__).resolve().parents[3] / "static" / "reasons"


def main() -> None:
    with SOURCE.open(encoding="utf-8") as lines:
        reasons = read(lines)
    TARGET.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (TARGET / f"reasons.{language}.json").write_text(for_browsers(reasons, language), encoding="utf-8")


if __name__ == "__main__":
    main()
