package dev.storewatch.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.GZIPOutputStream;
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
 * The unpacking of gzip, against commons-compress and the JDK: 50 MB of polls in memory, read a
 * megabyte at a time as an import does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GzipBenchmark {
  private static final int SIZE = 50_000_000;
  private static final int BLOCK = 1 << 20;
  private static final int STORES = 14_000;
  private static final long SEED = 20_230_125;

  private final byte[] block = new byte[BLOCK];
  private byte[] packed = {};

  /**
   * Makes the file.
   *
   * @throws IllegalStateException if anything does not unpack what was packed
   */
  @Setup
  public void makeFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CRC32 written = new CRC32();
    try (OutputStream out = new CheckedOutputStream(new GZIPOutputStream(bytes, BLOCK), written)) {
      writePolls(out);
    }
    packed = bytes.toByteArray();
    for (Unpacking each : Unpacking.values()) {
      if (checksum(each) != written.getValue()) {
        throw new IllegalStateException(each + " unpacks other bytes");
      }
    }
  }

  private static void writePolls(OutputStream out) throws IOException {
    Random random = new Random(SEED);
    long[] stores = random.longs(STORES, 10_000_000_000_000_000L, Long.MAX_VALUE).toArray();
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int size = 0; size < SIZE; ) {
      for (int i = 0; i < 1_000; i++) {
        text.append(stores[random.nextInt(STORES)])
            .append(random.nextInt(7) < 4 ? ",active,2023-01-" : ",inactive,2023-01-")
            .append(18 + random.nextInt(8))
            .append(' ')
            .append(10 + random.nextInt(14))
            .append(':')
            .append(10 + random.nextInt(50))
            .append(':')
            .append(10 + random.nextInt(50))
            .append('.')
            .append(100_000 + random.nextInt(900_000))
            .append(" UTC\n");
      }
      out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      size += text.length();
      text.setLength(0);
    }
  }

  private long checksum(Unpacking unpacking) throws IOException {
    CRC32 check = new CRC32();
    try (InputStream in = open(unpacking)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        check.update(block, 0, read);
      }
    }
    return check.getValue();
  }

  /** Opens the file as an import does, through a stream that cannot go back to a mark. */
  private InputStream open(Unpacking unpacking) throws IOException {
    return unpacking.open(new PushbackInputStream(new ByteArrayInputStream(packed), 2));
  }

  /** Unpacks the file with what this product has. */
  @Benchmark
  public long storewatch() throws IOException {
    return unpack(Unpacking.STOREWATCH);
  }

  /** Unpacks the file with commons-compress. */
  @Benchmark
  public long commonsCompress() throws IOException {
    return unpack(Unpacking.COMMONS_COMPRESS);
  }

  /** Unpacks the file with the JDK. */
  @Benchmark
  public long jdk() throws IOException {
    return unpack(Unpacking.JDK);
  }

  private long unpack(Unpacking unpacking) throws IOException {
    long bytes = 0;
    try (InputStream in = open(unpacking)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        bytes += read;
      }
    }
    return bytes;
  }
}
