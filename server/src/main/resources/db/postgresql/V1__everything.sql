-- Every instant is a count of microseconds since 1970-01-01T00:00:00Z; every time of day is seconds after midnight.
-- Texts are ordered by their bytes, as the other database does it.

-- How many transactions changed data of a kind: what a server keeps in memory holds as long as it stays the same.
CREATE TABLE change_count (
  kind    text   PRIMARY KEY,
  changes bigint NOT NULL
);

-- The processes that use this database. What one has taken is free for others once its lease has ended.
CREATE TABLE member (
  name        text        PRIMARY KEY,
  lease_until timestamptz NOT NULL
);

-- Text ids live here only; every other table uses the key. Keys count up from 1 without a gap.
CREATE TABLE store (
  store_key     integer PRIMARY KEY,
  store_id      text COLLATE "C" NOT NULL UNIQUE,
  name          text,
  zone          text,
  first_poll_at bigint,
  -- A deleted store keeps its key and its id, because the rows of old reports name the key.
  deleted       boolean NOT NULL DEFAULT FALSE
);

CREATE TABLE store_tag (
  store_key integer NOT NULL,
  tag       text COLLATE "C" NOT NULL,
  PRIMARY KEY (store_key, tag)
);

CREATE TABLE business_hours (
  store_key integer  NOT NULL,
  day       smallint NOT NULL, -- 0 is Monday
  opens     integer  NOT NULL,
  closes    integer  NOT NULL  -- at or before opens: on the next day
);

CREATE INDEX business_hours_of_store ON business_hours (store_key);

CREATE TABLE poll (
  polled_at bigint  NOT NULL,
  store_key integer NOT NULL,
  active    boolean NOT NULL,
  PRIMARY KEY (store_key, polled_at)
) PARTITION BY RANGE (polled_at);

-- The partitions of poll, so that what is asked often needs no look at the polls themselves.
CREATE TABLE poll_partition (
  name      text   PRIMARY KEY,
  starts_at bigint NOT NULL UNIQUE,
  ends_at   bigint NOT NULL,
  polls     bigint NOT NULL DEFAULT 0,
  newest_at bigint
);

CREATE TABLE import_run (
  id         text COLLATE "C" PRIMARY KEY,
  source     text   NOT NULL,
  kind       text,
  state      text   NOT NULL,
  rows_read  bigint NOT NULL,
  added      bigint NOT NULL,
  repeated   bigint NOT NULL,
  replaced   bigint NOT NULL,
  rejected   bigint NOT NULL,
  started_at bigint NOT NULL,
  ended_at   bigint,
  error      text,
  taken_by   text,   -- the process that does it
  bytes      bigint, -- of the file as it was sent; null when no upload waits for it
  bytes_read bigint,
  rows_seen  bigint
);

CREATE INDEX import_run_newest ON import_run (started_at DESC, id);
CREATE INDEX import_run_unfinished ON import_run (started_at, id) WHERE state IN ('queued', 'running');

-- Files that were received whole, in pieces, until they are imported: any server can do that.
CREATE TABLE upload_piece (
  import_id text    NOT NULL,
  number    integer NOT NULL,
  bytes     bytea   NOT NULL,
  PRIMARY KEY (import_id, number)
);

ALTER TABLE upload_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE import_reject (
  import_id text   NOT NULL,
  line      bigint NOT NULL,
  reason    text   NOT NULL,
  text      text   NOT NULL
);

CREATE INDEX import_reject_of_run ON import_reject (import_id, line);

CREATE SEQUENCE report_number AS integer;

