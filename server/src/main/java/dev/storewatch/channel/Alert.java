package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one message to people is about: something began, goes on, or ended at a store or at a group
 * of stores.
 *
 * @param incident the id of the incident, the same in all messages about it; at most {@value
 *     #LONGEST_INCIDENT} characters
 * @param kind what there is to say of the incident
 * @param trouble what is wrong
 * @param subject the store or the stores
 * @param times since when, until when and how long
 * @param endedBy what ended it, in words such as {@code an active poll}; null while it lasts, or if
 *     that is not known
 * @param note what else there is to say, in a sentence; null for nothing
 * @param link where to see more, or null
 */
public record Alert(
    String incident,
    Kind kind,
    Trouble trouble,
    Subject subject,
    Times times,
    @Nullable String endedBy,
    @Nullable String note,
    @Nullable URI link) {
  /** The most characters of the id of an incident: PagerDuty takes no longer one. */
  public static final int LONGEST_INCIDENT = 255;

  /** What there is to say of an incident. */
  public enum Kind {
    /** It has begun. */
    STARTED,
    /** It still lasts. */
    CONTINUES,
    /** It is over. */
    ENDED,
    /** It was over before anybody could know of it, because polls came late. */
    FOUND_LATE,
    /** Several that were told of before still last, as their stores open. */
    DIGEST,
    /** A report that was to be sent at this time. */
    REPORT,
    /** Nothing happened: somebody tries a channel. */
    TEST;

    /** Returns the word for it in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the incident lasts, as far as is known. */
    public boolean isOngoing() {
      return this == STARTED || this == CONTINUES;
    }
  }

  /** What is wrong. */
  public enum Trouble {
    /** A store is offline in its business hours. */
    DOWN("is down"),
    /** A store did not open on time. */
    NOT_OPENED("did not open on time"),
    /** Nothing is heard of a store in its business hours: it may be up or down. */
    DARK("is not heard of"),
    /** A store goes down and up again and again. */
    FLAPPING("goes down and up again and again"),
    /** A store was up for too little of a time. */
    LOW_UPTIME("was up for too little of its time"),
    /** The polls are wrong or missing, and not the stores. */
    MONITOR("cannot be told from its polls"),
    /** Nothing is wrong: a report is sent. */
    NONE("is reported on");

    private final String predicate;

    Trouble(String predicate) {
      this.predicate = predicate;
    }

    /** Returns the word for it in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what is said of a store: {@code is down}. */
    String predicate() {
      return predicate;
    }
  }

  /**
   * Checks the id of the incident.
   *
   * @throws IllegalArgumentException if it is empty or too long
   */
  public Alert {
    if (incident.isBlank() || incident.length() > LONGEST_INCIDENT) {
      throw new WrongInput(
          "the id of an incident has %d characters: use 1 to %d"
              .formatted(incident.length(), LONGEST_INCIDENT));
    }
  }
}
