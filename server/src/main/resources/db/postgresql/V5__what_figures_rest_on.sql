-- What was found in the data that a report rests on, as JSON.
ALTER TABLE report ADD COLUMN notices text;

-- The release of the rules of time zones by which a report was computed; NULL for those before.
ALTER TABLE report ADD COLUMN zone_rules text;

-- What each import changed, kept for some time, so that it can be taken back.
ALTER TABLE import_run ADD COLUMN set_id text; -- what the files of one command share
ALTER TABLE import_run ADD COLUMN set_more boolean NOT NULL DEFAULT FALSE; -- whether files of the same kind follow in it

CREATE TABLE import_journal (
  import_id     text COLLATE "C" PRIMARY KEY,
  number        bigint  NOT NULL, -- the order in which imports were written
  set_id        text,
  kind          text    NOT NULL,
  written_at    bigint  NOT NULL,
  first_new_key integer NOT NULL,
  new_stores    integer NOT NULL,
  stores        text    NOT NULL, -- sets of keys: bits, in base 64
  kept          text    NOT NULL,
  written_from  bigint  NOT NULL,
  written_to    bigint  NOT NULL,
  knew          text    NOT NULL,
  known_from    bigint  NOT NULL,
  known_to      bigint  NOT NULL,
  touched       text    NOT NULL,
  polls         text    NOT NULL  -- the first, or all, of the polls that it wrote, packed, in base 64
);

CREATE INDEX import_journal_in_order ON import_journal (number);

-- The polls that it wrote after those; base 64 does not get smaller by packing.
CREATE TABLE import_poll_change (
  import_id text COLLATE "C" NOT NULL,
  number    integer NOT NULL,
  polls     text    NOT NULL,
  PRIMARY KEY (import_id, number)
);

ALTER TABLE import_journal ALTER COLUMN polls SET STORAGE EXTERNAL;
ALTER TABLE import_poll_change ALTER COLUMN polls SET STORAGE EXTERNAL;

-- The hours or the zones that an import set, and those before them.
CREATE TABLE import_store_change (
  import_id         text COLLATE "C" NOT NULL,
  store_key         integer NOT NULL,
  before            text    NOT NULL,
  before_flagged_at bigint  NOT NULL,
  after             text    NOT NULL,
  after_flagged_at  bigint  NOT NULL,
  PRIMARY KEY (import_id, store_key)
);
