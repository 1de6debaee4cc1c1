-- Since when a store counts on hours or a zone of which rows were refused; null when none were, or they have been mended.
ALTER TABLE store ADD COLUMN hours_flagged_at BIGINT;
ALTER TABLE store ADD COLUMN zone_flagged_at BIGINT;

-- What the summary of an import says beside its counts, a sentence a line; null when there is nothing.
ALTER TABLE import_run ADD COLUMN notes VARCHAR;
