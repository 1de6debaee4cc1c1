-- Every change of what figures rest on: a row for each kind of change of a transaction. What was there before changes were
-- counted has the revision 0.
CREATE TABLE revision (
  number     integer NOT NULL, -- counts up from 1, one for each transaction that changes something
  kind       text NOT NULL,
  made_at    bigint  NOT NULL,
  made_by    text,
  cause      text,          -- what it was part of, such as import:ID
  stores     text,          -- a set of keys; null for all stores
  from_at    bigint  NOT NULL, -- figures of time from here
  to_at      bigint  NOT NULL, -- to here may differ
  changes    bigint  NOT NULL, -- how many polls, stores or entries
  zone_rules text NOT NULL, -- the release of the table of time zones that was in use
  PRIMARY KEY (number, kind)
);

-- The revision in which a poll came, or got its status.
ALTER TABLE poll ADD COLUMN revision integer NOT NULL DEFAULT 0;

-- Polls that were replaced or deleted: from which revision on they were there, and the one in which they went.
CREATE TABLE poll_past (
  store_key      integer NOT NULL,
  polled_at      bigint  NOT NULL,
  active         boolean NOT NULL,
  revision       integer NOT NULL,
  until_revision integer NOT NULL
);

-- What was known of a store until a revision, from the one before it on in which something of it changed.
CREATE TABLE store_past (
  store_key        integer NOT NULL,
  until_revision   integer NOT NULL,
  is_there         boolean NOT NULL,
  zone             text,
  first_poll_at    bigint,
  hours            text NOT NULL, -- the intervals as imports keep them, and closed days
  hours_flagged_at bigint,
  zone_flagged_at  bigint,
  tags             text NOT NULL  -- each on a line
);

-- The revisions from which and until which an entry held.
ALTER TABLE planned_closure ADD COLUMN held_from integer;
ALTER TABLE planned_closure ADD COLUMN held_until integer;
ALTER TABLE special_day ADD COLUMN held_from integer;
ALTER TABLE special_day ADD COLUMN held_until integer;
ALTER TABLE dated_hours ADD COLUMN held_from integer;
ALTER TABLE dated_hours ADD COLUMN held_until integer;

UPDATE planned_closure SET held_from = 0, held_until = CASE WHEN removed_at IS NULL THEN NULL ELSE 0 END;
UPDATE special_day SET held_from = 0, held_until = CASE WHEN removed_at IS NULL THEN NULL ELSE 0 END;
UPDATE dated_hours SET held_from = 0, held_until = CASE WHEN removed_at IS NULL THEN NULL ELSE 0 END;

-- The revision of the data that a report was made of; null for those of before. And the one that it was asked for, if any.
ALTER TABLE report ADD COLUMN revision integer;
ALTER TABLE report ADD COLUMN known_revision integer;

CREATE INDEX poll_past_by_time ON poll_past (polled_at);
CREATE INDEX store_past_by_revision ON store_past (until_revision);
CREATE INDEX planned_closure_by_revision ON planned_closure (held_from) WHERE held_from IS NULL;
CREATE INDEX special_day_by_revision ON special_day (held_from) WHERE held_from IS NULL;
CREATE INDEX dated_hours_by_revision ON dated_hours (held_from) WHERE held_from IS NULL;
