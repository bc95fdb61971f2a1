"""The load in PostgreSQL: COPY into temporary tables, then write only what differs. Cost grows with the file alone.

A join rather than ON CONFLICT decides what differs: ON CONFLICT locks, and so writes, every row it meets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from psycopg import sql
from psycopg.sql import SQL, Composed, Identifier

from registration.roster.feed.fields import FIELDS

AGENCY = "agency_id"
STAGED = [*(field.target for field in FIELDS), AGENCY]
KEPT = [*(field.target for field in FIELDS if field.kept and field.target != "employee_number"), AGENCY]
TEMPORARY = ("staged", "numbers", "links", "touched", "other_periods")

# Who each line is: a person we have, or a new one.
NUMBERS = """
CREATE TEMP TABLE numbers ON COMMIT DROP AS
SELECT s.line, s.employee_number, e.id IS NOT NULL AS known, coalesce(e.id, gen_random_uuid()) AS id,
       e.supervisor_id AS supervisor_now
FROM staged s LEFT JOIN registration_employee e USING (employee_number);
CREATE INDEX ON numbers (employee_number);
ANALYZE numbers;
"""
# Supervisors by number, in this file or on the roster. An unknown one leaves the link as it stands.
LINKS = """
CREATE TEMP TABLE links ON COMMIT DROP AS
SELECT n.line, n.id, n.known, s.supervisor_number IS NOT NULL AND inside.id IS NULL AND outside.id IS NULL AS unlinked,
       CASE WHEN s.supervisor_number IS NOT NULL
            THEN coalesce(inside.id, outside.id, n.supervisor_now) END AS supervisor_id
FROM staged s JOIN numbers n USING (line)
LEFT JOIN numbers inside ON inside.employee_number = s.supervisor_number
LEFT JOIN registration_employee outside ON outside.employee_number = s.supervisor_number;
CREATE INDEX ON links (line);
ANALYZE links;
CREATE TEMP TABLE touched (id uuid PRIMARY KEY) ON COMMIT DROP;
"""
SCHEDULES = """
WITH written AS (
  INSERT INTO registration_workschedule (employee_id, starts_on, kind, pattern)
  SELECT l.id, given.starts_on, given.kind, given.pattern
  FROM staged s JOIN links l USING (line),
       jsonb_to_record(s.schedule) AS given(starts_on date, kind text, pattern jsonb)
  WHERE s.schedule IS NOT NULL AND NOT EXISTS (
    SELECT FROM registration_workschedule w
    WHERE w.employee_id = l.id AND w.starts_on = given.starts_on AND w.kind = given.kind AND w.pattern = given.pattern)
  ON CONFLICT (employee_id, starts_on) DO UPDATE SET kind = excluded.kind, pattern = excluded.pattern
  RETURNING employee_id)
INSERT INTO touched SELECT employee_id FROM written ON CONFLICT DO NOTHING
"""
OTHER_PERIODS = """
CREATE TEMP TABLE other_periods ON COMMIT DROP AS
SELECT l.id, s.periods
FROM staged s JOIN links l USING (line)
LEFT JOIN (SELECT employee_id, jsonb_agg(jsonb_build_array(starts_on, ends_on, bridged) ORDER BY starts_on) AS periods
           FROM registration_employmentperiod GROUP BY employee_id) now ON now.employee_id = l.id
WHERE (%s OR NOT l.known) AND now.periods IS DISTINCT FROM s.periods
"""
WRITE_PERIODS = """
DELETE FROM registration_employmentperiod p USING other_periods o WHERE p.employee_id = o.id;
INSERT INTO registration_employmentperiod (employee_id, starts_on, ends_on, bridged)
SELECT o.id, (span->>0)::date, (span->>1)::date, (span->>2)::boolean
FROM other_periods o, jsonb_array_elements(o.periods) AS span;
INSERT INTO touched SELECT id FROM other_periods ON CONFLICT DO NOTHING;
"""


def lock(cursor: Any) -> bool:
    """Whether we are the only load; held until the transaction ends."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('roster feed'))")
    return bool(cursor.fetchone()[0])


def create(cursor: Any) -> None:
    for table in TEMPORARY:  # left over when several loads share one transaction
        cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(Identifier(table)))
    types = {field.target: field.sql_type for field in FIELDS} | {AGENCY: "bigint"}
    columns = SQL(", ").join(SQL("{} {}").format(Identifier(name), SQL(types[name])) for name in STAGED)
    cursor.execute(SQL("CREATE TEMP TABLE staged (line integer, refused boolean, {}) ON COMMIT DROP").format(columns))


