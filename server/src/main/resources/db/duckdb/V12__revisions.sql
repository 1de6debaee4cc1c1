-- Every change of what figures rest on: a row for each kind of change of a transaction. What was there before changes were
-- counted has the revision 0.
CREATE TABLE revision (
  number     INTEGER NOT NULL, -- counts up from 1, one for each transaction that changes something
  kind       VARCHAR NOT NULL,
  made_at    BIGINT  NOT NULL,
  made_by    VARCHAR,
  cause      VARCHAR,          -- what it was part of, such as import:ID
  stores     VARCHAR,          -- a set of keys; null for all stores
  from_at    BIGINT  NOT NULL, -- figures of time from here
  to_at      BIGINT  NOT NULL, -- to here may differ
  changes    BIGINT  NOT NULL, -- how many polls, stores or entries
  zone_rules VARCHAR NOT NULL, -- the release of the table of time zones that was in use
  PRIMARY KEY (number, kind)
);

-- The revision in which a poll came, or got its status.
ALTER TABLE poll ADD COLUMN revision INTEGER DEFAULT 0;

-- Polls that were replaced or deleted: from which revision on they were there, and the one in which they went.
CREATE TABLE poll_past (
  store_key      INTEGER NOT NULL,
  polled_at      BIGINT  NOT NULL,
  active         BOOLEAN NOT NULL,
  revision       INTEGER NOT NULL,
  until_revision INTEGER NOT NULL
);

-- What was known of a store until a revision, from the one before it on in which something of it changed.
CREATE TABLE store_past (
  store_key        INTEGER NOT NULL,
  until_revision   INTEGER NOT NULL,
  is_there         BOOLEAN NOT NULL,
  zone             VARCHAR,
  first_poll_at    BIGINT,
  hours            VARCHAR NOT NULL, -- the intervals as imports keep them, and closed days
  hours_flagged_at BIGINT,
  zone_flagged_at  BIGINT,
  tags             VARCHAR NOT NULL  -- each on a line
);

-- The revisions from which and until which an entry held.
ALTER TABLE planned_closure ADD COLUMN held_from INTEGER;
ALTER TABLE planned_closure ADD COLUMN held_until INTEGER;
ALTER TABLE special_day ADD COLUMN held_from INTEGER;
ALTER TABLE special_day ADD COLUMN held_until INTEGER;
ALTER TABLE dated_hours ADD COLUMN held_from INTEGER;
ALTER TABLE dated_hours ADD COLUMN held_until INTEGER;

UPDATE planned_closure SET held_from = 0, held_until = CASE WHEN removed_at IS NULL THEN NULL ELSE 0 END;
UPDATE special_day SET held_from = 0, held_until = CASE WHEN removed_at IS NULL THEN NULL ELSE 0 END;
UPDATE dated_hours SET held_from = 0, held_until = CASE WHEN removed_at IS NULL THEN NULL ELSE 0 END;

-- The revision of the data that a report was made of; null for those of before. And the one that it was asked for, if any.
ALTER TABLE report ADD COLUMN revision INTEGER;
ALTER TABLE report ADD COLUMN known_revision INTEGER;
