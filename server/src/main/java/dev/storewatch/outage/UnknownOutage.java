package dev.storewatch.outage;

/** There is no outage of an id, or none that the caller may see. */
public final class UnknownOutage extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownOutage(String id) {
    super(
        "there is no outage with the id %s: GET /api/v1/outages lists those there are"
            .formatted(id));
  }
}
