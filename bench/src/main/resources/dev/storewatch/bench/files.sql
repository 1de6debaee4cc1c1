-- The three CSV files as the tables that report.sql reads. Rows that repeat a poll count once.
CREATE TABLE said AS
SELECT store_id, epoch_us(CAST(replace(timestamp_utc, ' UTC', '') AS TIMESTAMP)) AS polled_at, status = 'active' AS active
FROM read_csv('$polls', header = true, all_varchar = true);
CREATE TABLE store AS
SELECT CAST(row_number() OVER (ORDER BY store_id) AS INTEGER) AS store_key, store_id, zone, first_poll_at
FROM (SELECT store_id, min(polled_at) AS first_poll_at FROM said GROUP BY store_id)
FULL JOIN (SELECT store_id, any_value(timezone_str) AS zone
           FROM read_csv('$zones', header = true, all_varchar = true) GROUP BY store_id) USING (store_id);
CREATE TABLE poll AS
SELECT DISTINCT store_key, polled_at, active FROM said JOIN store USING (store_id);
CREATE TABLE business_hours AS
SELECT DISTINCT store_key, CAST(day AS INTEGER) AS day,
       CAST(epoch(CAST(start_time_local AS TIME)) AS INTEGER) AS opens,
       CAST(epoch(CAST(end_time_local AS TIME)) AS INTEGER) AS closes
FROM read_csv('$hours', header = true, all_varchar = true) JOIN store USING (store_id);
