-- How many people came from each source in a period, and how far have they ever come?
SELECT {part} AS part, COUNT(*), COUNT(CASE WHEN rung >= 1 THEN 1 END), COUNT(CASE WHEN rung >= 2 THEN 1 END),
    COUNT(CASE WHEN rung >= 3 THEN 1 END), COUNT(CASE WHEN rung >= 5 THEN 1 END)
FROM crm_sourced
WHERE turn = %(turn)s AND at >= %(since)s AND at < %(until)s AND {chosen} {whose}
GROUP BY 1
ORDER BY 2 DESC, 1
LIMIT {most}
