-- Outages as they were found up to a revision; instants in microseconds since the epoch.
CREATE TABLE outage (
  id          BIGINT  NOT NULL, -- made by chance
  store_key   INTEGER NOT NULL,
  started_at  BIGINT  NOT NULL, -- by the rule's estimate
  last_up     BIGINT,           -- the last active poll before it
  first_down  BIGINT  NOT NULL, -- its first inactive poll
  last_down   BIGINT  NOT NULL, -- and its last one
  ended_at    BIGINT,           -- null while it goes on
  next_up     BIGINT,           -- the first active poll after it
  ended_by    VARCHAR NOT NULL, -- nothing, recovery or silence
  open_micros BIGINT  NOT NULL, -- the open time that it lasted; 0 while it goes on
  found_at    BIGINT  NOT NULL
);

-- What was said of outages before it was corrected or withdrawn.
CREATE TABLE outage_past (
  id          BIGINT  NOT NULL,
  store_key   INTEGER NOT NULL,
  started_at  BIGINT  NOT NULL,
  last_up     BIGINT,
  first_down  BIGINT  NOT NULL,
  last_down   BIGINT  NOT NULL,
  ended_at    BIGINT,
  next_up     BIGINT,
  ended_by    VARCHAR NOT NULL,
  open_micros BIGINT  NOT NULL,
  found_at    BIGINT  NOT NULL,
  said_until  BIGINT  NOT NULL, -- when it was corrected
  revision    INTEGER NOT NULL, -- the revision of the data by which it was
  withdrawn   BOOLEAN NOT NULL  -- whether there was no outage at all
);

-- How far outages are found: one row.
CREATE TABLE outage_progress (
  revision  INTEGER NOT NULL, -- all changes up to this revision are in
  known_to  BIGINT  NOT NULL, -- and all polls up to this instant
  basis     VARCHAR NOT NULL  -- the rule and settings by which they are found
);
