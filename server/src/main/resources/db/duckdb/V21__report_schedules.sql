-- Reports and summaries that are made and sent at local times.
CREATE TABLE report_schedule (
  id          VARCHAR NOT NULL,
  name        VARCHAR NOT NULL,
  every       VARCHAR NOT NULL, -- day, week or month
  day         INTEGER,          -- of the week from Monday, 1, on, or of the month; null for every day
  at_second   INTEGER NOT NULL, -- of the day, on the clocks of the zone
  zone        VARCHAR NOT NULL,
  what        VARCHAR NOT NULL, -- report or summary
  request     VARCHAR NOT NULL, -- a JSON object: which windows, stores and form
  channel_id  VARCHAR,          -- where it is sent to; null for a folder
  folder      VARCHAR,          -- below the folder of the server's settings; null for a channel
  state       VARCHAR NOT NULL, -- queued until its time comes, or running
  taken_by    VARCHAR,
  tries       BIGINT,
  looks       BIGINT,
  entered_at  BIGINT  NOT NULL,
  entered_by  VARCHAR,
  next_at     BIGINT  NOT NULL, -- the next local time that it is for
  try_at      BIGINT  NOT NULL, -- when it is made: at that time, again after a failure, or now because somebody asks
  due_at      BIGINT,           -- what is made again is for this instant; null for the next local time
  failures    INTEGER NOT NULL, -- how often in a row it could not be made
  last_at     BIGINT,
  last_due    BIGINT,
  outcome     VARCHAR,          -- sent, written or failed
  detail      VARCHAR,
  report_id   VARCHAR,
  delivery_id VARCHAR
);

-- Files that messages take along.
CREATE TABLE alert_attachment (
  delivery_id VARCHAR NOT NULL,
  name        VARCHAR NOT NULL,
  type        VARCHAR NOT NULL,
  content     VARCHAR NOT NULL  -- in base64
);
