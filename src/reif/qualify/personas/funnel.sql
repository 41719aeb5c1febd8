-- How many people of each persona ever reached each stage, and how many days after they became known (median)?
WITH rung(stage, n) AS (
    VALUES ('mql', 2), ('sal', 2), ('sql', 3), ('opportunity', 4), ('customer', 5), ('evangelist', 5)
),
step(n) AS (VALUES (2), (3), (4), (5)),
reached AS (  -- whoever enters a stage has reached the ones below it too; the first time counts
    SELECT spell.person_id, step.n, MIN(spell.entered_at) AS at
    FROM crm_stagespell AS spell
    JOIN rung ON rung.stage = spell.stage
    JOIN step ON step.n <= rung.n
    GROUP BY spell.person_id, step.n
),
known AS (
    SELECT person.persona, reached.n, CASE WHEN {days} > 0 THEN {days} ELSE 0 END AS days
    FROM reached
    JOIN crm_person AS person ON person.id = reached.person_id
    WHERE person.erased_at IS NULL
),
ranked AS (
    SELECT persona, n, days, ROW_NUMBER() OVER (PARTITION BY persona, n ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY persona, n) AS places
    FROM known
)
SELECT persona, n, COUNT(*), AVG(CASE WHEN place IN ((places + 1) / 2, (places + 2) / 2) THEN days END)
FROM ranked
GROUP BY persona, n
