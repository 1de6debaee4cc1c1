package dev.storewatch.source;

/** There is no such source. */
public final class UnknownSource extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownSource(String id) {
    super("there is no source with the id %s: list the sources at /api/v1/sources".formatted(id));
  }
}
