-- Planned closures: of a store, of the stores with a tag, or of all. What is changed or deleted is kept, with who did it.
CREATE TABLE planned_closure (
  id         text NOT NULL, -- the same through all changes
  store_key  integer,
  tag        text,
  is_local   boolean NOT NULL, -- whether the times are those of the clocks of each store
  from_time  bigint NOT NULL, -- microseconds since the epoch; of local times, as if the clocks were those of UTC
  to_time    bigint NOT NULL,
  repeats    text NOT NULL, -- once, weekly or yearly
  last_date  integer,          -- the last date on which it may start, in days since the epoch; null for ever
  reason     text NOT NULL,
  entered_at bigint NOT NULL,
  entered_by text,
  removed_at bigint,          -- when it was changed or deleted; null for what holds
  removed_by text
);

CREATE INDEX planned_closure_held ON planned_closure (id) WHERE removed_at IS NULL;

-- Special days, of a store, of the stores with a tag, or of all; kept as closures are.
CREATE TABLE special_day (
  id         text NOT NULL,
  store_key  integer,
  tag        text,
  date       integer NOT NULL, -- in days since the epoch, on the clocks of each store
  hours      text NOT NULL, -- what begins on it, in seconds after midnight: 32400-50400,64800-7200; empty for closed
  label      text,
  entered_at bigint NOT NULL,
  entered_by text,
  removed_at bigint,
  removed_by text
);

-- Weekly hours that hold from a date on, until those of a later date; business_hours has those from the beginning.
CREATE TABLE dated_hours (
  store_key  integer NOT NULL,
  valid_from integer NOT NULL, -- in days since the epoch, on the clocks of the store
  hours      text NOT NULL, -- the intervals as imports keep them, and closed days
  entered_at bigint NOT NULL,
  entered_by text,
  removed_at bigint,
  removed_by text
);
