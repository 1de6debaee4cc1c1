ALTER TABLE store ADD COLUMN name VARCHAR;

-- A deleted store keeps its key and its id, because the rows of old reports name the key; it has nothing else, and comes
-- back under the same key when the id is met again.
ALTER TABLE store ADD COLUMN deleted BOOLEAN DEFAULT FALSE;

CREATE TABLE store_tag (
  store_key INTEGER NOT NULL,
  tag       VARCHAR NOT NULL
);

ALTER TABLE report ADD COLUMN scope VARCHAR;           -- a JSON array of store tags; null for every store
ALTER TABLE report ADD COLUMN asked_by VARCHAR;
ALTER TABLE report ADD COLUMN idempotency_key VARCHAR;   -- as the caller sent it, or null
ALTER TABLE report ADD COLUMN idempotency_order VARCHAR; -- what tells the order that came with the key from others

-- Rows are never deleted: as long as one was ever there, access is configured and nobody gets in without it.
CREATE TABLE access_key (
  id           VARCHAR PRIMARY KEY, -- the public part of the key
  name         VARCHAR NOT NULL,
  secret_hash  VARCHAR NOT NULL,    -- SHA-256 of the secret part, in hexadecimal
  role         VARCHAR NOT NULL,
  scope        VARCHAR,             -- a JSON array of store tags; null for every store
  created_at   BIGINT  NOT NULL,
  expires_at   BIGINT,
  revoked_at   BIGINT,
  last_used_at BIGINT
);

CREATE TABLE access_user (
  name            VARCHAR PRIMARY KEY,
  password_hash   VARCHAR NOT NULL,
  role            VARCHAR NOT NULL,
  scope           VARCHAR,
  created_at      BIGINT  NOT NULL,
  removed_at      BIGINT,
  last_sign_in_at BIGINT
);

CREATE SEQUENCE audit_number;

CREATE TABLE audit_entry (
  number  BIGINT  PRIMARY KEY DEFAULT nextval('audit_number'),
  done_at BIGINT  NOT NULL,
  who     VARCHAR NOT NULL,
  address VARCHAR NOT NULL, -- where the request came from
  action  VARCHAR NOT NULL,
  target  VARCHAR,
  outcome VARCHAR           -- null while the action goes on, or when the process ended in the middle of it
);
