-- What would the model of rebuild.py give everybody on 1 November 2026, written by hand?
WITH e AS (
  SELECT person, kind, topic, "at", known, id, (epoch_us(TIMESTAMP '2026-11-01') - epoch_us("at")) // 86400000000 AS age,
    "at" + to_seconds(CASE WHEN "at" < TIMESTAMP '2026-03-29 01:00' THEN 3600
      WHEN "at" < TIMESTAMP '2026-10-25 01:00' THEN 7200 ELSE 3600 END) AS here
  FROM deeds
  WHERE "at" <= TIMESTAMP '2026-11-01' AND known_at <= TIMESTAMP '2026-11-01'
),
free AS (
  SELECT person,
    CASE
      WHEN kind = 'page.viewed' AND starts_with(topic, '/blog/') AND age < 210
        THEN 100 * round(1e6 * pow(2, -age / 30))::BIGINT // 1000000
      WHEN kind = 'page.viewed' AND starts_with(topic, '/produkt/') AND age < 315
        THEN 200 * round(1e6 * pow(2, -age / 45))::BIGINT // 1000000
      ELSE 0 END AS reading,
    CASE WHEN kind = 'mail.opened' THEN 100 * greatest(0, 60 - age) // 60 ELSE 0 END AS mail,
    CASE
      WHEN kind = 'page.viewed' AND topic = '/kontakt' AND age < 210
        THEN 800 * round(1e6 * pow(2, -age / 30))::BIGINT // 1000000
      WHEN kind = 'page.viewed' AND topic = '/kunden' THEN 300 * greatest(0, 90 - age) // 90
      WHEN kind = 'mail.clicked' AND topic IN ('stueck-1', 'stueck-2') AND age < 180 THEN 400
      WHEN kind = 'content.downloaded' AND age < 630 THEN 1000 * round(1e6 * pow(2, -age / 90))::BIGINT // 1000000
      WHEN kind = 'form.submitted' AND topic = 'kontakt' AND age < 840
        THEN 2000 * round(1e6 * pow(2, -age / 120))::BIGINT // 1000000
      WHEN kind = 'form.submitted' AND topic = 'rueckruf' THEN 3000 * greatest(0, 30 - age) // 30
      WHEN kind = 'form.submitted' AND topic = 'newsletter' THEN 500
      WHEN kind = 'mail.unsubscribed' THEN -(2000 * greatest(0, 365 - age) // 365)
      ELSE 0 END AS other
  FROM e
  WHERE kind IN ('page.viewed', 'mail.opened', 'mail.clicked', 'content.downloaded', 'form.submitted', 'mail.unsubscribed')
),
prices AS (
  SELECT person, 0 AS reading, 0 AS mail,
    CASE WHEN age < 420 THEN 1500 * round(1e6 * pow(2, -age / 60))::BIGINT // 1000000 ELSE 0 END AS other
  FROM (
    SELECT person, age, known, id FROM e WHERE kind = 'page.viewed' AND topic = '/preise'
    QUALIFY row_number() OVER (PARTITION BY person, date_trunc('day', here) ORDER BY known, id) <= 1
  )
  QUALIFY row_number() OVER (PARTITION BY person ORDER BY known, id) <= 3
),
demo AS (
  SELECT person, 0, 0, CASE WHEN age < 420 THEN 1200 * round(1e6 * pow(2, -age / 60))::BIGINT // 1000000 ELSE 0 END
  FROM e WHERE kind = 'page.viewed' AND topic = '/demo'
  QUALIFY row_number() OVER (PARTITION BY person ORDER BY known, id) <= 2
),
clicked AS (
  SELECT person, 0, CASE WHEN age < 280 THEN 300 * round(1e6 * pow(2, -age / 40))::BIGINT // 1000000 ELSE 0 END, 0
  FROM e WHERE kind = 'mail.clicked'
  QUALIFY row_number() OVER (PARTITION BY person, date_trunc('day', here) ORDER BY known, id) <= 1
),
click_3 AS (
  SELECT person, 0, 0, CASE WHEN age < 90 THEN 400 ELSE 0 END FROM e WHERE kind = 'mail.clicked' AND topic = 'stueck-3'
  QUALIFY row_number() OVER (PARTITION BY person, date_trunc('month', here) ORDER BY known, id) <= 2
),
webinar AS (
  SELECT person, 0, 0, CASE WHEN age < 630 THEN 2500 * round(1e6 * pow(2, -age / 90))::BIGINT // 1000000 ELSE 0 END
  FROM e WHERE kind = 'webinar.registered'
  QUALIFY row_number() OVER (PARTITION BY person, date_trunc('month', here) ORDER BY known, id) <= 1
),
once AS (
  SELECT e.person, 0, 0,
    500 * max((kind = 'content.downloaded')::INT) + 4000 * max((kind = 'form.submitted')::INT)
    + 500 * max((kind = 'page.viewed' AND p.country IS NOT NULL)::INT)
  FROM e LEFT JOIN people p ON p.id = e.person AND p.country = 'CH'
  WHERE kind = 'content.downloaded' OR (kind = 'form.submitted' AND topic = 'demo')
    OR (kind = 'page.viewed' AND topic = '/preise')
  GROUP BY e.person
),
earned AS (
  SELECT person, sum(reading) AS reading, sum(mail) AS mail, sum(other) AS other
  FROM (
    FROM free UNION ALL FROM prices UNION ALL FROM demo UNION ALL FROM clicked UNION ALL FROM click_3
    UNION ALL FROM webinar UNION ALL FROM once
  )
  GROUP BY person
)
SELECT p.id AS person,
  (CASE WHEN p."company.size" >= 50 THEN 2000 ELSE 0 END + CASE WHEN contains(p.job_title, 'hr') THEN 1000 ELSE 0 END
    + CASE WHEN p.country = 'CH' THEN 500 ELSE 0 END)::BIGINT AS fit,
  (COALESCE(other, 0) + least(COALESCE(reading, 0), 1500) + least(COALESCE(mail, 0), 2500))::BIGINT AS engagement,
  (greatest(COALESCE(reading, 0) - 1500, 0) + greatest(COALESCE(mail, 0) - 2500, 0))::BIGINT AS cap,
  CASE WHEN p.job_title = 'praktikum' THEN 0 END AS excluded
FROM people p LEFT JOIN earned ON earned.person = p.id
