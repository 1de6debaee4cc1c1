-- At which addresses stores are asked whether they are online, and how that ended the last time.
CREATE TABLE store_probe (
  store_key      integer NOT NULL PRIMARY KEY, -- one row for each store
  url            text    NOT NULL,
  statuses       text    NOT NULL, -- those of HTTP by which it is online, such as 200-299,404
  text           text,             -- what the answer has to say
  timeout_millis bigint  NOT NULL,
  always         boolean NOT NULL, -- outside business hours too
  entered_at     bigint  NOT NULL,
  entered_by     text,
  outcome        text,
  detail         text,
  since_at       bigint            -- since when it ends like this
);
