package dev.storewatch.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.RowSink;
import dev.storewatch.uptime.PackedPoll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parser of import files against FastCSV: 200,000 polls of 14,000 stores in memory, each
 * checked, its time turned into microseconds and its store into a number.
 *
 * <p>FastCSV is used through the interface that hands out characters and makes no object for a row
 * or a field, which is the fastest it has. Around it is as little as possible: a fixed order of the
 * columns, the one shape of timestamp that the file has, and no text of a rejected line.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {
  private static final int ROWS = 200_000;
  private static final int STORES = 14_000;
  private static final long SEED = 20_230_125;

  private byte[] file = {};

  /**
   * Makes the file, in the form in which BigQuery exports a table.
   *
   * @throws IllegalStateException if the parsers do not agree on what it holds
   */
  @Setup
  public void makeFile() throws IOException {
    Random random = new Random(SEED);
    long[] stores = random.longs(STORES, 10_000_000_000_000_000L, Long.MAX_VALUE).toArray();
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(stores[random.nextInt(STORES)])
          .append(random.nextInt(7) < 4 ? ",active," : ",inactive,")
          .append(timestamp(random))
          .append(" UTC\n");
    }
    file = text.toString().getBytes(StandardCharsets.UTF_8);
    if (storewatch() != fastCsv()) {
      throw new IllegalStateException("the parsers read different rows");
    }
  }

  private static String timestamp(Random random) {
    int second = random.nextInt(86_400);
    String time =
        "2023-01-%02d %02d:%02d:%02d.%06d"
            .formatted(
                18 + random.nextInt(8),
                second / 3_600,
                second / 60 % 60,
                second % 60,
                random.nextInt(1_000_000));
    return time.replaceAll("\\.?0*$", "");
  }

  /** Reads the file with the parser of this product. */
  @Benchmark
  public long storewatch() throws IOException {
    Sum sum = new Sum();
    try (ImportFile polls =
        ImportFile.open(new ByteArrayInputStream(file), "polls.csv", new StoreIdIndex())) {
      polls.read(sum);
    }
    return sum.value;
  }

  /** Reads the file with FastCSV. */
  @Benchmark
  public long fastCsv() throws IOException {
    Sum sum = new Sum();
    FastCsvPolls polls = new FastCsvPolls(new StoreIdIndex(), sum);
    try (CsvReader<Boolean> rows =
        CsvReader.builder().build(polls, new ByteArrayInputStream(file), StandardCharsets.UTF_8)) {
      for (boolean right : rows) {
        sum.value += right ? 0 : 1;
      }
    }
    return sum.value;
  }

  /** A sink that adds up everything in a row, so that nothing of it can be left out. */
  private static final class Sum implements RowSink {
    private long value;

    @Override
    public void poll(int store, long at, boolean active) {
      value += store + PackedPoll.of(at, active);
    }

    @Override
    public void hours(int store, int day, int opens, int closes) {
      throw new IllegalStateException("hours among polls");
    }

    @Override
    public void closed(int store, int day) {
      throw new IllegalStateException("hours among polls");
    }

    @Override
    public void zone(int store, String zone) {
      throw new IllegalStateException("a zone among polls");
    }

    @Override
    public void rejected(long line, String reason, String text) {
      value++;
    }
  }
}
