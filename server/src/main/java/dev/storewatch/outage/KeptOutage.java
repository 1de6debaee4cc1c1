package dev.storewatch.outage;

import dev.storewatch.uptime.Outage;
import dev.storewatch.uptime.OutagesSince;
import dev.storewatch.uptime.Segment;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * An outage of a store as it is kept. Instants are microseconds since the epoch.
 *
 * @param id what it is known by, the same through all corrections
 * @param store the key of the store
 * @param start when it began, by the rule's estimate
 * @param lastUp the last active poll before it, the earliest it can have begun
 * @param firstDown the first inactive poll, the latest it can have begun
 * @param lastDown the last inactive poll, the earliest it can have ended
 * @param end when it ended, by the rule's estimate; empty while it goes on
 * @param nextUp the first active poll after it, the latest it can have ended
 * @param endedBy what ended it
 * @param openMicros the open time that it lasted; 0 while it goes on
 * @param foundAt when it was found
 */
public record KeptOutage(
    long id,
    int store,
    long start,
    OptionalLong lastUp,
    long firstDown,
    long lastDown,
    OptionalLong end,
    OptionalLong nextUp,
    EndedBy endedBy,
    long openMicros,
    long foundAt) {
  /** What ends an outage. */
  public enum EndedBy {
    /** Nothing yet: it goes on. */
    NOTHING,
    /** The store is up again. */
    RECOVERY,
    /** Nothing is known of the open time that follows: no poll speaks for it. */
    SILENCE;

    /** Returns the word for it in answers and in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static EndedBy of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Returns an outage that was found, before it has an id. */
  static KeptOutage of(int store, OutagesSince.Found found, long foundAt) {
    Outage outage = found.outage();
    EndedBy endedBy =
        found.endedBy() == null
            ? EndedBy.NOTHING
            : found.endedBy() == Segment.State.UP ? EndedBy.RECOVERY : EndedBy.SILENCE;
    boolean ended = endedBy != EndedBy.NOTHING;
    return new KeptOutage(
        0,
        store,
        outage.span().start(),
        outage.lastUp(),
        outage.firstDown(),
        outage.lastDown(),
        ended ? OptionalLong.of(outage.span().end()) : OptionalLong.empty(),
        outage.nextUp(),
        endedBy,
        ended ? outage.openMicros() : 0,
        foundAt);
  }

  /** Returns whether it goes on. */
  public boolean isOngoing() {
    return endedBy == EndedBy.NOTHING;
  }

  /** Returns this outage, known as another one was since that was found. */
  KeptOutage knownAs(KeptOutage other) {
    return knownAs(other.id, other.foundAt);
  }

  KeptOutage knownAs(long newId, long found) {
    return new KeptOutage(
        newId, store, start, lastUp, firstDown, lastDown, end, nextUp, endedBy, openMicros, found);
  }

  /** Returns this outage with the beginning of one that it goes on from. */
  KeptOutage continuing(KeptOutage earlier, long openOfBoth) {
    return new KeptOutage(
        id,
        store,
        earlier.start,
        earlier.lastUp,
        earlier.firstDown,
        lastDown,
        end,
        nextUp,
        endedBy,
        isOngoing() ? 0 : openOfBoth,
        foundAt);
  }

  /** Returns whether another one has an inactive poll in the same time. */
  boolean meets(KeptOutage other) {
    return firstDown <= other.lastDown && other.firstDown <= lastDown;
  }

  /** Returns whether what was said of this one is wrong by what is known now, not just older. */
  boolean isCorrectedBy(KeptOutage now) {
    boolean otherStart =
        start != now.start || firstDown != now.firstDown || !lastUp.equals(now.lastUp);
    boolean otherEnd =
        !isOngoing()
            && (!end.equals(now.end)
                || endedBy != now.endedBy
                || lastDown != now.lastDown
                || (nextUp.isPresent() && !nextUp.equals(now.nextUp)));
    return otherStart || otherEnd || (!isOngoing() && openMicros != now.openMicros);
  }
}
