-- When did each person first reach each rung of the funnel (1 lead to 5 customer)?
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
)
