"""A form of one question, and what it answers."""

from __future__ import annotations

from portal.lib.forms import PortalForm


def ask(field, data=None, /, today=None, **parts):
    """The form with `field` as its one question, sent with `data` as the answer, or with the named parts of it."""
    form_class = type("OneQuestion", (PortalForm,), {"answer": field})
    posted = {} if data is None else {"answer": data}
    return form_class(posted | {f"answer_{part}": value for part, value in parts.items()}, today=today)


def outcome(form):
    """The cleaned answer, or the code of the first error."""
    if form.is_valid():
        return form.cleaned_data["answer"]
    return f"refused: {form.errors.as_data()['answer'][0].code}"
