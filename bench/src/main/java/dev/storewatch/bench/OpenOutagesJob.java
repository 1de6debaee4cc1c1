package dev.storewatch.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that many outages take that go on at the same time: a fleet whose stores are all open,
 * and go down one after the other.
 *
 * <p>What is live is what is left after a collection, so one is run after the other, beside the
 * looks at outages and incidents too, of which the largest that was left then counts.
 */
final class OpenOutagesJob extends Measurement {
  private static final String LOOK = "a look when nothing was changed";
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  /** So many go down at once: few enough that nobody takes it for a failure of the monitor. */
  private static final int SHARES = 20;

  private static final int LOOKS_BESIDE_COLLECTIONS = 3;

  private final int stores;
  private final Path scratch;
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private Instant now = START;

  OpenOutagesJob(int stores, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.stores = stores;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    try (Installed installed = new Installed(scratch.resolve("open-outages"))) {
      installed.importStores(stores);
      for (int share = 0; share <= SHARES; share++) {
        installed.importBytes(polls(share));
      }
      long alone = live();
      Followers followers = new Followers(installed, () -> now);
      long found = followers.findOutages();
      int queued = followers.keepIncidents();
      if (found < stores) {
        throw new IllegalStateException("only %d outages were found".formatted(found));
      }
      long idle = live();
      for (int run = 0; run < runs; run++) {
        time(LOOK, true, () -> look(followers));
      }
      long looking = liveDuring(followers);
      print(found, queued, alone, idle, looking);
    }
  }

  /** Returns a poll of each store, by which a share of them is down, and goes on by ten minutes. */
  private byte[] polls(int share) {
    now = START.plusSeconds(600L * share);
    StringBuilder file = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int store = 0; store < stores; store++) {
      file.append("store-")
          .append(store)
          .append(store % SHARES < share ? ",inactive," : ",active,")
          .append(now)
          .append('\n');
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void look(Followers followers) {
    now = now.plusSeconds(60);
    long _ = followers.findOutages();
    int _ = followers.keepIncidents();
  }

  /** Returns the bytes that are left after collections. */
  private long live() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Returns the most bytes that are left after a collection while somebody looks. */
  private long liveDuring(Followers followers) throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    AtomicLong most = new AtomicLong();
    Thread collector =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!ends.get()) {
                    System.gc();
                    most.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
                  }
                });
    try {
      for (int run = 0; run < LOOKS_BESIDE_COLLECTIONS; run++) {
        look(followers);
      }
    } finally {
      ends.set(true);
      collector.join();
    }
    return most.get();
  }

  private void print(long found, int queued, long alone, long idle, long looking)
      throws IOException {
    printMachine("looks");
    out.printf("%,d stores, %,d outages that go on, %,d messages%n", stores, found, queued);
    printTimes();
    out.printf("live before anything follows the polls   %,8.1f MB%n", megabytes(alone));
    out.printf("more between two looks                   %,8.1f MB%n", megabytes(idle - alone));
    out.printf("more during a look, at most              %,8.1f MB%n", megabytes(looking - alone));
  }

  private static double megabytes(long bytes) {
    return bytes / 1e6;
  }
}
