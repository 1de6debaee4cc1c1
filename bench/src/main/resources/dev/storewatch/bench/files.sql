-- The three CSV files as the tables that report.sql reads. Rows that repeat a poll count once, wrong ones are left out.
CREATE TABLE said AS
SELECT store_id, epoch_us(TRY_CAST(replace(timestamp_utc, ' UTC', '') AS TIMESTAMP)) AS polled_at, status = 'active' AS active
FROM read_csv('$polls', header = true, all_varchar = true, delim = ',', quote = '"', ignore_errors = true)
WHERE status IN ('active', 'inactive') AND polled_at IS NOT NULL AND store_id IS NOT NULL;
CREATE TABLE store AS
SELECT CAST(row_number() OVER (ORDER BY store_id) AS INTEGER) AS store_key, store_id, zone, first_poll_at
FROM (SELECT store_id, min(polled_at) AS first_poll_at FROM said GROUP BY store_id)
FULL JOIN (SELECT store_id, any_value(timezone_str) AS zone
           FROM read_csv('$zones', header = true, all_varchar = true, delim = ',', quote = '"', ignore_errors = true) WHERE timezone_str IN (SELECT name FROM pg_timezone_names()) GROUP BY store_id) USING (store_id);
CREATE TABLE poll AS
SELECT DISTINCT store_key, polled_at, active FROM said JOIN store USING (store_id);
CREATE TABLE business_hours AS
SELECT DISTINCT store_key, TRY_CAST(day AS INTEGER) AS day,
       CAST(epoch(TRY_CAST(start_time_local AS TIME)) AS INTEGER) AS opens,
       CAST(epoch(TRY_CAST(end_time_local AS TIME)) AS INTEGER) AS closes
FROM read_csv('$hours', header = true, all_varchar = true, delim = ',', quote = '"', ignore_errors = true) JOIN store USING (store_id)
WHERE TRY_CAST(day AS INTEGER) BETWEEN 0 AND 6 AND opens IS NOT NULL AND closes IS NOT NULL;
