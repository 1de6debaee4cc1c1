package dev.storewatch.schedule;

/** There is no schedule of an id. */
public final class UnknownSchedule extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownSchedule(String id) {
    super("there is no schedule of reports with the id %s".formatted(id));
  }
}
