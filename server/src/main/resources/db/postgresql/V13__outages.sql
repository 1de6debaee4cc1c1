-- Outages as they were found up to a revision; instants in microseconds since the epoch.
CREATE TABLE outage (
  id          bigint  NOT NULL, -- made by chance
  store_key   integer NOT NULL,
  started_at  bigint  NOT NULL, -- by the rule's estimate
  last_up     bigint,           -- the last active poll before it
  first_down  bigint  NOT NULL, -- its first inactive poll
  last_down   bigint  NOT NULL, -- and its last one
  ended_at    bigint,           -- null while it goes on
  next_up     bigint,           -- the first active poll after it
  ended_by    text    NOT NULL, -- nothing, recovery or silence
  open_micros bigint  NOT NULL, -- the open time that it lasted; 0 while it goes on
  found_at    bigint  NOT NULL
);

-- What was said of outages before it was corrected or withdrawn.
CREATE TABLE outage_past (
  id          bigint  NOT NULL,
  store_key   integer NOT NULL,
  started_at  bigint  NOT NULL,
  last_up     bigint,
  first_down  bigint  NOT NULL,
  last_down   bigint  NOT NULL,
  ended_at    bigint,
  next_up     bigint,
  ended_by    text    NOT NULL,
  open_micros bigint  NOT NULL,
  found_at    bigint  NOT NULL,
  said_until  bigint  NOT NULL, -- when it was corrected
  revision    integer NOT NULL, -- the revision of the data by which it was
  withdrawn   boolean NOT NULL  -- whether there was no outage at all
);

-- How far outages are found: one row.
CREATE TABLE outage_progress (
  revision  integer NOT NULL, -- all changes up to this revision are in
  known_to  bigint  NOT NULL, -- and all polls up to this instant
  basis     text    NOT NULL  -- the rule and settings by which they are found
);

ALTER TABLE outage ADD PRIMARY KEY (id);
CREATE INDEX outage_of_store ON outage (store_key, started_at);
CREATE INDEX outage_by_start ON outage (started_at, id);
CREATE INDEX outage_ongoing ON outage (last_down) WHERE ended_at IS NULL;
CREATE INDEX outage_past_of_id ON outage_past (id);
