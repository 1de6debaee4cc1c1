-- The standard report (nearest, carry 24 h, last hour, day and week up to the newest poll) as one statement of DuckDB:
-- what a good analyst would write instead of a program. Exact, but for weeks in which an opening or closing time falls
-- into a change of the clocks. Times are microseconds since the epoch.
WITH
newest AS (SELECT max(polled_at) AS n FROM poll),
days AS (
  SELECT CAST(make_timestamp(n) AS DATE) - CAST(i AS INTEGER) AS d FROM newest, range(-1, 11) r(i)),
raw AS (                                  -- opening intervals in UTC
  SELECT h.store_key,
         epoch_us((d + to_seconds(h.opens)) AT TIME ZONE coalesce(s.zone, 'America/Chicago')) AS opens,
         epoch_us((d + to_seconds(h.closes + CASE WHEN h.closes <= h.opens THEN 86400 ELSE 0 END))
                  AT TIME ZONE coalesce(s.zone, 'America/Chicago')) AS closes
  FROM business_hours h JOIN days ON isodow(d) - 1 = h.day JOIN store s USING (store_key)
  UNION ALL
  SELECT store_key, n - 11 * 86400000000, n + 1 FROM store, newest
  WHERE store_key NOT IN (SELECT store_key FROM business_hours)),
open AS (                                 -- overlapping and touching ones as one
  SELECT store_key, min(opens) AS opens, max(closes) AS closes
  FROM (
    SELECT *, sum(fresh) OVER (PARTITION BY store_key ORDER BY opens, closes ROWS UNBOUNDED PRECEDING) AS island
    FROM (
      SELECT *, CASE WHEN opens <= max(closes) OVER (PARTITION BY store_key ORDER BY opens, closes
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS fresh
      FROM raw))
  GROUP BY store_key, island),
in_hours AS (
  SELECT p.store_key, p.polled_at, p.active
  FROM poll p ASOF JOIN open o ON p.store_key = o.store_key AND p.polled_at >= o.opens
  WHERE p.polled_at < o.closes),
neighbours AS (
  SELECT *, lag(polled_at) OVER w AS before, lag(active) OVER w AS active_before
  FROM in_hours WINDOW w AS (PARTITION BY store_key ORDER BY polled_at)),
changes AS (                              -- the polls at which a stretch of one status begins
  SELECT *, coalesce(active <> active_before OR polled_at - before > 172800000000, true) AS begins FROM neighbours),
runs AS (
  SELECT store_key, any_value(active) AS active, min(polled_at) AS first_poll, max(polled_at) AS last_poll
  FROM (SELECT *, sum(CAST(begins AS INTEGER)) OVER (PARTITION BY store_key ORDER BY polled_at) AS run FROM changes)
  GROUP BY store_key, run),
stretches AS (                            -- from the middle between two polls, or as far as a poll speaks
  SELECT store_key, active,
         CASE WHEN first_poll - lag(last_poll) OVER w <= 172800000000
              THEN lag(last_poll) OVER w + (first_poll - lag(last_poll) OVER w) // 2
              ELSE first_poll - 86400000000 END AS s,
         CASE WHEN lead(first_poll) OVER w - last_poll <= 172800000000
              THEN last_poll + (lead(first_poll) OVER w - last_poll) // 2
              ELSE last_poll + 86400000000 END AS e
  FROM runs WINDOW w AS (PARTITION BY store_key ORDER BY first_poll)),
sums AS (
  SELECT t.store_key, t.active,
         sum(greatest(0, least(t.e, o.closes, n) - greatest(t.s, o.opens, n - 3600000000))) AS hour,
         sum(greatest(0, least(t.e, o.closes, n) - greatest(t.s, o.opens, n - 86400000000))) AS day,
         sum(greatest(0, least(t.e, o.closes, n) - greatest(t.s, o.opens, n - 604800000000))) AS week
  FROM stretches t JOIN open o ON t.store_key = o.store_key AND t.s < o.closes AND t.e > o.opens, newest
  WHERE t.e > n - 604800000000 AND o.closes > n - 604800000000
  GROUP BY t.store_key, t.active)
SELECT s.store_id,
       coalesce(u.hour, 0) AS up_hour, coalesce(u.day, 0) AS up_day, coalesce(u.week, 0) AS up_week,
       coalesce(d.hour, 0) AS down_hour, coalesce(d.day, 0) AS down_day, coalesce(d.week, 0) AS down_week
FROM store s
LEFT JOIN sums u ON u.store_key = s.store_key AND u.active
LEFT JOIN sums d ON d.store_key = s.store_key AND NOT d.active
WHERE s.first_poll_at IS NOT NULL
ORDER BY s.store_id
