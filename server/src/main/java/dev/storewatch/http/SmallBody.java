package dev.storewatch.http;

import dev.storewatch.setting.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** A request body that is held in memory whole: too large a one, or too slow a one, is refused. */
public final class SmallBody extends FilterInputStream {
  /** The limit of what is not a form. */
  private static final Limit USUAL =
      new Limit("body", DataSize.ofMegabytes(1), Duration.ofSeconds(30));

  private final Limit limit;
  private long left;
  private final long begun = System.nanoTime();

  /**
   * How large a body may be, and how long it may take.
   *
   * @param what what to call it in messages
   */
  record Limit(String what, DataSize most, Duration longest) {
    ErrorResponseException tooLarge() {
      return Problem.tooLarge(
          "the %s is larger than %s: send less at a time".formatted(what, Limits.words(most)));
    }

    ErrorResponseException tooSlow() {
      return Problem.tooSlow(
          "the %s took longer than %d seconds: send it at once"
              .formatted(what, longest.toSeconds()));
    }
  }

  /**
   * A body within the usual limit.
   *
   * @param declared its length, as far as the sender says it
   * @throws ErrorResponseException if the sender says that it is too large
   */
  SmallBody(InputStream in, long declared) {
    this(in, declared, USUAL);
  }

  /** A body within a limit of its own. */
  SmallBody(InputStream in, long declared, Limit limit) {
    super(in);
    this.limit = limit;
    this.left = limit.most.toBytes();
    if (declared > left) {
      throw limit.tooLarge();
    }
  }

  /**
   * Reads the body of a request as it was sent, also a form.
   *
   * @throws ErrorResponseException if it is too large or comes too slowly
   */
  public static byte[] read(HttpServletRequest request) throws IOException {
    return new SmallBody(request.getInputStream(), request.getContentLengthLong()).readAllBytes();
  }

  /** Returns whether a failure is that nothing came for as long as the web server waits. */
  static boolean isTimeout(IOException failure) {
    return failure instanceof SocketTimeoutException
        || failure.getCause() instanceof SocketTimeoutException;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    count(count);
    return count;
  }

  private void count(int read) {
    if (System.nanoTime() - begun > limit.longest.toNanos()) {
      throw limit.tooSlow();
    }
    left -= read;
    if (left < 0) {
      throw limit.tooLarge();
    }
  }
}
