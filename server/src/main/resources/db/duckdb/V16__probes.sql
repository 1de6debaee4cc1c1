-- At which addresses stores are asked whether they are online, and how that ended the last time.
CREATE TABLE store_probe (
  store_key      INTEGER NOT NULL, -- one row for each store
  url            VARCHAR NOT NULL,
  statuses       VARCHAR NOT NULL, -- those of HTTP by which it is online, such as 200-299,404
  text           VARCHAR,          -- what the answer has to say
  timeout_millis BIGINT  NOT NULL,
  always         BOOLEAN NOT NULL, -- outside business hours too
  entered_at     BIGINT  NOT NULL,
  entered_by     VARCHAR,
  outcome        VARCHAR,
  detail         VARCHAR,
  since_at       BIGINT            -- since when it ends like this
);
