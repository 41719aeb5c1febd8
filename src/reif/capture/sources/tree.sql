-- How many people came from each source in a period, and how far have they come since?
WITH rung(stage, n) AS (
    VALUES ('lead', 1), ('mql', 2), ('sal', 2), ('sql', 3), ('opportunity', 4), ('customer', 5), ('evangelist', 5)
),
cohort AS (
    SELECT {part} AS part, origin.person_id
    FROM crm_touch AS touch
    JOIN crm_origin AS origin ON origin.{turn}_id = touch.id
    JOIN crm_person AS person ON person.id = origin.person_id
    WHERE person.erased_at IS NULL AND touch.at >= %(since)s AND touch.at < %(until)s AND {chosen}
),
furthest AS (
    SELECT cohort.person_id, MAX(rung.n) AS n
    FROM cohort
    JOIN crm_stagespell AS spell ON spell.person_id = cohort.person_id AND spell.entered_at < %(seen_until)s
    JOIN rung ON rung.stage = spell.stage
    GROUP BY cohort.person_id
)
SELECT cohort.part, COUNT(*), COUNT(CASE WHEN furthest.n >= 1 THEN 1 END), COUNT(CASE WHEN furthest.n >= 2 THEN 1 END),
    COUNT(CASE WHEN furthest.n >= 3 THEN 1 END), COUNT(CASE WHEN furthest.n >= 5 THEN 1 END)
FROM cohort
LEFT JOIN furthest ON furthest.person_id = cohort.person_id
GROUP BY cohort.part
ORDER BY 2 DESC, 1
LIMIT {most}
