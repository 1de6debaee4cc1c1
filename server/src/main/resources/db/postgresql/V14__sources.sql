-- Addresses whose files are pulled again and again, and what is known of their pulls.
CREATE TABLE poll_source (
  id            text    COLLATE "C" NOT NULL PRIMARY KEY,
  name          text    NOT NULL,
  url           text    NOT NULL,
  every_seconds bigint,           -- either how often
  daily_at      integer,          -- or the second of the day,
  zone          text,             -- on the clocks of a zone
  secret        text,             -- where it is, such as env:NAME; never the secret itself
  sent_as       text    NOT NULL,
  kind          text,   
  options       text    NOT NULL, -- name=text on each line
  state         text    NOT NULL, -- queued until its time comes, running, or paused
  taken_by      text,   
  bytes_read    bigint,
  looks         bigint,
  entered_at    bigint  NOT NULL,
  entered_by    text,   
  next_at       bigint  NOT NULL,
  etag          text,             -- of the file that was imported last
  modified      text,   
  hash          text,   
  imports       bigint  NOT NULL, -- how many files were imported
  failures      integer NOT NULL, -- how many pulls have failed since the last that did not
  last_at       bigint,
  outcome       text,   
  detail        text,   
  import_id     text   
);
