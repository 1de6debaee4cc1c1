package dev.storewatch.bench;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters;
import dev.storewatch.report.WindowEnds;
import dev.storewatch.uptime.WindowTotals;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The CSV of a report on 50,000 stores, against FastCSV: the same bytes, into a stream that counts
 * them. One id in a hundred has to be quoted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CsvBenchmark {
  private static final int STORES = 50_000;
  private static final int WINDOWS = 3;
  private static final long SEED = 20_230_125;

  /** How much of each row is written. */
  @Param({"STANDARD", "FULL"})
  private RowWriters.Detail detail = RowWriters.Detail.STANDARD;

  private final ReportSpec spec =
      ReportSpec.standard(Micros.of(Instant.parse("2023-01-25T18:13:22.479220Z")));
  private final String[] ids = new String[STORES];
  private final long[] totals = new long[STORES * WINDOWS * WindowTotals.FIELDS];

  /**
   * Makes stores and figures.
   *
   * @throws IllegalStateException if the two do not write the same bytes
   */
  @Setup
  public void makeRows() {
    Random random = new Random(SEED);
    for (int store = 0; store < STORES; store++) {
      ids[store] = id(store, random);
      for (int window = 0; window < WINDOWS; window++) {
        figures((store * WINDOWS + window) * WindowTotals.FIELDS, random);
      }
    }
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    write(ours(ours));
    write(FastCsvRows.of(spec, detail, theirs));
    if (!Arrays.equals(ours.toByteArray(), theirs.toByteArray())) {
      throw new IllegalStateException("the writers write different bytes");
    }
  }

  private static String id(int store, Random random) {
    long number = random.nextLong() >>> 1;
    return store % 100 == 0 ? "Shop \"%d\", Köln".formatted(number) : String.valueOf(number);
  }

  /** Makes the totals of a window; of one in twenty nothing is known. */
  private void figures(int at, Random random) {
    long known = random.nextInt(20) == 0 ? 0 : random.nextLong(90 * Micros.HOUR);
    long up = (long) (known * random.nextDouble());
    long unknown = random.nextLong(Micros.HOUR);
    WindowTotals window =
        new WindowTotals(
            known + unknown, up, known - up, unknown, 0, up / 2, (known - up) / 2, known >>> 32);
    totals[at] = window.scheduled();
    totals[at + 1] = window.up();
    totals[at + 2] = window.down();
    totals[at + 3] = window.unknown();
    totals[at + 4] = window.excluded();
    totals[at + 5] = window.surelyUp();
    totals[at + 6] = window.surelyDown();
    totals[at + 7] = window.polls();
  }

  /** Writes the rows with the writer of this product. */
  @Benchmark
  public long storewatch() {
    Count count = new Count();
    write(ours(count));
    return count.bytes;
  }

  /** Writes the rows with FastCSV. */
  @Benchmark
  public long fastCsv() {
    Count count = new Count();
    write(FastCsvRows.of(spec, detail, count));
    return count.bytes;
  }

  private RowWriter ours(OutputStream out) {
    return RowWriters.of(spec, detail, RowWriters.Format.CSV, out);
  }

  private void write(RowWriter writer) {
    long[] ends = WindowEnds.ofAll(spec);
    for (int store = 0; store < STORES; store++) {
      writer.row(ids[store], totals, store * WINDOWS * WindowTotals.FIELDS, ends, 0);
    }
    writer.finish();
  }

  /** Throws bytes away and counts them. */
  private static final class Count extends OutputStream {
    private long bytes;

    @Override
    public void write(int value) {
      bytes++;
    }

    @Override
    public void write(byte[] all, int from, int length) {
      bytes += length;
    }
  }
}
