-- What would the model of publish.py write for everybody, by hand? First the ledger, then where people stand.
WITH d AS (
  SELECT person, id, kind, topic, "at", known, "at" + to_seconds(CASE WHEN "at" < TIMESTAMP '2026-03-29 01:00' THEN 3600
    WHEN "at" < TIMESTAMP '2026-10-25 01:00' THEN 7200 ELSE 3600 END) AS here FROM deeds
),
given AS (
  SELECT person, 'prices' AS rule, id, 15 AS points, "at", here FROM d WHERE kind = 'page.viewed' AND topic = '/preise'
  QUALIFY row_number() OVER (PARTITION BY person, here::DATE ORDER BY known, id) <= 1
  UNION ALL SELECT person, 'blog', id, 1, "at", here FROM d WHERE kind = 'page.viewed' AND starts_with(topic, '/blog/')
  UNION ALL SELECT person, 'opened', id, 1, "at", here FROM d WHERE kind = 'mail.opened'
  UNION ALL SELECT person, 'clicked', id, 3, "at", here FROM d WHERE kind = 'mail.clicked'
  UNION ALL SELECT person, 'download', id, 10, "at", here FROM d WHERE kind = 'content.downloaded'
  UNION ALL (
    SELECT person, 'form', id, 20, "at", here FROM d WHERE kind = 'form.submitted' AND topic = 'kontakt'
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY known, id) <= 1
  )
  UNION ALL SELECT person, 'away', id, -20, "at", here FROM d WHERE kind = 'mail.unsubscribed'
  UNION ALL SELECT person, 'swiss', id, 5, "at", here FROM d SEMI JOIN swiss s ON s.id = d.person WHERE kind = 'person.created'
)
SELECT person AS person_id, 'main' AS model, rule, CASE WHEN rule = 'swiss' THEN 'fit' ELSE 'engagement' END AS axis,
  id AS event_id, points, strftime("at", '%Y-%m-%d %H:%M:%S') AS given_at, strftime(here, '%Y-%m-%d') AS day, 1 AS revision,
  999 AS build
FROM given;
WITH aged AS (
  SELECT person_id, rule, points,
    greatest(0, (epoch_us(now()::TIMESTAMP) - epoch_us(given_at::TIMESTAMP)) // 86400000000) AS age FROM ledger
),
worth AS (
  SELECT person_id, CASE WHEN rule = 'swiss' THEN 500 ELSE 0 END AS fit,
    CASE WHEN rule = 'blog' AND age < 210 THEN 100 * round(1e6 * pow(2, -age / 30))::BIGINT // 1000000 ELSE 0 END AS reading,
    CASE
      WHEN rule = 'prices' AND age < 420 THEN 1500 * round(1e6 * pow(2, -age / 60))::BIGINT // 1000000
      WHEN rule = 'opened' THEN 100 * greatest(0, 60 - age) // 60
      WHEN rule = 'clicked' AND age < 180 THEN 300
      WHEN rule IN ('download', 'form', 'away') THEN points * 100
      ELSE 0 END AS other
  FROM aged
),
summed AS (
  SELECT person_id, sum(fit)::BIGINT AS fit, (sum(other) + least(sum(reading), 1500))::BIGINT AS engagement,
    greatest(sum(reading) - 1500, 0)::BIGINT AS cap
  FROM worth GROUP BY person_id
)
SELECT person_id, 'main', 999, fit, engagement, cap, floor((fit + engagement + 50) / 100)::INT, floor((fit + 50) / 100)::INT,
  floor((engagement + 50) / 100)::INT,
  substr('ABCD', (fit < 3000)::INT + (fit < 2000)::INT + (fit < 500)::INT + 1, 1)
    || substr('1234', (engagement < 6000)::INT + (engagement < 3000)::INT + (engagement < 1000)::INT + 1, 1), ''
FROM summed
