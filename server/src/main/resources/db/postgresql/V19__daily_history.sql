-- The figures of the days of stores as they were computed up to a revision: one row for each store
-- and month, so that a year of a fleet is read and written quickly; times in microseconds.
CREATE TABLE history_month (
  store_key   integer NOT NULL,
  month       integer NOT NULL, -- months since January of the year 0
  days        integer NOT NULL, -- how many are in, from the first of the month on
  scheduled   bigint  NOT NULL, -- the sums of these days
  up          bigint  NOT NULL,
  down        bigint  NOT NULL,
  unknown     bigint  NOT NULL,
  excluded    bigint  NOT NULL,
  surely_up   bigint  NOT NULL,
  surely_down bigint  NOT NULL,
  polls       bigint  NOT NULL,
  figures     text    NOT NULL  -- the same of each day, packed
);

-- How far the days are kept: one row.
CREATE TABLE history_progress (
  revision  integer NOT NULL, -- all changes up to this revision are in
  known_to  bigint  NOT NULL, -- all days are in of which no poll after this instant tells anything
  complete  boolean NOT NULL, -- whether none of them is missing
  basis     text    NOT NULL, -- the rule and settings by which they are computed
  writer    text    NOT NULL  -- who writes, so that two servers do not mix what they found
);

ALTER TABLE history_month ADD PRIMARY KEY (store_key, month);
