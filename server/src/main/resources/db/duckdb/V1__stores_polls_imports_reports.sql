-- Every instant is a count of microseconds since 1970-01-01T00:00:00Z; every time of day is seconds after midnight.

-- Text ids live here only; every other table uses the key. Keys count up from 1 without a gap.
CREATE TABLE store (
  store_key     INTEGER PRIMARY KEY,
  store_id      VARCHAR NOT NULL UNIQUE,
  zone          VARCHAR,
  first_poll_at BIGINT
);

CREATE TABLE business_hours (
  store_key INTEGER  NOT NULL,
  day       TINYINT  NOT NULL, -- 0 is Monday
  opens     INTEGER  NOT NULL,
  closes    INTEGER  NOT NULL  -- at or before opens: on the next day
);

-- No primary key: an index would cost ten times the disk. One writer at a time keeps (store_key, polled_at) unique.
CREATE TABLE poll (
  store_key INTEGER NOT NULL,
  polled_at BIGINT  NOT NULL,
  active    BOOLEAN NOT NULL
);

CREATE TABLE import_run (
  id         VARCHAR PRIMARY KEY,
  source     VARCHAR NOT NULL,
  kind       VARCHAR,
  state      VARCHAR NOT NULL,
  rows_read  BIGINT  NOT NULL,
  added      BIGINT  NOT NULL,
  repeated   BIGINT  NOT NULL,
  replaced   BIGINT  NOT NULL,
  rejected   BIGINT  NOT NULL,
  started_at BIGINT  NOT NULL,
  ended_at   BIGINT,
  error      VARCHAR
);

CREATE TABLE import_reject (
  import_id VARCHAR NOT NULL,
  line      BIGINT  NOT NULL,
  reason    VARCHAR NOT NULL,
  text      VARCHAR NOT NULL
);

CREATE SEQUENCE report_number;

CREATE TABLE report (
  number       INTEGER PRIMARY KEY DEFAULT nextval('report_number'),
  id           VARCHAR NOT NULL UNIQUE,
  state        VARCHAR NOT NULL,
  as_of        BIGINT, -- null when there was no poll to take it from
  rule         VARCHAR NOT NULL,
  carry        BIGINT  NOT NULL,
  windows      VARCHAR NOT NULL, -- ISO 8601 durations, separated by commas
  store_ids    VARCHAR,          -- a JSON array; null for every store
  late_close   BOOLEAN NOT NULL, -- whether a closing time of 23:59 or later is read as midnight
  asked_at     BIGINT NOT NULL,
  started_at   BIGINT,
  ended_at     BIGINT,
  error        VARCHAR,
  row_count    INTEGER,
  checksum     VARCHAR
);

-- One row for each store and window, in the order of the report.
CREATE TABLE report_row (
  report_number INTEGER NOT NULL,
  row_number    INTEGER NOT NULL,
  store_key     INTEGER NOT NULL,
  window_number TINYINT NOT NULL,
  scheduled     BIGINT  NOT NULL,
  up            BIGINT  NOT NULL,
  down          BIGINT  NOT NULL,
  unknown       BIGINT  NOT NULL,
  excluded      BIGINT  NOT NULL,
  surely_up     BIGINT  NOT NULL,
  surely_down   BIGINT  NOT NULL,
  polls         BIGINT  NOT NULL
);
