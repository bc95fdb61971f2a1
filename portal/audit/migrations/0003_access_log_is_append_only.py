"""The database itself refuses to change or remove a row of the access log, whoever asks through the portal."""

from django.db import migrations

FORBID = """
CREATE FUNCTION access_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER access_log_keeps_rows BEFORE UPDATE OR DELETE ON audit_accessevent
    FOR EACH ROW EXECUTE FUNCTION access_log_is_append_only();
"""
ALLOW = """
DROP TRIGGER access_log_keeps_rows ON audit_accessevent;
DROP FUNCTION access_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
