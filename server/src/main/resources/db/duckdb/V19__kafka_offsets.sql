-- How far the partitions of Kafka were read, written in the transactions of their polls. No record before the offset is missing.
CREATE TABLE kafka_offset (
  topic            VARCHAR NOT NULL,
  partition_number INTEGER NOT NULL,
  topic_id         VARCHAR NOT NULL, -- another one when the topic was deleted and made again, or is of another cluster
  next_offset      BIGINT  NOT NULL, -- the first one that is not read yet
  written_at       BIGINT  NOT NULL
);
