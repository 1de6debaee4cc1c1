-- How far the partitions of Kafka were read, written in the transactions of their polls. No record before the offset is missing.
CREATE TABLE kafka_offset (
  topic            text COLLATE "C" NOT NULL,
  partition_number integer NOT NULL,
  topic_id         text    NOT NULL, -- another one when the topic was deleted and made again, or is of another cluster
  next_offset      bigint  NOT NULL, -- the first one that is not read yet
  written_at       bigint  NOT NULL,
  PRIMARY KEY (topic, partition_number)
);
