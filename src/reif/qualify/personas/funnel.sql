-- How many people of each persona ever reached each stage, and how many days after they became known (median)?
, known AS (
    SELECT person.persona, reached.n, CASE WHEN {days} > 0 THEN {days} ELSE 0 END AS days
    FROM reached
    JOIN crm_person AS person ON person.id = reached.person_id
    WHERE reached.n > 1 AND person.erased_at IS NULL
),
ranked AS (
    SELECT persona, n, days, ROW_NUMBER() OVER (PARTITION BY persona, n ORDER BY days) AS place,
        COUNT(*) OVER (PARTITION BY persona, n) AS places
    FROM known
)
SELECT persona, n, COUNT(*), AVG(CASE WHEN place IN ((places + 1) / 2, (places + 2) / 2) THEN days END)
FROM ranked
GROUP BY persona, n
