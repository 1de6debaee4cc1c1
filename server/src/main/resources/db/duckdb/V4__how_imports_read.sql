-- How the file is read where it does not say so itself, as name=value, and what was told of it; each on a line.
ALTER TABLE import_run ADD COLUMN options VARCHAR;
ALTER TABLE import_run ADD COLUMN notes VARCHAR;
