-- Of those who reached each stage in the period, how many reached the next one?
-- rung: 1 lead to 5 customer. Further conditions on people come after `until`.
SELECT rung, source, COUNT(*), COUNT(CASE WHEN onward < %(seen_until)s THEN 1 END)
FROM crm_reached
WHERE rung IN (1, 2, 3, 4, 5) AND at >= %(since)s AND at < %(until)s {whose}
GROUP BY rung, source
ORDER BY rung, source
