"""The language of pages and notices. It opens nothing, so nothing is asked before."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import language as languages
from registration import changes
from registration.access import account_of, account_required
from registration.profile import finishing
from registration.profile.forms import LanguageForm
from registration.views.answers import PAGE_WITH_FORM, page, posted

TEMPLATE = "registration/profile/language.html"


@require_http_methods(PAGE_WITH_FORM)
@account_required
def language(request: HttpRequest) -> HttpResponse:
    user = account_of(request)
    if response := languages.switched(request):
        return response
    form = LanguageForm(posted(request), initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["language"]
        changes.change_language(user, language=chosen)
        translation.activate(chosen)
        return languages.remember(finishing.say_saved(request), chosen)
    context = {
        "title": _("Language for this site and your notices"),
        "button": _("Save"),
        "back_url": reverse("registration:profile"),
    }
    return page(request, TEMPLATE, form, **context)
