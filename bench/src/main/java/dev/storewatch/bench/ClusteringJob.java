package dev.storewatch.bench;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollRows;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/**
 * What it costs to read the polls of one store where the polls of a fleet came hour by hour, and
 * after they were moved together; and what else changes by that: reports on all stores, and the
 * size of the file.
 */
final class ClusteringJob extends Measurement {
  private static final String AS_THEY_CAME = ", as they came";
  private static final String CLUSTERED = ", clustered";
  private static final String STORE = "all polls of one store";
  private static final String REPORT = "report on the last week";
  private static final String EARLIER = "report on a week in the middle";
  private static final String MOVE = "some polls are moved together";

  private static final Instant START = Instant.parse("2025-01-06T00:00:00Z");
  private static final int WARM_UPS = 2;

  private final int stores;
  private final int hours;
  private final Path scratch;
  private final Random random = new Random(1);

  ClusteringJob(int stores, int weeks, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.stores = stores;
    this.hours = weeks * 7 * 24;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    try (Installed installed = new Installed(scratch.resolve("clustering"))) {
      installed.importStores(stores);
      for (int hour = 0; hour < hours; hour++) {
        poll(installed, hour);
      }
      printMachine("runs");
      out.printf("%,d stores, %,d polls%n", stores, (long) stores * hours);
      long before = size(installed);
      read(installed, AS_THEY_CAME);
      int moves = cluster(installed);
      read(installed, CLUSTERED);
      print(installed, moves, before);
    }
  }

  /** Writes a poll of each store, at some moment of an hour. */
  private void poll(Installed installed, int hour) {
    long start = Micros.of(START) + hour * Micros.HOUR;
    PollRows rows = new PollRows(stores);
    for (int key = 1; key <= stores; key++) {
      rows.add(key, PackedPoll.of(start + random.nextLong(Micros.HOUR), random.nextInt(10) > 0));
    }
    installed.addPolls(rows, hour == hours - 1);
  }

  private void read(Installed installed, String how) throws Exception {
    Span all = new Span(Micros.of(START), Micros.of(START) + hours * Micros.HOUR);
    ReportSpec earlier = ReportSpec.standard(Micros.of(START) + hours / 2 * Micros.HOUR);
    for (int run = -WARM_UPS; run < runs; run++) {
      boolean counts = run >= 0;
      int key = 1 + random.nextInt(stores);
      time(STORE + how, counts, () -> scan(installed, all, key));
      time(REPORT + how, counts, () -> installed.report(OutputStream.nullOutputStream()));
      time(EARLIER + how, counts, () -> installed.report(earlier, OutputStream.nullOutputStream()));
    }
  }

  private void scan(Installed installed, Span all, int key) {
    int[] found = new int[1];
    installed.polls().scan(all, key, key, (store, poll) -> found[0]++);
    if (found[0] != hours) {
      throw new IllegalStateException("%d polls of store %d".formatted(found[0], key));
    }
  }

  /** Moves polls until there is nothing left to move, and returns how often that was. */
  private int cluster(Installed installed) throws Exception {
    int moves = 0;
    boolean[] moved = {true};
    while (moved[0]) {
      double took = Times.once(() -> moved[0] = installed.polls().cluster(Long.MAX_VALUE));
      if (moved[0]) {
        time(MOVE, true, took);
        moves++;
      }
    }
    return moves;
  }

  private static long size(Installed installed) throws IOException {
    var _ = installed.database().jdbc().sql("CHECKPOINT").query().listOfRows();
    return Files.size(installed.path().resolve("storewatch.duckdb"));
  }

  private void print(Installed installed, int moves, long before) throws IOException {
    printTimes();
    out.printf("polls were moved %d times%n", moves);
    out.printf(
        "size of the file: %.1f MB as they came, %.1f MB clustered%n",
        before / 1e6, size(installed) / 1e6);
    ratio(STORE);
    ratio(REPORT);
    ratio(EARLIER);
  }

  private void ratio(String name) {
    out.printf(
        "%-40s clustered / as they came %6.2f%n",
        name, times(name + CLUSTERED).median() / times(name + AS_THEY_CAME).median());
  }
}
