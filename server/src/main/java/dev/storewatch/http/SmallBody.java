package dev.storewatch.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.web.ErrorResponseException;

/** A request body that is held in memory whole: too large a one, or too slow a one, is refused. */
public final class SmallBody extends FilterInputStream {
  private static final int LIMIT = 1 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private long left = LIMIT;
  private final long begun = System.nanoTime();

  /**
   * A body.
   *
   * @param declared its length, as far as the sender says it
   * @throws ErrorResponseException if the sender says that it is too large
   */
  SmallBody(InputStream in, long declared) {
    super(in);
    if (declared > LIMIT) {
      throw tooLarge();
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

  private static ErrorResponseException tooLarge() {
    return Problem.tooLarge("the body is larger than 1 MB: send less at a time");
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
    if (System.nanoTime() - begun > LONGEST.toNanos()) {
      throw Problem.tooSlow(
          "the body took longer than %d seconds: send it at once".formatted(LONGEST.toSeconds()));
    }
    left -= read;
    if (left < 0) {
      throw tooLarge();
    }
  }
}
