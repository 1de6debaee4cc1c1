-- What was found in the data that a report rests on, as JSON.
ALTER TABLE report ADD COLUMN notices text;
