-- The process that does it. One that is gone cannot go on; only one at a time uses this database, so every other is.
ALTER TABLE report ADD COLUMN taken_by VARCHAR;
ALTER TABLE report ADD COLUMN stores_done INTEGER;
ALTER TABLE report ADD COLUMN stores_total INTEGER;

ALTER TABLE import_run ADD COLUMN taken_by VARCHAR;
ALTER TABLE import_run ADD COLUMN bytes BIGINT;      -- of the file as it was sent; null when no upload waits for it
ALTER TABLE import_run ADD COLUMN bytes_read BIGINT;
ALTER TABLE import_run ADD COLUMN rows_seen BIGINT;
