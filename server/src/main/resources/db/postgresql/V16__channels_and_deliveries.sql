-- Ways on which alerts reach people. A channel that is removed is kept without its secrets, for what was sent to it.
CREATE TABLE alert_channel (
  id         text COLLATE "C" PRIMARY KEY,
  name       text    NOT NULL,
  kind       text    NOT NULL,
  settings   text    NOT NULL, -- a JSON object of texts
  secrets    text,             -- the same, encrypted with a key that is not here; null for none
  per_minute integer NOT NULL, -- the most messages that it gets in a minute
  entered_at bigint  NOT NULL,
  entered_by text,
  removed_at bigint,
  removed_by text,
  next_at    bigint  NOT NULL, -- before which it gets no message: its rate, or a pause after a failure
  failures   integer NOT NULL, -- how often in a row it did not take a message
  last_error text
);

CREATE SEQUENCE alert_number;

-- Messages to channels, written in the transactions of what they tell of.
CREATE TABLE alert_delivery (
  number     bigint PRIMARY KEY DEFAULT nextval('alert_number'),
  id         text    NOT NULL UNIQUE, -- the receiver gets it too, and can tell by it when a message comes twice
  channel_id text COLLATE "C" NOT NULL,
  incident   text COLLATE "C" NOT NULL, -- what is older of an incident goes first
  kind       text    NOT NULL, -- started, continues, ended, found_late or test
  alert      text    NOT NULL, -- a JSON object
  state      text    NOT NULL, -- queued, running, delivered, accepted or dead
  queued_at  bigint  NOT NULL,
  since_at   bigint  NOT NULL, -- since when it is tried: when it was queued, or queued again by hand
  due_at     bigint  NOT NULL, -- when it is tried next
  attempts   integer NOT NULL,
  taken_by   text,             -- the process that sends it
  started_at bigint,
  ended_at   bigint,
  note       text              -- what the receiver said last, or what went wrong
);

CREATE INDEX alert_delivery_due ON alert_delivery (due_at, number) WHERE state = 'queued';
CREATE INDEX alert_delivery_open ON alert_delivery (channel_id, incident, number) WHERE state IN ('queued', 'running');
CREATE INDEX alert_delivery_of ON alert_delivery (channel_id, number DESC);
CREATE INDEX alert_delivery_about ON alert_delivery (incident, number DESC);
CREATE INDEX alert_delivery_dead ON alert_delivery (channel_id) WHERE state = 'dead';
CREATE INDEX alert_delivery_ended ON alert_delivery (ended_at);
