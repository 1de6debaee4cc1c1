package dev.storewatch.bench;

import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Random;

/**
 * What it costs to follow outages as polls come in, beside the import of these polls: an hour's
 * polls of a fleet after the other, in each of which some stores change.
 */
final class LiveJob extends Measurement {
  /** How many stores go down or come back in each hour, half of them each. */
  private static final int CHANGES = 500;

  private static final int WARM_UPS = 4;
  private static final String IMPORT = "import of an hour's polls";
  private static final String OUTAGES = "outages after it";
  private static final String INCIDENTS = "incidents and messages after that";
  private static final String NOTHING = "a look when nothing was changed";

  private final Inputs inputs;
  private final Path scratch;
  private final BitSet down = new BitSet();

  /** The stores that are down, the one that is down for the longest time first. */
  private final Deque<Integer> longest = new ArrayDeque<>();

  private final Random random = new Random(1);
  private long now;
  private long told;
  private int messages;

  LiveJob(Inputs inputs, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.inputs = inputs;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    try (Installed installed = new Installed(scratch.resolve("live"))) {
      installed.importHoursAndZones(inputs);
      installed.importFile(inputs.polls());
      now = installed.newest();
      Followers followers = new Followers(installed, () -> Micros.toInstant(now));
      double first = Times.once(() -> told = followers.findOutages());
      int _ = followers.keepIncidents();
      describe(installed, first);
      for (int run = -WARM_UPS; run < runs; run++) {
        hour(installed, followers, run >= 0);
      }
      print();
    }
  }

  private void describe(Installed installed, double first) {
    printMachine("hours");
    out.printf(
        "%,d stores, of which %,d change in each hour; all %,d outages of the file found in %,.0f"
            + " ms%n",
        installed.stores().registry().count(), CHANGES, told, first);
  }

  private void hour(Installed installed, Followers followers, boolean counts) throws Exception {
    now += Micros.HOUR;
    byte[] file = file(installed.stores().registry());
    time(IMPORT, counts, () -> installed.importBytes(file));
    time(OUTAGES, counts, () -> told = followers.findOutages());
    if (told < CHANGES / 8) {
      throw new IllegalStateException("only %d outages changed".formatted(told));
    }
    time(INCIDENTS, counts, () -> messages += followers.keepIncidents());
    time(
        NOTHING,
        counts,
        () -> {
          long _ = followers.findOutages();
          int _ = followers.keepIncidents();
        });
  }

  private byte[] file(Registry registry) throws IOException {
    int[] keys = registry.keysById();
    for (int i = 0; i < CHANGES / 2; i++) {
      int key = keys[random.nextInt(keys.length)];
      if (!down.get(key)) {
        down.set(key);
        longest.addLast(key);
      }
      if (longest.size() > CHANGES) {
        down.clear(longest.removeFirst());
      }
    }
    StringBuilder file = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int i = 0; i < keys.length; i++) {
      file.append(registry.id(keys[i]))
          .append(down.get(keys[i]) ? ",inactive," : ",active,")
          .append(Micros.toInstant(now - i * 1_000_000L / 8))
          .append('\n');
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void print() {
    printTimes();
    double imported = times(IMPORT).median();
    out.printf(
        "import and outages / import                    %6.2f%n",
        (imported + times(OUTAGES).median()) / imported);
    out.printf(
        "import, outages and incidents / import         %6.2f  at most 2.0; %,d messages%n",
        (imported + times(OUTAGES).median() + times(INCIDENTS).median()) / imported, messages);
  }
}
