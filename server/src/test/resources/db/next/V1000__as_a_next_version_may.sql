-- What a migration may do while servers of the version before still serve: add, and take nothing away.
SET lock_timeout = '5s';
ALTER TABLE store ADD COLUMN opened_on date;
ALTER TABLE report ADD COLUMN note text NOT NULL DEFAULT '';
ALTER TABLE report_row ADD COLUMN weight integer;
ALTER TABLE import_run ADD COLUMN encoding text;
ALTER TABLE poll ADD COLUMN origin smallint;
CREATE TABLE next_version (number bigint PRIMARY KEY);
