package dev.storewatch.alert;

import dev.storewatch.channel.ChannelKind;
import dev.storewatch.channel.ChannelSettings;
import dev.storewatch.channel.Field;
import dev.storewatch.channel.Message;
import dev.storewatch.channel.Outcome;
import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A kind of channel that keeps what it is sent, and answers as a test says. */
final class FakeKind implements ChannelKind {
  static final Outcome.Delivered DELIVERED = new Outcome.Delivered("got it");

  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final Deque<Outcome> next = new ArrayDeque<>();
  private final Map<String, Outcome> ofIncidents = new HashMap<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private Outcome always = DELIVERED;
  private volatile @Nullable CountDownLatch gate;

  /** A message that came to a channel. */
  record Sent(Message message, ChannelSettings settings) {
    String incident() {
      return message.alert().incident();
    }
  }

  /** Answers so from now on. */
  synchronized void answers(Outcome outcome) {
    always = outcome;
  }

  /** Answers so next. */
  synchronized void answersNext(Outcome outcome) {
    next.add(outcome);
  }

  /** Answers so to whatever is about an incident. */
  synchronized void answersTo(String incident, Outcome outcome) {
    ofIncidents.put(incident, outcome);
  }

  /** Does not answer until the gate is opened. */
  void shut() {
    gate = new CountDownLatch(1);
  }

  void open() {
    CountDownLatch shut = gate;
    gate = null;
    if (shut != null) {
      shut.countDown();
    }
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  List<String> incidents() {
    return sent().stream().map(Sent::incident).toList();
  }

  int mostAtOnce() {
    return mostAtOnce.get();
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("place", false, true, "where it is", "here"),
        new Field("password", true, false, "what opens it", "sesame"),
        new Field("other", true, false, "something else", "x"));
  }

  @Override
  public int perMinute() {
    return 6_000;
  }

  @Override
  public void check(ChannelSettings settings) {
    if (settings.open().containsValue("nowhere")) {
      throw new WrongInput("it is nowhere: use for example here");
    }
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      sent.add(new Sent(message, settings));
      CountDownLatch shut = gate;
      if (shut != null) {
        shut.await();
      }
      return outcome(message.alert().incident());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted", Duration.ZERO);
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private synchronized Outcome outcome(String incident) {
    Outcome own = ofIncidents.get(incident);
    if (own != null) {
      return own;
    }
    Outcome said = next.poll();
    return said == null ? always : said;
  }
}
