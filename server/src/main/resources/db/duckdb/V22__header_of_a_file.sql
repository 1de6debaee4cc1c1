-- The header of the file, which stands above its rejected rows when they are mended; null if no row was rejected, or
-- the file has none, or its rows stood below several.
ALTER TABLE import_run ADD COLUMN header VARCHAR;
