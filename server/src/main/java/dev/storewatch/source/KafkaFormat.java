package dev.storewatch.source;

/** What the values of records are. */
public enum KafkaFormat {
  /** JSON if the value begins with a bracket, else CSV. */
  AUTO,
  /** A poll as a JSON object, or an array of them. */
  JSON,
  /** A poll on each line, with or without a header before them. */
  CSV
}
