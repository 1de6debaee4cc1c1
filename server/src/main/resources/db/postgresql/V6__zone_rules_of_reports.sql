-- The release of the rules of time zones by which a report was computed; NULL for those before.
ALTER TABLE report ADD COLUMN zone_rules text;
