-- The standard report (nearest, carry 24 h, last hour, day and week up to the newest poll) in plain Spark SQL, over a
-- lake: what a good analyst would write instead of a program. Polls are brought together once; which opening time is the
-- last one before a poll is found by a window over both, since Spark has no join for that. Exact, but for weeks in which
-- an opening or closing time falls into a change of the clocks. Not sorted: to find the ranges of a sort, Spark would compute
-- all of it twice. Times are microseconds since the epoch.
CREATE OR REPLACE TEMPORARY VIEW polls USING parquet OPTIONS (path '${lake}/polls');
CREATE OR REPLACE TEMPORARY VIEW stores USING parquet OPTIONS (path '${lake}/stores');
CREATE OR REPLACE TEMPORARY VIEW hours USING parquet OPTIONS (path '${lake}/hours');

DECLARE OR REPLACE VARIABLE n BIGINT DEFAULT 0;
SET VARIABLE n = (SELECT unix_micros(max(at)) FROM polls WHERE date = (SELECT max(date) FROM polls));

INSERT OVERWRITE DIRECTORY '${out}' USING csv OPTIONS (header 'true')
WITH
days AS (
  SELECT explode(sequence(date_sub(to_date(timestamp_micros(n)), 10), date_add(to_date(timestamp_micros(n)), 1))) AS d),
raw AS (                                  -- opening intervals in UTC
  SELECT h.store_id,
         unix_micros(to_utc_timestamp(timestamp_seconds(unix_date(d) * 86400L + h.opens_second),
                                      coalesce(s.time_zone, 'America/Chicago'))) AS opens,
         unix_micros(to_utc_timestamp(timestamp_seconds(unix_date(d) * 86400L + h.closes_second
                                        + CASE WHEN h.closes_second <= h.opens_second THEN 86400 ELSE 0 END),
                                      coalesce(s.time_zone, 'America/Chicago'))) AS closes
  FROM hours h JOIN days ON weekday(d) = h.day_of_week JOIN stores s ON s.store_id = h.store_id
  WHERE h.opens_second IS NOT NULL
  UNION ALL
  SELECT s.store_id, n - 11 * 86400000000, n + 1 FROM stores s LEFT ANTI JOIN hours h ON s.store_id = h.store_id),
open AS (                                 -- overlapping and touching ones as one
  SELECT store_id, min(opens) AS opens, max(closes) AS closes
  FROM (
    SELECT *, sum(fresh) OVER (PARTITION BY store_id ORDER BY opens, closes ROWS UNBOUNDED PRECEDING) AS island
    FROM (
      SELECT *, CASE WHEN opens <= max(closes) OVER (PARTITION BY store_id ORDER BY opens, closes
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) THEN 0 ELSE 1 END AS fresh
      FROM raw))
  GROUP BY store_id, island),
events AS (                               -- a poll that was read later has a greater sequence, and none is below 0
  SELECT store_id, unix_micros(at) AS at, sequence, active, CAST(NULL AS BIGINT) AS closes FROM polls
  WHERE at > timestamp_micros(n - 10 * 86400000000) AND at <= timestamp_micros(n)
  UNION ALL
  SELECT store_id, opens, -1, NULL, closes FROM open),
marked AS (
  SELECT store_id, at, active, lead(at) OVER (w) AS next_at,
         last(closes, true) OVER (PARTITION BY store_id ORDER BY at, sequence ROWS UNBOUNDED PRECEDING) AS closes
  FROM events WINDOW w AS (PARTITION BY store_id ORDER BY at, sequence)),
in_hours AS (
  SELECT store_id, at, active FROM marked
  WHERE active IS NOT NULL AND at < closes AND at IS DISTINCT FROM next_at),
neighbours AS (
  SELECT *, lag(at) OVER (w) AS before, lag(active) OVER (w) AS active_before
  FROM in_hours WINDOW w AS (PARTITION BY store_id ORDER BY at)),
changes AS (                              -- the polls at which a stretch of one status begins
  SELECT *, coalesce(active <> active_before OR at - before > 172800000000, true) AS begins FROM neighbours),
runs AS (
  SELECT store_id, any_value(active) AS active, min(at) AS first_poll, max(at) AS last_poll
  FROM (SELECT *, sum(CAST(begins AS INT)) OVER (PARTITION BY store_id ORDER BY at ROWS UNBOUNDED PRECEDING) AS run
        FROM changes)
  GROUP BY store_id, run),
stretches AS (                            -- from the middle between two polls, or as far as a poll speaks
  SELECT store_id, active,
         CASE WHEN first_poll - lag(last_poll) OVER (w) <= 172800000000
              THEN lag(last_poll) OVER (w) + (first_poll - lag(last_poll) OVER (w)) DIV 2
              ELSE first_poll - 86400000000 END AS s,
         CASE WHEN lead(first_poll) OVER (w) - last_poll <= 172800000000
              THEN last_poll + (lead(first_poll) OVER (w) - last_poll) DIV 2
              ELSE last_poll + 86400000000 END AS e
  FROM runs WINDOW w AS (PARTITION BY store_id ORDER BY first_poll)),
overlaps AS (
  SELECT t.store_id, t.active,
         greatest(0, least(t.e, o.closes, n) - greatest(t.s, o.opens, n - 3600000000)) AS hour,
         greatest(0, least(t.e, o.closes, n) - greatest(t.s, o.opens, n - 86400000000)) AS day,
         greatest(0, least(t.e, o.closes, n) - greatest(t.s, o.opens, n - 604800000000)) AS week
  FROM stretches t JOIN open o ON t.store_id = o.store_id AND t.s < o.closes AND t.e > o.opens
  WHERE t.e > n - 604800000000 AND o.closes > n - 604800000000),
sums AS (
  SELECT store_id,
         sum(hour) FILTER (WHERE active) AS up_hour, sum(day) FILTER (WHERE active) AS up_day,
         sum(week) FILTER (WHERE active) AS up_week, sum(hour) FILTER (WHERE NOT active) AS down_hour,
         sum(day) FILTER (WHERE NOT active) AS down_day, sum(week) FILTER (WHERE NOT active) AS down_week
  FROM overlaps GROUP BY store_id)
SELECT s.store_id,
       coalesce(up_hour, 0) AS up_hour, coalesce(up_day, 0) AS up_day, coalesce(up_week, 0) AS up_week,
       coalesce(down_hour, 0) AS down_hour, coalesce(down_day, 0) AS down_day, coalesce(down_week, 0) AS down_week
FROM stores s LEFT JOIN sums ON sums.store_id = s.store_id
WHERE s.first_poll_at <= timestamp_micros(n);
