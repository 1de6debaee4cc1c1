package dev.storewatch.alert;

import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Attachment;
import dev.storewatch.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts that wait for their channels, and those that were sent. Instants are microseconds. */
public interface Deliveries {
  /** How many may wait for one channel; what is more is dead at once, to be sent again by hand. */
  int MOST_WAITING = 10_000;

  /** Returns the deliveries of a database. */
  static Deliveries open(Database database, Clock clock) {
    return new SqlDeliveries(database, clock);
  }

  /**
   * An alert for a channel.
   *
   * @param alert what it is about
   * @param channelId the channel
   * @param attachment the file that it takes along, or null
   */
  record Order(Alert alert, String channelId, @Nullable Attachment attachment) {
    /** An alert without a file. */
    public Order(Alert alert, String channelId) {
      this(alert, channelId, null);
    }
  }

  /** What a channel has to do. */
  record Load(long waiting, long dead) {
    /** Nothing to do. */
    public static final Load NONE = new Load(0, 0);

    /** Returns the sum of two. */
    public Load plus(Load other) {
      return new Load(waiting + other.waiting, dead + other.dead);
    }
  }

  /**
   * Queues alerts within the caller's transaction: they are sent if it is committed, and only then.
   * What is queued first of one incident is sent first.
   *
   * @return the ids of the deliveries, in the order of the alerts
   * @throws IllegalStateException if no transaction is running
   */
  List<String> add(List<Order> orders);

  /** Queues an alert for a channel, likewise. */
  default String add(Alert alert, String channelId) {
    return add(List.of(new Order(alert, channelId))).getFirst();
  }

  /** Sets who is told after each commit that queued something. */
  void whenQueued(Runnable listener);

  /** Tells that listener that something may be sent earlier than it looked. */
  void wake();

  /** Returns a delivery, if there is one of the id. */
  Optional<Delivery> find(String id);

  /** Returns the file that a delivery takes along, if there is one. */
  Optional<Attachment> attachment(String id);

  /**
   * Returns deliveries, the newest first.
   *
   * @param limit the most to return
   * @param before only those with a lower number
   * @param channelId only those of a channel; null for all
   * @param state only those in a state; null for all
   * @param incident only those about an incident; null for all
   */
  List<Delivery> list(
      int limit,
      long before,
      @Nullable String channelId,
      Delivery.@Nullable State state,
      @Nullable String incident);

  /** Returns what the channels have to do, by their ids; those that have nothing are left out. */
  Map<String, Load> loads();

  /**
   * Queues a delivery again that has ended without being delivered for sure.
   *
   * @return whether it had
   */
  boolean resend(String id);

  /**
   * Queues all dead deliveries of a channel again.
   *
   * @return how many there were
   */
  int resendAll(String channelId);

  /** Deletes those that ended before an instant; returns how many there were. */
  int deleteBefore(long instant);
}
