-- Of those who reached each stage in the period, how many reached the next one, and after how many days (median)?
-- When did each person first reach each rung (1 lead to 5 customer)? Further conditions on people come after TRUE.
WITH rung(stage, n) AS (
    VALUES ('lead', 1), ('mql', 2), ('sal', 2), ('sql', 3), ('opportunity', 4), ('customer', 5), ('evangelist', 5)
),
step(n) AS (VALUES (1), (2), (3), (4), (5)),
reached AS (  -- whoever enters a stage has reached the ones below it too; the first time counts
    SELECT spell.person_id, step.n, MIN(spell.entered_at) AS at
    FROM crm_stagespell AS spell
    JOIN rung ON rung.stage = spell.stage
    JOIN step ON step.n <= rung.n
    WHERE TRUE {whose}
    GROUP BY spell.person_id, step.n
),
cohort AS (
    SELECT here.n, person.source, onward.at IS NOT NULL AS went_on, {days} AS days
    FROM reached AS here
    JOIN crm_person AS person ON person.id = here.person_id
    LEFT JOIN reached AS onward
        ON onward.person_id = here.person_id AND onward.n = here.n + 1 AND onward.at < %(seen_until)s
    WHERE here.at >= %(since)s AND here.at < %(until)s
),
ranked AS (
    SELECT n, source, went_on, days, ROW_NUMBER() OVER (PARTITION BY n, went_on ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY n, went_on) AS places
    FROM cohort
)
SELECT n, source, COUNT(*), COUNT(CASE WHEN went_on THEN 1 END),
    SUM(CASE WHEN went_on AND place IN ((places + 1) / 2, (places + 2) / 2) THEN days END),
    COUNT(CASE WHEN went_on AND place IN ((places + 1) / 2, (places + 2) / 2) THEN 1 END)
FROM ranked
GROUP BY n, source
ORDER BY n, source
