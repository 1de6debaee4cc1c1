-- Of what the change is a part: hours of the date from which they hold, special days of their date and tag; empty for a whole.
ALTER TABLE import_store_change ADD COLUMN part text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE import_store_change DROP CONSTRAINT import_store_change_pkey;
ALTER TABLE import_store_change ADD PRIMARY KEY (import_id, store_key, part);
