-- How many people did each campaign bring, how far have they come, and how many deals came of them?
WITH rung(stage, n) AS (
    VALUES ('lead', 1), ('mql', 2), ('sal', 2), ('sql', 3), ('opportunity', 4), ('customer', 5), ('evangelist', 5)
),
cohort AS (
    SELECT known.campaign_id, {group} AS part, origin.person_id
    FROM attract_campaignname AS known
    JOIN crm_touch AS touch ON touch.campaign = known.name
    JOIN crm_origin AS origin ON origin.{turn}_id = touch.id
    JOIN crm_person AS person ON person.id = origin.person_id
    WHERE person.erased_at IS NULL AND touch.at >= %(since)s AND touch.at < %(until)s AND {chosen} {whose}
),
furthest AS (
    SELECT cohort.person_id, MAX(rung.n) AS n
    FROM cohort
    JOIN crm_stagespell AS spell ON spell.person_id = cohort.person_id
    JOIN rung ON rung.stage = spell.stage
    GROUP BY cohort.person_id
),
sold AS (
    SELECT cohort.person_id, COUNT(*) AS deals, COUNT(deal.won_at) AS won
    FROM cohort
    JOIN crm_deal AS deal ON deal.person_id = cohort.person_id
    GROUP BY cohort.person_id
)
SELECT cohort.campaign_id, cohort.part, COUNT(*), COUNT(CASE WHEN furthest.n >= 1 THEN 1 END),
    COUNT(CASE WHEN furthest.n >= 2 THEN 1 END), COUNT(CASE WHEN furthest.n >= 3 THEN 1 END),
    COUNT(CASE WHEN furthest.n >= 5 THEN 1 END), COALESCE(SUM(sold.deals), 0), COALESCE(SUM(sold.won), 0)
FROM cohort
LEFT JOIN furthest ON furthest.person_id = cohort.person_id
LEFT JOIN sold ON sold.person_id = cohort.person_id
GROUP BY cohort.campaign_id, cohort.part
