-- How many people came from each source in a period, and how far have they come since?
WITH cohort AS (
    SELECT {part} AS part, (
        SELECT MAX(CASE spell.stage
            WHEN 'lead' THEN 1 WHEN 'mql' THEN 2 WHEN 'sal' THEN 2 WHEN 'sql' THEN 3 WHEN 'opportunity' THEN 4
            WHEN 'customer' THEN 5 WHEN 'evangelist' THEN 5 END)
        FROM crm_stagespell AS spell
        WHERE spell.person_id = origin.person_id AND spell.entered_at < %(seen_until)s
    ) AS furthest
    FROM crm_touch AS touch
    JOIN crm_origin AS origin ON origin.{turn}_id = touch.id
    JOIN crm_person AS person ON person.id = origin.person_id
    WHERE person.erased_at IS NULL AND touch.at >= %(since)s AND touch.at < %(until)s AND {chosen}
)
SELECT part, COUNT(*), COUNT(CASE WHEN furthest >= 1 THEN 1 END), COUNT(CASE WHEN furthest >= 2 THEN 1 END),
    COUNT(CASE WHEN furthest >= 3 THEN 1 END), COUNT(CASE WHEN furthest >= 5 THEN 1 END)
FROM cohort
GROUP BY part
ORDER BY 2 DESC, 1
LIMIT {most}
