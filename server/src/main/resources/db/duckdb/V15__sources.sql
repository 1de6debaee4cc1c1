-- Addresses whose files are pulled again and again, and what is known of their pulls.
CREATE TABLE poll_source (
  id            VARCHAR NOT NULL PRIMARY KEY,
  name          VARCHAR NOT NULL,
  url           VARCHAR NOT NULL,
  every_seconds BIGINT,           -- either how often
  daily_at      INTEGER,          -- or the second of the day,
  zone          VARCHAR,          -- on the clocks of a zone
  secret        VARCHAR,          -- where it is, such as env:NAME; never the secret itself
  sent_as       VARCHAR NOT NULL,
  kind          VARCHAR,
  options       VARCHAR NOT NULL, -- name=text on each line
  state         VARCHAR NOT NULL, -- queued until its time comes, running, or paused
  taken_by      VARCHAR,
  bytes_read    BIGINT,
  looks         BIGINT,
  entered_at    BIGINT  NOT NULL,
  entered_by    VARCHAR,
  next_at       BIGINT  NOT NULL,
  etag          VARCHAR,          -- of the file that was imported last
  modified      VARCHAR,
  hash          VARCHAR,
  imports       BIGINT  NOT NULL, -- how many files were imported
  failures      INTEGER NOT NULL, -- how many pulls have failed since the last that did not
  last_at       BIGINT,
  outcome       VARCHAR,
  detail        VARCHAR,
  import_id     VARCHAR
);
