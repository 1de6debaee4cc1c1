package dev.storewatch.bench;

import dev.storewatch.alert.AlertSettings;
import dev.storewatch.alert.ChannelBody;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.DeliveryQueue;
import dev.storewatch.alert.SecretKeys;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.channel.Subject;
import dev.storewatch.channel.Times;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How soon messages that wait for a channel are sent, beside the time that the limit of the channel
 * wants: a webhook whose receiver answers at once, on this machine.
 */
final class DeliveriesJob extends Measurement {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String RECEIVED = "until the receiver has the last one";
  private static final String WRITTEN = "until it is written that it has";
  private static final double MOST_TIMES_THE_LIMIT = 1.2;

  private final Size size;
  private final Opened place;
  private final Path scratch;

  /**
   * What is measured.
   *
   * @param messages how many wait
   * @param perMinute the limit of the channel
   */
  record Size(int messages, int perMinute) {
    /** Returns how long the limit makes the last message wait, in milliseconds. */
    double leastMillis() {
      return (messages - 1) * 60_000.0 / perMinute;
    }
  }

  /** Opens an installation without anything in it. */
  interface Opened {
    /** Returns the installation, with a folder for its files. */
    Installed in(Path folder) throws Exception;
  }

  DeliveriesJob(Size size, Opened place, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.size = size;
    this.place = place;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    printMachine("runs");
    out.printf(
        "%,d messages to a channel with a limit of %,d a minute%n",
        size.messages(), size.perMinute());
    try (Installed installed = place.in(scratch.resolve("deliveries"));
        Acceptor acceptor = new Acceptor();
        Outgoing outgoing = new Outgoing(OutgoingSettings.allowing("127.0.0.1"))) {
      Clock clock = installed.database().clock();
      Deliveries deliveries = Deliveries.open(installed.database(), clock);
      SecretKeys keys = new SecretKeys(AlertSettings.ofCommand(null), installed.path());
      ChannelBook book =
          new ChannelBook(
              installed.database(), clock, deliveries, new ChannelKinds(outgoing), keys);
      String channel = channel(book, acceptor);
      try (DeliveryQueue queue =
          DeliveryQueue.open(
              installed.database(), deliveries, book, clock, Duration.ofDays(3), List.of())) {
        queue.start();
        // The first run finds a program that has sent nothing yet.
        for (int run = -1; run < runs; run++) {
          drain(installed, deliveries, channel, acceptor, run);
        }
      }
    }
    print();
  }

  private String channel(ChannelBook book, Acceptor acceptor) {
    return book.add(
            null,
            new ChannelBody(
                "measured",
                "webhook",
                Map.of("url", acceptor.url()),
                Map.of("secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                size.perMinute()))
        .id();
  }

  private void drain(
      Installed installed, Deliveries deliveries, String channel, Acceptor acceptor, int run)
      throws Exception {
    acceptor.expect(size.messages());
    List<Deliveries.Order> orders =
        IntStream.range(0, size.messages())
            .mapToObj(number -> new Deliveries.Order(alert(run, number), channel))
            .toList();
    List<String> ids = installed.database().inTransaction(() -> deliveries.add(orders));
    long begun = System.nanoTime();
    time(RECEIVED, run >= 0, () -> acceptor.await(PATIENCE));
    while (deliveries.loads().getOrDefault(channel, Deliveries.Load.NONE).waiting() > 0) {
      Thread.sleep(LOOK);
    }
    double took = (System.nanoTime() - begun) / 1e6;
    time(WRITTEN, run >= 0, took);
    acceptor.requireOnce(ids);
  }

  private static Alert alert(int run, int number) {
    String id = "%d-%d".formatted(run, number);
    return new Alert(
        "measured-" + id,
        Alert.Kind.STARTED,
        Alert.Trouble.DOWN,
        Subject.of(id, "Store " + id),
        new Times(
            Clock.systemUTC().instant().atOffset(ZoneOffset.UTC),
            null,
            Duration.ofMinutes(15),
            Duration.ofMinutes(15),
            null,
            null),
        null,
        null,
        null);
  }

  private void print() {
    printTimes();
    double least = size.leastMillis();
    out.printf(
        "the limit wants %,.0f ms; until received / that        %6.2f  at most %.1f%n",
        least, times(RECEIVED).median() / least, MOST_TIMES_THE_LIMIT);
  }
}
