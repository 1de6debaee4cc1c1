-- Role, tags and end of a key or a person, before and after a change of them.
ALTER TABLE audit_entry ADD COLUMN before VARCHAR;
ALTER TABLE audit_entry ADD COLUMN after VARCHAR;
