-- Planned closures: of a store, of the stores with a tag, or of all. What is changed or deleted is kept, with who did it.
CREATE TABLE planned_closure (
  id         VARCHAR NOT NULL, -- the same through all changes
  store_key  INTEGER,
  tag        VARCHAR,
  is_local   BOOLEAN NOT NULL, -- whether the times are those of the clocks of each store
  from_time  BIGINT NOT NULL, -- microseconds since the epoch; of local times, as if the clocks were those of UTC
  to_time    BIGINT NOT NULL,
  repeats    VARCHAR NOT NULL, -- once, weekly or yearly
  last_date  INTEGER,          -- the last date on which it may start, in days since the epoch; null for ever
  reason     VARCHAR NOT NULL,
  entered_at BIGINT NOT NULL,
  entered_by VARCHAR,
  removed_at BIGINT,          -- when it was changed or deleted; null for what holds
  removed_by VARCHAR
);

-- Special days, of a store, of the stores with a tag, or of all; kept as closures are.
CREATE TABLE special_day (
  id         VARCHAR NOT NULL,
  store_key  INTEGER,
  tag        VARCHAR,
  date       INTEGER NOT NULL, -- in days since the epoch, on the clocks of each store
  hours      VARCHAR NOT NULL, -- what begins on it, in seconds after midnight: 32400-50400,64800-7200; empty for closed
  label      VARCHAR,
  entered_at BIGINT NOT NULL,
  entered_by VARCHAR,
  removed_at BIGINT,
  removed_by VARCHAR
);

-- Weekly hours that hold from a date on, until those of a later date; business_hours has those from the beginning.
CREATE TABLE dated_hours (
  store_key  INTEGER NOT NULL,
  valid_from INTEGER NOT NULL, -- in days since the epoch, on the clocks of the store
  hours      VARCHAR NOT NULL, -- the intervals as imports keep them, and closed days
  entered_at BIGINT NOT NULL,
  entered_by VARCHAR,
  removed_at BIGINT,
  removed_by VARCHAR
);
