-- What is wrong at stores or groups of stores, or was, as people are told of it; instants in microseconds since the epoch.
CREATE TABLE incident (
  id              BIGINT  NOT NULL, -- made by chance
  trouble         VARCHAR NOT NULL, -- down, not_opened, dark, flapping, low_uptime or monitor
  store_key       INTEGER,          -- null for a group
  grouped         VARCHAR,          -- fleet, tag:TAG or zone:ZONE; null for one store
  stores          INTEGER NOT NULL, -- how many it is about
  started_at      BIGINT  NOT NULL, -- by the rule's estimate
  opened_at       BIGINT  NOT NULL, -- when it was found
  ended_at        BIGINT,           -- by the rule's estimate; null while it lasts
  closed_at       BIGINT,           -- when that was found; null while it lasts
  ended_by        VARCHAR,
  open_micros     BIGINT  NOT NULL, -- the open time that was lost; 0 while it lasts
  outage_id       BIGINT,
  member_of       BIGINT,           -- the incident of a group with which it is told
  acknowledged_at BIGINT,
  acknowledged_by VARCHAR,
  note            VARCHAR,
  is_news         BOOLEAN NOT NULL  -- whether it was over when it was found, and nobody was told yet
);

-- Which channel has heard of which incident: whoever heard of the beginning hears of the end.
CREATE TABLE incident_told (
  incident_id BIGINT  NOT NULL,
  channel_id  VARCHAR NOT NULL,
  trouble     VARCHAR NOT NULL, -- what it heard last that is wrong
  told_at     BIGINT  NOT NULL,
  again_at    BIGINT  NOT NULL, -- when it heard of it last
  end_told_at BIGINT
);

-- What a channel is told of; a channel without any is told of everything.
CREATE TABLE alert_route (
  id            VARCHAR NOT NULL,
  channel_id    VARCHAR NOT NULL,
  tags          VARCHAR NOT NULL, -- of stores with all of these, one a line; empty for all
  troubles      VARCHAR NOT NULL, -- of these, one a line; empty for all
  after_seconds BIGINT  NOT NULL, -- what lasts as long, and nobody has acknowledged
  quiet_from    VARCHAR,          -- a time of day from which nothing begins to be told
  quiet_to      VARCHAR,
  quiet_zone    VARCHAR,
  digest        BOOLEAN NOT NULL, -- whether what still lasts is told at opening
  entered_at    BIGINT  NOT NULL,
  entered_by    VARCHAR
);

-- Times in which nothing begins to be told of some stores.
CREATE TABLE alert_mute (
  id         VARCHAR NOT NULL,
  store_key  INTEGER,          -- of this store
  tag        VARCHAR,          -- or of stores with this tag; both null for all
  until_at   BIGINT  NOT NULL,
  reason     VARCHAR NOT NULL,
  entered_at BIGINT  NOT NULL,
  entered_by VARCHAR
);
