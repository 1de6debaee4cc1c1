package dev.storewatch.http;

import dev.storewatch.setting.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/**
 * The body of a request that is read as a stream; its size and its speed are watched.
 *
 * <p>Only the time that is spent waiting for the sender counts, not that of the reader.
 */
public final class IncomingBody extends FilterInputStream {
  private final DataSize most;
  private final String setting;
  private final SenderLimits limits;
  private final LongSupplier nanoTime;
  private long read;

  /**
   * The nanoseconds spent waiting for the sender since the speed was last checked; {@link
   * #readSince} is the number of bytes that came in them.
   */
  private long waited;

  private long readSince;

  IncomingBody(
      InputStream in, DataSize most, String setting, SenderLimits limits, LongSupplier nanoTime) {
    super(in);
    this.most = most;
    this.setting = setting;
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the body of a request.
   *
   * @param most how large it may be
   * @param setting the setting that says so, without its prefix
   * @throws ErrorResponseException at once when the body says itself that it is larger; and from
   *     reading, when it turns out to be larger or comes too slowly
   */
  public static IncomingBody of(
      HttpServletRequest request, DataSize most, String setting, SenderLimits limits)
      throws IOException {
    if (request.getContentLengthLong() > most.toBytes()) {
      throw tooLarge(most, setting);
    }
    return new IncomingBody(request.getInputStream(), most, setting, limits, System::nanoTime);
  }

  private static ErrorResponseException tooLarge(DataSize most, String setting) {
    return Problem.tooLarge(
        "the body is larger than %s: send less at a time, or raise %s.%s"
            .formatted(Limits.words(most), Limits.PREFIX, setting));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    long begun = nanoTime.getAsLong();
    int count = receive(bytes, from, length);
    if (count > 0) {
      read += count;
      readSince += count;
      if (read > most.toBytes()) {
        throw tooLarge(most, setting);
      }
    }
    waited += nanoTime.getAsLong() - begun;
    if (waited >= limits.slowAfter().toNanos()) {
      checkSpeed();
    }
    return count;
  }

  private int receive(byte[] bytes, int from, int length) throws IOException {
    try {
      return super.read(bytes, from, length);
    } catch (IOException e) {
      if (SmallBody.isTimeout(e)) {
        throw tooSlow();
      }
      throw e;
    }
  }

  private void checkSpeed() {
    double seconds = waited / 1e9;
    if (readSince < limits.slowestBytesPerSecond().toBytes() * seconds) {
      throw tooSlow();
    }
    waited = 0;
    readSince = 0;
  }

  private ErrorResponseException tooSlow() {
    Duration time = limits.slowAfter();
    return Problem.tooSlow(
        "the body came with less than %s a second over %s seconds: send it faster, or lower %s.slowest-bytes-per-second"
            .formatted(
                Limits.words(limits.slowestBytesPerSecond()),
                time.toMillis() / 1000.0,
                Limits.PREFIX));
  }
}
