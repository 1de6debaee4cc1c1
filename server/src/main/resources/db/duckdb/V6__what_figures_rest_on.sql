-- What was found in the data that a report rests on, as JSON.
ALTER TABLE report ADD COLUMN notices VARCHAR;

-- The release of the rules of time zones by which a report was computed; NULL for those before.
ALTER TABLE report ADD COLUMN zone_rules VARCHAR;

-- What each import changed, kept for some time, so that it can be taken back.
ALTER TABLE import_run ADD COLUMN set_id VARCHAR; -- what the files of one command share
ALTER TABLE import_run ADD COLUMN set_more BOOLEAN DEFAULT FALSE; -- whether files of the same kind follow in it

CREATE TABLE import_journal (
  import_id     VARCHAR PRIMARY KEY,
  number        BIGINT  NOT NULL, -- the order in which imports were written
  set_id        VARCHAR,
  kind          VARCHAR NOT NULL,
  written_at    BIGINT  NOT NULL,
  first_new_key INTEGER NOT NULL,
  new_stores    INTEGER NOT NULL,
  stores        VARCHAR NOT NULL, -- sets of keys: bits, in base 64
  kept          VARCHAR NOT NULL,
  written_from  BIGINT  NOT NULL,
  written_to    BIGINT  NOT NULL,
  knew          VARCHAR NOT NULL,
  known_from    BIGINT  NOT NULL,
  known_to      BIGINT  NOT NULL,
  touched       VARCHAR NOT NULL,
  polls         VARCHAR NOT NULL  -- the first, or all, of the polls that it wrote, packed, in base 64
);

-- The polls that it wrote after those.
CREATE TABLE import_poll_change (
  import_id VARCHAR NOT NULL,
  number    INTEGER NOT NULL,
  polls     VARCHAR NOT NULL
);

-- The hours or the zones that an import set, and those before them.
CREATE TABLE import_store_change (
  import_id         VARCHAR NOT NULL,
  store_key         INTEGER NOT NULL,
  before            VARCHAR NOT NULL,
  before_flagged_at BIGINT  NOT NULL,
  after             VARCHAR NOT NULL,
  after_flagged_at  BIGINT  NOT NULL
);
