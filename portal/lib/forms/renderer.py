"""How forms become HTML: one template for a field, one for a form."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """The portal's forms; the administration keeps Django's own."""

    field_template_name = "components/field.html"
    form_template_name = "components/fields.html"
