package dev.storewatch.bench;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.RowSink;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters;
import dev.storewatch.report.WindowEnds;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The work without any database: the least that it can cost with this parser and this engine. */
final class Floor {
  private Floor() {}

  /** Reads all bytes of a file, and returns how many. */
  static long readBytes(Path file) throws IOException {
    byte[] block = new byte[1 << 20];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        bytes += read;
      }
    }
    return bytes;
  }

  /**
   * Parses a file of polls and brings those of each store together and in order, in memory alone.
   */
  static GroupedPolls parseAndGroup(Path file) throws IOException {
    PollRows rows = new PollRows(1 << 20);
    StoreIdIndex ids = new StoreIdIndex();
    try (ImportFile opened = ImportFile.open(Files.newInputStream(file), file.toString(), ids)) {
      opened.read(new PollsInMemory(rows));
    }
    GroupedPolls grouped = new GroupedPolls();
    grouped.group(rows, 0, ids.size() - 1);
    for (int store = 0; store < ids.size(); store++) {
      Arrays.sort(grouped.array(), grouped.from(store), grouped.to(store));
    }
    return grouped;
  }

  private record PollsInMemory(PollRows rows) implements RowSink {
    @Override
    public void poll(int store, long at, boolean active) {
      rows.add(store, PackedPoll.of(at, active));
    }

    @Override
    public void hours(int store, int day, int opens, int closes) {
      throw new IllegalStateException("not a file of " + FileKind.HOURS);
    }

    @Override
    public void closed(int store, int day) {
      throw new IllegalStateException("not a file of " + FileKind.HOURS);
    }

    @Override
    public void zone(int store, String zone) {
      throw new IllegalStateException("not a file of " + FileKind.ZONES);
    }

    @Override
    public void rejected(long line, String reason, String text) {}
  }

  /** The polls of a report's horizon, in arrays in memory. */
  static final class InMemory {
    private final Registry registry;
    private final ReportSpec spec;
    private final GroupedPolls polls = new GroupedPolls();
    private final int[] stores;
    private final long[] totals;

    InMemory(Installed installed) {
      registry = installed.stores().registry();
      spec = ReportSpec.standard(installed.newest());
      polls.load(installed.polls(), engine().horizon(), 1, registry.size());
      stores =
          IntStream.of(registry.keysById())
              .filter(key -> registry.hasPollBy(key, spec.asOf()))
              .toArray();
      totals = new long[stores.length * 3 * WindowTotals.FIELDS];
    }

    private UptimeEngine engine() {
      return new UptimeEngine(spec.rule(), spec.asOf(), spec.spans(Schedule.unknown()));
    }

    /** Runs the engine over all stores with every processor, and writes the CSV. */
    void report(OutputStream out) {
      int parts = Runtime.getRuntime().availableProcessors();
      Clocks clocks = new Clocks(engine().horizon());
      IntStream.range(0, parts).parallel().forEach(part -> measure(part, parts, clocks));
      RowWriter writer =
          RowWriters.of(spec, RowWriters.Detail.STANDARD, RowWriters.Format.CSV, out);
      long[] ends = WindowEnds.ofAll(spec);
      for (int row = 0; row < stores.length; row++) {
        writer.row(registry.id(stores[row]), totals, row * 3 * WindowTotals.FIELDS, ends, 0);
      }
      writer.finish();
    }

    private void measure(int part, int parts, Clocks clocks) {
      UptimeEngine engine = engine();
      for (int row = part * stores.length / parts;
          row < (part + 1) * stores.length / parts;
          row++) {
        Schedule schedule = registry.schedule(stores[row], LateClose.AS_GIVEN);
        engine.measure(
            schedule.open(clocks),
            schedule.closed(clocks),
            polls.array(),
            polls.from(stores[row]),
            polls.to(stores[row]),
            totals,
            row * 3 * WindowTotals.FIELDS);
      }
    }
  }
}
