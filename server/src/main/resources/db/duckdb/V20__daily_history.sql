-- The figures of the days of stores as they were computed up to a revision: one row for each store
-- and month, so that a year of a fleet is read and written quickly; times in microseconds.
CREATE TABLE history_month (
  store_key   INTEGER NOT NULL,
  month       INTEGER NOT NULL, -- months since January of the year 0
  days        INTEGER NOT NULL, -- how many are in, from the first of the month on
  scheduled   BIGINT  NOT NULL, -- the sums of these days
  up          BIGINT  NOT NULL,
  down        BIGINT  NOT NULL,
  unknown     BIGINT  NOT NULL,
  excluded    BIGINT  NOT NULL,
  surely_up   BIGINT  NOT NULL,
  surely_down BIGINT  NOT NULL,
  polls       BIGINT  NOT NULL,
  figures     VARCHAR NOT NULL  -- the same of each day, packed
);

-- How far the days are kept: one row.
CREATE TABLE history_progress (
  revision  INTEGER NOT NULL, -- all changes up to this revision are in
  known_to  BIGINT  NOT NULL, -- all days are in of which no poll after this instant tells anything
  complete  BOOLEAN NOT NULL, -- whether none of them is missing
  basis     VARCHAR NOT NULL, -- the rule and settings by which they are computed
  writer    VARCHAR NOT NULL  -- who writes, so that two servers do not mix what they found
);
