-- The tags that the stores of a report have, all of them, as a JSON array; NULL for any.
ALTER TABLE report ADD COLUMN tags text;