def fill(cursor: Any, rows: Iterable[Sequence[object]]) -> None:
    """`rows` are (line, refused, *values in the order of STAGED)."""
    with cursor.copy("COPY staged FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute("ANALYZE staged")


def duplicates(cursor: Any) -> list[tuple[str, list[int]]]:
    """Employee numbers that stand on more than one line, with the lines; the first twenty."""
    cursor.execute(
        "SELECT employee_number, array_agg(line ORDER BY line) FROM staged WHERE employee_number <> '' "
        "GROUP BY employee_number HAVING count(*) > 1 ORDER BY min(line) LIMIT 20"
    )
    found: list[Any] = cursor.fetchall()
    return found


def drop_refused(cursor: Any) -> None:
    cursor.execute("DELETE FROM staged WHERE refused")


def drop_differing_in_zeros(cursor: Any) -> list[tuple[int, str, str]]:
    """Removes lines whose number is another person's with zeros in front: (line, number, the other's number).

    People may leave the zeros out when they register, so two such numbers would be one.
    """
    cursor.execute(
        """
        WITH others AS (
          SELECT employee_number FROM registration_employee UNION SELECT employee_number FROM staged
        ), wrong AS (
          SELECT s.line, s.employee_number, min(o.employee_number) AS other FROM staged s
          JOIN others o ON ltrim(o.employee_number, '0') = ltrim(s.employee_number, '0')
                       AND length(o.employee_number) > length(s.employee_number)
          GROUP BY s.line, s.employee_number
        )
        DELETE FROM staged s USING wrong w WHERE s.line = w.line RETURNING w.line, w.employee_number, w.other
        """
    )
    return sorted(cursor.fetchall())


def merge(cursor: Any, given: Collection[str]) -> None:
    """Writes what differs. `given`: the targets that the file has; the others stay as they are stored."""
    cursor.execute(NUMBERS)
    cursor.execute(LINKS)
    cursor.execute(_update([name for name in KEPT if name in given or name == AGENCY]))
    cursor.execute(_insert())
    cursor.execute(SCHEDULES)
    cursor.execute(OTHER_PERIODS, ["periods" in given])
    cursor.execute(WRITE_PERIODS)


def _update(kept: list[str]) -> Composed:
    def columns(table: str) -> Composed:
        return SQL(", ").join(Identifier(table, name) for name in kept)

    return SQL(
        """
        WITH written AS (
          UPDATE registration_employee e
          SET ({names}, supervisor_id, updated_at) = ROW({new}, l.supervisor_id, now())
          FROM staged s JOIN links l USING (line)
          WHERE e.id = l.id AND ({old}, e.supervisor_id) IS DISTINCT FROM ({new}, l.supervisor_id)
          RETURNING e.id)
        INSERT INTO touched SELECT id FROM written
        """
    ).format(names=SQL(", ").join(map(Identifier, kept)), new=columns("s"), old=columns("e"))


def _insert() -> Composed:
    names = [Identifier(name) for name in ("employee_number", *KEPT)]
    return SQL(
        """
        INSERT INTO registration_employee (id, supervisor_id, updated_at, {names})
        SELECT l.id, l.supervisor_id, now(), {values} FROM staged s JOIN links l USING (line)
        WHERE NOT l.known ORDER BY s.line
        """
    ).format(names=sql.SQL(", ").join(names), values=SQL(", ").join(SQL("s.{}").format(name) for name in names))


def counts(cursor: Any) -> tuple[int, int, int]:
    """People added, changed and unchanged."""
    cursor.execute(
        "SELECT count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE known AND t.id IS NOT NULL), "
        "count(*) FILTER (WHERE known AND t.id IS NULL) FROM links LEFT JOIN touched t USING (id)"
    )
    found: tuple[int, int, int] = cursor.fetchone()
    return found


def unlinked(cursor: Any) -> list[tuple[int, str]]:
    """Lines whose supervisor is nowhere to be found, with the number they name."""
    cursor.execute(
        "SELECT s.line, s.supervisor_number FROM staged s JOIN links l USING (line) WHERE l.unlinked ORDER BY s.line"
    )
    found: list[Any] = cursor.fetchall()
    return found


def pairs(cursor: Any) -> list[tuple[int, str, str]]:
    """Lines of people who supervise each other: (line, one number, the other), each pair once."""
    cursor.execute(
        """
        SELECT s.line, one.employee_number, other.employee_number
        FROM staged s JOIN links l USING (line) JOIN registration_employee one ON one.id = l.id
        JOIN registration_employee other ON other.id = one.supervisor_id AND other.supervisor_id = one.id
        WHERE one.employee_number < other.employee_number ORDER BY s.line
        """
    )
    found: list[Any] = cursor.fetchall()
    return found
