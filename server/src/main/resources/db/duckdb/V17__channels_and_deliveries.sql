-- Ways on which alerts reach people. A channel that is removed is kept without its secrets, for what was sent to it.
CREATE TABLE alert_channel (
  id         VARCHAR NOT NULL,
  name       VARCHAR NOT NULL,
  kind       VARCHAR NOT NULL,
  settings   VARCHAR NOT NULL, -- a JSON object of texts
  secrets    VARCHAR,          -- the same, encrypted with a key that is not here; null for none
  per_minute INTEGER NOT NULL, -- the most messages that it gets in a minute
  entered_at BIGINT  NOT NULL,
  entered_by VARCHAR,
  removed_at BIGINT,
  removed_by VARCHAR,
  next_at    BIGINT  NOT NULL, -- before which it gets no message: its rate, or a pause after a failure
  failures   INTEGER NOT NULL, -- how often in a row it did not take a message
  last_error VARCHAR
);

CREATE SEQUENCE alert_number;

-- Messages to channels, written in the transactions of what they tell of.
CREATE TABLE alert_delivery (
  number     BIGINT  PRIMARY KEY DEFAULT nextval('alert_number'),
  id         VARCHAR NOT NULL, -- the receiver gets it too, and can tell by it when a message comes twice
  channel_id VARCHAR NOT NULL,
  incident   VARCHAR NOT NULL, -- what is older of an incident goes first
  kind       VARCHAR NOT NULL, -- started, continues, ended, found_late or test
  alert      VARCHAR NOT NULL, -- a JSON object
  state      VARCHAR NOT NULL, -- queued, running, delivered, accepted or dead
  queued_at  BIGINT  NOT NULL,
  since_at   BIGINT  NOT NULL, -- since when it is tried: when it was queued, or queued again by hand
  due_at     BIGINT  NOT NULL, -- when it is tried next
  attempts   INTEGER NOT NULL,
  taken_by   VARCHAR,          -- the process that sends it
  started_at BIGINT,
  ended_at   BIGINT,
  note       VARCHAR           -- what the receiver said last, or what went wrong
);
