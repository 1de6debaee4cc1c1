-- Of what the change is a part: hours of the date from which they hold, special days of their date and tag; empty for a whole.
ALTER TABLE import_store_change ADD COLUMN part VARCHAR DEFAULT '';
