-- All that the API sends of claims to the public, in one statement: a row of JSON for each claim.
-- In braces are a query of the ids of versions, and the time for which is read. Nothing is decided
-- but by time and membership: what a reader may not know stands beside what says so.
WITH page AS MATERIALIZED ({page})
SELECT row_to_json(f)::text FROM (
SELECT v.id, v.claim_id AS claim, c.uuid, v.number, v.status,
  lower(v.published) AS published, upper(v.published) AS published_end,
  c.retracted_at, c.retracted_reason, v.mode, v.asserted_on, v.statement, v.language, v.basis,
  v.value AS typed, v.as_written,
  coalesce(lower(v.amount)::text, lower(v.dates)::text) AS lower,
  coalesce(upper(v.amount)::text, upper(v.dates)::text) AS upper,
  coalesce(lower_inc(v.amount), lower_inc(v.dates)) AS lower_closed,
  coalesce(upper_inc(v.amount), upper_inc(v.dates)) AS upper_closed,
  v.point::text AS point, v.truth, v.value_text AS text, v.degree, v.approximate,
  v.decimal_mark, v.period, lower(v.period_days) AS period_start, upper(v.period_days) AS period_before,
  v.period_days IS NOT NULL AS has_period, v.recorded_at, v.content_hash,
  (SELECT json_build_object('key', e.key, 'label', e.label, 'kind', e.kind,
      'access', s.access, 'descriptor', s.public_descriptor)
    FROM claims_entity e LEFT JOIN sources_source s ON s.id = e.source_id
    WHERE e.id = v.subject_id) AS subject,
  (SELECT json_build_object('key', p.key, 'label', p.label, 'value_kind', p.value_kind,
      'unit', p.unit, 'time', p.time)
    FROM claims_property p WHERE p.id = v.property_id) AS property,
  (SELECT json_build_object('key', t.key, 'name', t.name)
    FROM claims_topic t WHERE t.id = v.aspect_id) AS aspect,
  (SELECT json_build_object('key', e.key, 'label', e.label, 'kind', e.kind,
      'access', s.access, 'descriptor', s.public_descriptor)
    FROM claims_entity e LEFT JOIN sources_source s ON s.id = e.source_id
    WHERE e.id = v.value_entity_id) AS entity,
  (SELECT json_agg(json_build_object('description', a.description, 'key', e.key, 'label', e.label,
      'access', s.access, 'descriptor', s.public_descriptor) ORDER BY a.position)
    FROM claims_asserter a LEFT JOIN claims_entity e ON e.id = a.entity_id
    LEFT JOIN sources_source s ON s.id = e.source_id
    WHERE a.version_id = v.id) AS asserters,
  (SELECT json_agg(json_build_object('key', t.key, 'name', t.name) ORDER BY t.key)
    FROM claims_claimtopic ct JOIN claims_topic t ON t.id = ct.topic_id
    WHERE ct.claim_id = v.claim_id) AS topics,
  (SELECT json_agg(json_build_object(
      'stance', ev.stance, 'own_origin', ev.own_origin_id, 'excerpt', x.id, 'quote', x.exact,
      'withheld_on', CASE WHEN x.exact = '' THEN (
        SELECT (w.withheld_at AT TIME ZONE 'UTC')::date FROM sources_withholding w
        WHERE w.table_name = 'sources_excerpt' AND w.row_id = x.id) END,
      'grade', x.grade, 'is_verified', x.is_verified, 'locator', x.locator, 'page', x.page, 'language', x.language,
      'translation', x.translation, 'translated_by', x.translated_by,
      'translation_method', x.translation_method,
      'source', s.id, 'key', s.key, 'title', s.title, 'authors', s.authors, 'publisher', p.name,
      'container', s.container, 'issued', s.issued, 'url', s.url, 'access', s.access,
      'descriptor', s.public_descriptor, 'standing', s.standing,
      'since', s.standing_on, 'reason', s.standing_reason,
      'above', CASE WHEN EXISTS (SELECT FROM sources_sourceorigin o
          WHERE o.source_id IN (s.id, ev.own_origin_id)) THEN (
        WITH RECURSIVE above (source_id, origin_id) AS (
          SELECT o.source_id, o.origin_id FROM sources_sourceorigin o
          WHERE o.source_id IN (s.id, ev.own_origin_id)
          UNION
          SELECT o.source_id, o.origin_id
          FROM above JOIN sources_sourceorigin o ON o.source_id = above.origin_id)
        SELECT json_agg(json_build_array(source_id, origin_id)) FROM above) END) ORDER BY ev.id)
    FROM claims_evidence ev JOIN sources_excerpt x ON x.id = ev.excerpt_id
    JOIN sources_source s ON s.id = x.source_id LEFT JOIN sources_publisher p ON p.id = s.publisher_id
    WHERE ev.version_id = v.id) AS evidence,
  (SELECT json_agg(json_build_object('ref', 'C' || r.claim_id || '/v' || r.number,
      'statement', r.statement, 'formula', p.formula,
      'is_current', coalesce(r.published @> {at}, FALSE) AND rc.retracted_at IS NULL,
      'is_public', r.taken_off_at IS NULL AND coalesce(lower(r.published) <= {at}, FALSE))
      ORDER BY p.id)
    FROM claims_premise p JOIN claims_version r ON r.id = p.rests_on_id
    JOIN claims_claim rc ON rc.id = r.claim_id
    WHERE p.version_id = v.id) AS premises,
  (SELECT json_agg(json_build_object('ref', 'K' || k.number, 'kind', k.kind,
      'strength', k.strength, 'status', k.status, 'same_source', k.same_source,
      'decision', CASE WHEN k.status <> 'open' THEN (
        SELECT json_build_object('status', d.status, 'decided_at', d.decided_at,
            'difference', d.difference, 'reason', d.reason, 'standing', d.standing_claims,
            'seen', (SELECT json_agg(ov.claim_id)
              FROM claims_publicconflictmember o JOIN claims_version ov ON ov.id = o.version_id
              WHERE o.conflict_id = k.id AND o.left_at IS NULL AND ov.published @> {at}))
          FROM claims_conflictdecision d WHERE d.conflict_id = k.conflict_id
          ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) END) ORDER BY k.number)
    FROM claims_publicconflictmember m JOIN claims_publicconflict k ON k.id = m.conflict_id
    WHERE m.version_id = v.id AND m.left_at IS NULL AND v.published @> {at}
      AND (k.kind IN ('stance', 'absence') OR EXISTS (
        SELECT FROM claims_publicconflictmember o JOIN claims_version ov ON ov.id = o.version_id
        WHERE o.conflict_id = m.conflict_id AND o.id <> m.id AND o.left_at IS NULL
          AND ov.published @> {at}))) AS conflicts,
  CASE WHEN v.value = 'absent' THEN (
    SELECT json_build_object('series', series.key, 'terms', a.terms, 'matching', a.matching,
        'sources', (SELECT json_agg(json_build_object('key', s.key, 'access', s.access)
            ORDER BY ad.id)
          FROM claims_absencedocument ad JOIN sources_source s ON s.id = ad.source_id
          WHERE ad.scope_id = a.id),
        'run_at', r.run_at, 'outcome', r.outcome, 'searched', r.searched,
        'documents', r.documents, 'unanswered', r.unanswered, 'answered', r.answered,
        'findings', (SELECT json_agg(json_build_object(
            'key', s.key, 'title', s.title, 'authors', s.authors, 'publisher', p.name,
            'container', s.container, 'issued', s.issued, 'url', s.url, 'access', s.access,
            'descriptor', s.public_descriptor, 'standing', s.standing,
            'since', s.standing_on, 'reason', s.standing_reason, 'rights', s.rights,
            'outcome', fi.outcome, 'hits', fi.hits, 'dismissed', fi.dismissed,
            'unanswered', fi.unanswered, 'answered', fi.answered,
            'places', fi.places, 'text_sha256', l.text_sha256) ORDER BY fi.id)
          FROM claims_finding fi JOIN sources_source s ON s.id = fi.source_id
          LEFT JOIN sources_publisher p ON p.id = s.publisher_id
          LEFT JOIN sources_textlayer l ON l.id = fi.layer_id
          WHERE fi.run_id = r.id))
      FROM claims_absencescope a LEFT JOIN sources_series series ON series.id = a.series_id
      LEFT JOIN LATERAL (SELECT * FROM claims_absencerun r WHERE r.scope_id = a.id
        ORDER BY r.id DESC LIMIT 1) r ON TRUE
      WHERE a.version_id = v.id) END AS absence
FROM page JOIN claims_version v ON v.id = page.id JOIN claims_claim c ON c.id = v.claim_id
) f ORDER BY f.claim DESC
