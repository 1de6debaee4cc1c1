package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong at a store or at a group of stores, or was. Instants are microseconds
 * since the epoch.
 *
 * @param id a number by chance
 * @param trouble what is wrong; the worst of what is, while it lasts
 * @param about where
 * @param startedAt since when that lasts, by the rule's estimate
 * @param openedAt when it was found
 * @param ending how it ended; null while it lasts
 * @param outage the id of the outage that it is about, if it is about one
 * @param memberOf the incident of a group that it is part of, and with which it is told
 * @param acknowledged who knows of it, if somebody said so
 */
public record Incident(
    long id,
    Trouble trouble,
    About about,
    long startedAt,
    long openedAt,
    @Nullable Ending ending,
    @Nullable Long outage,
    @Nullable Long memberOf,
    @Nullable Acknowledgement acknowledged) {

  /**
   * Where something is wrong.
   *
   * @param store the key of the store; null for a group
   * @param group what the stores have in common, such as {@code tag:west}, or {@code fleet}; null
   *     for one store
   * @param stores how many stores it is about
   */
  public record About(@Nullable Integer store, @Nullable String group, int stores) {
    /** The group of all stores. */
    static final String FLEET = "fleet";

    /** What the name of the group begins with whose polls come by one way. */
    static final String SOURCE = "source:";

    /**
     * Returns whether stores of a group share what polls them: if something is wrong at most of
     * them at once, the polls are more likely wrong than the stores.
     */
    static boolean isOfMonitor(String group) {
      return group.equals(FLEET) || group.startsWith(SOURCE);
    }

    static About store(int key) {
      return new About(key, null, 1);
    }

    static About group(String group, int stores) {
      return new About(null, group, stores);
    }
  }

  /**
   * How an incident ended.
   *
   * @param at until when it lasted, by the rule's estimate
   * @param foundAt when that was found
   * @param by what ended it, in words
   * @param openMicros the open time that was lost
   */
  public record Ending(long at, long foundAt, String by, long openMicros) {}

  /**
   * Somebody knows of an incident.
   *
   * @param at since when
   * @param by who; null for somebody without a name
   * @param note what they said, if anything
   */
  public record Acknowledgement(long at, @Nullable String by, @Nullable String note) {}

  /** Returns an incident of a store that has just been found. */
  static Incident of(long id, Finding finding, long now) {
    return begun(
        id,
        finding.trouble(),
        About.store(finding.store()),
        finding.since(),
        now,
        finding.outage());
  }

  /** Returns an incident of a group of stores that has just been found. */
  static Incident of(long id, Storm storm, long now) {
    return begun(id, storm.trouble(), about(storm), storm.since(), now, null);
  }

  private static Incident begun(
      long id, Trouble trouble, About about, long since, long now, @Nullable Long outage) {
    return new Incident(id, trouble, about, since, now, null, outage, null, null);
  }

  private static About about(Storm storm) {
    return About.group(storm.group(), storm.stores().size());
  }

  /** Returns what it is called in messages and addresses. */
  String name() {
    return Long.toString(id);
  }

  /** Returns whether it lasts. */
  public boolean isOpen() {
    return ending == null;
  }

  /** Returns whether it is about a group of stores. */
  boolean isOfGroup() {
    return about.store() == null;
  }

  /** Returns whether it is about the uptime of a time, beside which a store may be down. */
  boolean isOfUptime() {
    return trouble == Trouble.LOW_UPTIME;
  }

  /** Returns the same by what is wrong now. */
  Incident as(Finding finding) {
    return new Incident(
        id,
        finding.trouble(),
        about,
        finding.since(),
        openedAt,
        ending,
        finding.outage(),
        memberOf,
        acknowledged);
  }

  /** Returns the same by what is wrong now at the group. */
  Incident as(Storm storm) {
    return new Incident(
        id,
        trouble,
        about(storm),
        Math.min(startedAt, storm.since()),
        openedAt,
        ending,
        outage,
        memberOf,
        acknowledged);
  }

  /** Returns the same, part of another one; of none if that is null. */
  Incident memberOf(@Nullable Long other) {
    return new Incident(
        id, trouble, about, startedAt, openedAt, ending, outage, other, acknowledged);
  }

  /** Returns the same, ended. */
  Incident ended(Ending end) {
    return new Incident(
        id,
        trouble,
        about,
        Math.min(startedAt, end.at()),
        openedAt,
        end,
        outage,
        memberOf,
        acknowledged);
  }

  /** Returns the same, known to somebody. */
  Incident acknowledged(Acknowledgement by) {
    return new Incident(id, trouble, about, startedAt, openedAt, ending, outage, memberOf, by);
  }
}
