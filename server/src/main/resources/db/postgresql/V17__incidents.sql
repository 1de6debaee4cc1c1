-- What is wrong at stores or groups of stores, or was, as people are told of it; instants in microseconds since the epoch.
CREATE TABLE incident (
  id              bigint  NOT NULL, -- made by chance
  trouble         text NOT NULL, -- down, not_opened, dark, flapping, low_uptime or monitor
  store_key       integer,          -- null for a group
  grouped         text,          -- fleet, tag:TAG or zone:ZONE; null for one store
  stores          integer NOT NULL, -- how many it is about
  started_at      bigint  NOT NULL, -- by the rule's estimate
  opened_at       bigint  NOT NULL, -- when it was found
  ended_at        bigint,           -- by the rule's estimate; null while it lasts
  closed_at       bigint,           -- when that was found; null while it lasts
  ended_by        text,
  open_micros     bigint  NOT NULL, -- the open time that was lost; 0 while it lasts
  outage_id       bigint,
  member_of       bigint,           -- the incident of a group with which it is told
  acknowledged_at bigint,
  acknowledged_by text,
  note            text,
  is_news         boolean NOT NULL  -- whether it was over when it was found, and nobody was told yet
);

-- Which channel has heard of which incident: whoever heard of the beginning hears of the end.
CREATE TABLE incident_told (
  incident_id bigint  NOT NULL,
  channel_id  text NOT NULL,
  trouble     text NOT NULL, -- what it heard last that is wrong
  told_at     bigint  NOT NULL,
  again_at    bigint  NOT NULL, -- when it heard of it last
  end_told_at bigint
);

-- What a channel is told of; a channel without any is told of everything.
CREATE TABLE alert_route (
  id            text NOT NULL,
  channel_id    text NOT NULL,
  tags          text NOT NULL, -- of stores with all of these, one a line; empty for all
  troubles      text NOT NULL, -- of these, one a line; empty for all
  after_seconds bigint  NOT NULL, -- what lasts as long, and nobody has acknowledged
  quiet_from    text,          -- a time of day from which nothing begins to be told
  quiet_to      text,
  quiet_zone    text,
  digest        boolean NOT NULL, -- whether what still lasts is told at opening
  entered_at    bigint  NOT NULL,
  entered_by    text
);

-- Times in which nothing begins to be told of some stores.
CREATE TABLE alert_mute (
  id         text NOT NULL,
  store_key  integer,          -- of this store
  tag        text,          -- or of stores with this tag; both null for all
  until_at   bigint  NOT NULL,
  reason     text NOT NULL,
  entered_at bigint  NOT NULL,
  entered_by text
);

ALTER TABLE incident ADD PRIMARY KEY (id);
CREATE INDEX incident_open ON incident (opened_at) WHERE closed_at IS NULL;
CREATE INDEX incident_by_opening ON incident (opened_at, id);
CREATE INDEX incident_closed ON incident (closed_at);
CREATE INDEX incident_news ON incident (started_at) WHERE is_news;
ALTER TABLE incident_told ADD PRIMARY KEY (incident_id, channel_id);
CREATE INDEX incident_told_open ON incident_told (incident_id) WHERE end_told_at IS NULL;
ALTER TABLE alert_route ADD PRIMARY KEY (id);
ALTER TABLE alert_mute ADD PRIMARY KEY (id);
