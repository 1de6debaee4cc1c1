-- Whether a process that copies the database wants it for itself: no other one opens it as long as its lease lasts.
ALTER TABLE member ADD COLUMN alone boolean NOT NULL DEFAULT FALSE;
