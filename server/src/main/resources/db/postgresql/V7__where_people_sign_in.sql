-- The networks from which a person signed in, the last new one first, separated by blanks.
ALTER TABLE access_user ADD COLUMN networks text;
