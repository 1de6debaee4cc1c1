package dev.storewatch.source;

/** A store is not asked whether it is online. */
public final class UnknownProbe extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownProbe(String storeId) {
    super(
        "the store %s has no address at which it is asked: give it one, for example {\"url\": \"https://example.com/\"}"
            .formatted(storeId));
  }
}
