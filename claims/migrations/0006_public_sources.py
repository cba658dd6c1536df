"""Say which sources are public at a time.

Two functions, so that the rule is planned once per connection and asked row by row: as conditions
of a query it took 20 to 50 ms to plan, and was turned around into joins over all sources.

Sources of a base that is there already are public by this as far as something published rests on
them, or an editor opens them; until now, those of public access all were.
"""

from django.db import migrations

# That the public may read a version `v` at the time `moment`: as it is published then, or was, while
# its claim is. The same as VersionQuerySet.ever_published.
IS_READ = """v.taken_off_at IS NULL AND lower(v.published) <= moment AND (
            v.published @> moment OR EXISTS (
                SELECT FROM claims_version shown WHERE shown.claim_id = v.claim_id
                AND shown.published @> moment AND shown.taken_off_at IS NULL
            )
        )"""

# The most frequent ground comes first. What the others need is looked for all at once: few sources
# have any of it. An entity is used as well where one below it is, as in EntityQuerySet.known_to.
HAS_GROUND = f"""
CREATE FUNCTION source_has_public_ground(asked bigint, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 AS $$
DECLARE has record;
BEGIN
    IF EXISTS (
        SELECT FROM sources_excerpt q JOIN claims_evidence e ON e.excerpt_id = q.id
        JOIN claims_version v ON v.id = e.version_id
        WHERE q.source_id = asked AND {IS_READ}
    ) THEN RETURN true; END IF;
    SELECT coalesce(s.opened_at <= moment, false) AS opening,
        EXISTS (SELECT FROM claims_absencedocument d WHERE d.source_id = asked) AS naming,
        EXISTS (SELECT FROM sources_seriesmember m WHERE m.source_id = asked) AS series,
        EXISTS (SELECT FROM claims_finding f WHERE f.source_id = asked) AS finding,
        EXISTS (SELECT FROM claims_entity n WHERE n.source_id = asked) AS entity
    INTO has FROM sources_source s WHERE s.id = asked;
    IF has.opening THEN RETURN true; END IF;
    IF has.naming AND EXISTS (
        SELECT FROM claims_absencedocument d JOIN claims_version v ON v.id = d.version_id
        WHERE d.source_id = asked AND {IS_READ}
    ) THEN RETURN true; END IF;
    IF has.series AND EXISTS (
        SELECT FROM sources_seriesmember m JOIN claims_absencescope c ON c.series_id = m.series_id
        JOIN claims_version v ON v.id = c.version_id
        WHERE m.source_id = asked AND {IS_READ}
    ) THEN RETURN true; END IF;
    IF has.finding AND EXISTS (
        SELECT FROM claims_finding f JOIN claims_absencerun r ON r.id = f.run_id
        JOIN claims_absencescope c ON c.id = r.scope_id JOIN claims_version v ON v.id = c.version_id
        WHERE f.source_id = asked AND {IS_READ} AND NOT EXISTS (
            SELECT FROM claims_absencerun later
            WHERE later.scope_id = r.scope_id AND later.id > r.id
        )
    ) THEN RETURN true; END IF;
    RETURN has.entity AND EXISTS (
        WITH RECURSIVE below (id) AS (
            SELECT n.id FROM claims_entity n WHERE n.source_id = asked
            UNION
            SELECT n.id FROM below
            JOIN claims_entity n ON n.part_of_id = below.id OR n.merged_into_id = below.id
            LEFT JOIN sources_source s ON s.id = n.source_id
            WHERE s.id IS NULL OR s.access = 'public'
        )
        SELECT FROM below CROSS JOIN LATERAL (
            SELECT u.id FROM claims_version u WHERE u.subject_id = below.id
            UNION ALL
            SELECT u.id FROM claims_version u WHERE u.value_entity_id = below.id
            UNION ALL
            SELECT a.version_id FROM claims_asserter a WHERE a.entity_id = below.id
        ) used JOIN claims_version v ON v.id = used.id WHERE {IS_READ}
    );
END $$
"""

# By itself, or because a source that is so derives from it, at once or through others. No way leads
# past a confidential source: the public learns nothing of what that derives from.
IS_PUBLIC = """
CREATE FUNCTION source_is_public(asked bigint, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 AS $$
BEGIN
    IF source_has_public_ground(asked, moment) THEN RETURN true; END IF;
    IF NOT EXISTS (SELECT FROM sources_sourceorigin t WHERE t.origin_id = asked) THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        WITH RECURSIVE derived (id) AS (
            SELECT asked
            UNION
            SELECT s.id FROM derived JOIN sources_sourceorigin t ON t.origin_id = derived.id
            JOIN sources_source s ON s.id = t.source_id AND s.access = 'public'
        )
        SELECT FROM derived
        WHERE derived.id <> asked AND source_has_public_ground(derived.id, moment)
    );
END $$
"""

DROP = "DROP FUNCTION {}(bigint, timestamptz)"


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0005_key_without_basis"),
        ("sources", "0003_opened_sources"),
    ]

    operations = [
        migrations.RunSQL(HAS_GROUND, DROP.format("source_has_public_ground")),
        migrations.RunSQL(IS_PUBLIC, DROP.format("source_is_public")),
    ]
