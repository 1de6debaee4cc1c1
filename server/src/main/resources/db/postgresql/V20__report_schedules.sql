-- Reports and summaries that are made and sent at local times.
CREATE TABLE report_schedule (
  id          text COLLATE "C" PRIMARY KEY,
  name        text    NOT NULL,
  every       text    NOT NULL, -- day, week or month
  day         integer,          -- of the week from Monday, 1, on, or of the month; null for every day
  at_second   integer NOT NULL, -- of the day, on the clocks of the zone
  zone        text    NOT NULL,
  what        text    NOT NULL, -- report or summary
  request     text    NOT NULL, -- a JSON object: which windows, stores and form
  channel_id  text,             -- where it is sent to; null for a folder
  folder      text,             -- below the folder of the server's settings; null for a channel
  state       text    NOT NULL, -- queued until its time comes, or running
  taken_by    text,   
  tries       bigint,
  looks       bigint,
  entered_at  bigint  NOT NULL,
  entered_by  text,   
  next_at     bigint  NOT NULL, -- the next local time that it is for
  try_at      bigint  NOT NULL, -- when it is made: at that time, again after a failure, or now because somebody asks
  due_at      bigint,           -- what is made again is for this instant; null for the next local time
  failures    integer NOT NULL, -- how often in a row it could not be made
  last_at     bigint,
  last_due    bigint,
  outcome     text,             -- sent, written or failed
  detail      text,   
  report_id   text,   
  delivery_id text
);

-- Files that messages take along.
CREATE TABLE alert_attachment (
  delivery_id text    PRIMARY KEY,
  name        text    NOT NULL,
  type        text    NOT NULL,
  content     text    NOT NULL  -- in base64
);
