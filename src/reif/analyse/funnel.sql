-- Of those who reached each stage in the period, how many reached the next one, and after how many days (median)?
-- rung: 1 lead to 5 customer. Further conditions on people come after `until`.
WITH cohort AS (
    SELECT rung, source, COUNT(*) AS people, COUNT(CASE WHEN onward < %(seen_until)s THEN 1 END) AS went_on
    FROM crm_reached
    WHERE rung IN (1, 2, 3, 4, 5) AND at >= %(since)s AND at < %(until)s {whose}
    GROUP BY rung, source
),
ranked AS (
    SELECT rung, {days} AS days, ROW_NUMBER() OVER (PARTITION BY rung ORDER BY {days}) AS place,
        COUNT(*) OVER (PARTITION BY rung) AS places
    FROM crm_reached
    WHERE rung IN (1, 2, 3, 4) AND at >= %(since)s AND at < %(until)s AND onward < %(seen_until)s {whose}
),
middle AS (  -- of the two in the middle, their mean
    SELECT rung, AVG(days) AS days
    FROM ranked
    WHERE place IN ((places + 1) / 2, (places + 2) / 2)
    GROUP BY rung
)
SELECT cohort.rung, cohort.source, cohort.people, cohort.went_on, middle.days
FROM cohort
LEFT JOIN middle ON middle.rung = cohort.rung
ORDER BY cohort.rung, cohort.source
