package dev.storewatch.store;

/** A part of what people say about a store, which can be said without the others. */
public enum StorePart {
  NAME,
  ZONE,
  HOURS,
  LATER_HOURS,
  TAGS
}
