package dev.storewatch.channel;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Alerts that tests send. */
public final class Alerts {
  /** An id that programs round which read it as a number. */
  public static final String LONG_ID = "8419537941919820732";

  public static final Instant AT = Instant.parse("2026-11-29T19:20:00Z");
  private static final OffsetDateTime START = OffsetDateTime.parse("2026-11-29T14:05:00-05:00");

  private Alerts() {}

  /** One store that went down. */
  public static Alert down() {
    return of(Alert.Kind.STARTED);
  }

  /** The same incident, in one of its messages. */
  public static Alert of(Alert.Kind kind) {
    return of("incident-1", kind);
  }

  /** An incident, in one of its messages. */
  public static Alert of(String incident, Alert.Kind kind) {
    boolean over = kind == Alert.Kind.ENDED || kind == Alert.Kind.FOUND_LATE;
    return new Alert(
        incident,
        kind,
        Alert.Trouble.DOWN,
        Subject.of(LONG_ID, "Main <Street> & 5th"),
        new Times(
            START,
            over ? START.plusMinutes(80) : null,
            over ? Duration.ofMinutes(80) : Duration.ofMinutes(15),
            over ? Duration.ofMinutes(55) : Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            Duration.ofMinutes(65)),
        over ? "an active poll at 15:25" : null,
        null,
        URI.create("https://storewatch.example.com/stores/" + LONG_ID));
  }

  /** A group of stores, each with a name of some letters. */
  public static Alert group(int stores, String letter, int letters, @Nullable String note) {
    List<Subject.Store> all =
        IntStream.range(0, stores)
            .mapToObj(
                number -> new Subject.Store(LONG_ID + number, letter.repeat(letters) + number))
            .toList();
    return new Alert(
        "storm-1",
        Alert.Kind.STARTED,
        Alert.Trouble.DOWN,
        Subject.group("region:west", all),
        Times.since(START, Duration.ofMinutes(15), Duration.ofHours(40)),
        null,
        note,
        null);
  }

  /** A message about it. */
  public static Message message(Alert alert) {
    return new Message("7b1c2f5e-0000-4000-8000-000000000001", AT, alert);
  }
}
