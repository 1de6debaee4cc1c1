package dev.storewatch.incident;

import dev.storewatch.channel.ChannelKind;
import dev.storewatch.channel.ChannelSettings;
import dev.storewatch.channel.Field;
import dev.storewatch.channel.Message;
import dev.storewatch.channel.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A receiver that keeps what it takes, and is away when a test says so. */
final class PlayedReceiver implements ChannelKind {
  private final String name;
  private final boolean keepsIncidents;
  private final Queue<Message> taken = new ConcurrentLinkedQueue<>();
  private volatile Mood mood = Mood.THERE;

  /** What it does with messages. */
  enum Mood {
    /** It takes them. */
    THERE,
    /** Nobody can connect to it. */
    GONE,
    /** It answers 503. */
    BROKEN,
    /** It answers 429, and says when to come again. */
    BUSY,
    /** It takes them, and its answers are lost. */
    SILENT
  }

  PlayedReceiver(String name, boolean keepsIncidents) {
    this.name = name;
    this.keepsIncidents = keepsIncidents;
  }

  void is(Mood now) {
    mood = now;
  }

  boolean isThere() {
    return mood == Mood.THERE;
  }

  /** Returns what it took, in order, and twice what it was sent twice. */
  List<Message> taken() {
    return List.copyOf(taken);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Field> fields() {
    return List.of();
  }

  @Override
  public int perMinute() {
    return 6_000;
  }

  @Override
  public void check(ChannelSettings settings) {}

  @Override
  public boolean keepsIncidents() {
    return keepsIncidents;
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    return switch (mood) {
      case THERE -> {
        taken.add(message);
        yield new Outcome.Delivered("taken");
      }
      case GONE -> Outcome.failed("connection refused");
      case BROKEN -> Outcome.failed("503");
      case BUSY -> new Outcome.Failed("429", Duration.ofMinutes(20));
      case SILENT -> {
        taken.add(message);
        yield Outcome.failed("no answer in 10 seconds");
      }
    };
  }
}
