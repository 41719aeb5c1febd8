-- After how many days did they reach the next stage: the one in the middle, or the mean of the two that are there?
SELECT {rung}, AVG(days) FROM (
    SELECT {days} AS days
    FROM crm_reached
    WHERE rung = {rung} AND at >= %(since)s AND at < %(until)s AND onward < %(seen_until)s {whose}
    ORDER BY 1
    LIMIT {middles} OFFSET {before}
) AS middle{rung}