CREATE TABLE report (
  number            integer PRIMARY KEY DEFAULT nextval('report_number'),
  id                text    NOT NULL UNIQUE,
  state             text    NOT NULL,
  as_of             bigint, -- null when there was no poll to take it from
  rule              text    NOT NULL,
  carry             bigint  NOT NULL,
  windows           text    NOT NULL, -- ISO 8601 durations, separated by commas
  store_ids         text,             -- a JSON array; null for every store
  late_close        boolean NOT NULL, -- whether a closing time of 23:59 or later is read as midnight
  scope             text,             -- a JSON array of store tags; null for every store
  asked_at          bigint  NOT NULL,
  asked_by          text,
  idempotency_key   text,             -- as the caller sent it, or null
  idempotency_order text,             -- what tells the order that came with the key from others
  started_at        bigint,
  ended_at          bigint,
  error             text,
  row_count         integer,
  checksum          text,
  taken_by          text,             -- the process that computes it
  stores_done       integer,
  stores_total      integer
);

CREATE INDEX report_unfinished ON report (number) WHERE state IN ('queued', 'running');
CREATE INDEX report_ended ON report (ended_at);
CREATE INDEX report_asked ON report (asked_by, idempotency_key, number DESC) WHERE idempotency_key IS NOT NULL;

-- One row for each store and window, in the order of the report.
CREATE TABLE report_row (
  report_number integer  NOT NULL,
  row_number    integer  NOT NULL,
  store_key     integer  NOT NULL,
  window_number smallint NOT NULL,
  scheduled     bigint   NOT NULL,
  up            bigint   NOT NULL,
  down          bigint   NOT NULL,
  unknown       bigint   NOT NULL,
  excluded      bigint   NOT NULL,
  surely_up     bigint   NOT NULL,
  surely_down   bigint   NOT NULL,
  polls         bigint   NOT NULL,
  PRIMARY KEY (report_number, row_number)
);

-- Rows are never deleted: as long as one was ever there, access is configured and nobody gets in without it.
CREATE TABLE access_key (
  id           text COLLATE "C" PRIMARY KEY, -- the public part of the key
  name         text   NOT NULL,
  secret_hash  text   NOT NULL,              -- SHA-256 of the secret part, in hexadecimal
  role         text   NOT NULL,
  scope        text,                         -- a JSON array of store tags; null for every store
  created_at   bigint NOT NULL,
  expires_at   bigint,
  revoked_at   bigint,
  last_used_at bigint
);

CREATE TABLE access_user (
  name            text COLLATE "C" PRIMARY KEY,
  password_hash   text   NOT NULL,
  role            text   NOT NULL,
  scope           text,
  created_at      bigint NOT NULL,
  removed_at      bigint,
  last_sign_in_at bigint
);

-- The sessions of people, with the names and the milliseconds of Spring Session. Nothing in here opens a session.
CREATE TABLE access_session (
  primary_id            text    PRIMARY KEY,
  session_id            text    NOT NULL UNIQUE, -- SHA-256 of what the cookie holds, in hexadecimal
  creation_time         bigint  NOT NULL,
  last_access_time      bigint  NOT NULL,
  max_inactive_interval integer NOT NULL,        -- seconds
  expiry_time           bigint  NOT NULL,
  principal_name        text
);

CREATE INDEX access_session_expiry ON access_session (expiry_time);

CREATE TABLE access_session_attributes (
  session_primary_id text  NOT NULL REFERENCES access_session ON DELETE CASCADE,
  attribute_name     text  NOT NULL,
  attribute_bytes    bytea NOT NULL,
  PRIMARY KEY (session_primary_id, attribute_name)
);

CREATE SEQUENCE audit_number;

CREATE TABLE audit_entry (
  number  bigint PRIMARY KEY DEFAULT nextval('audit_number'),
  done_at bigint NOT NULL,
  who     text   NOT NULL,
  address text   NOT NULL, -- where the request came from
  action  text   NOT NULL,
  target  text,
  outcome text             -- null while the action goes on, or when the process ended in the middle of it
);

-- What is done again and again, when, and by whom: as the library db-scheduler wants it.
CREATE TABLE job (
  task_name            text        NOT NULL,
  task_instance        text        NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean     NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint      NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX job_due ON job (execution_time);
CREATE INDEX job_heartbeat ON job (last_heartbeat);
