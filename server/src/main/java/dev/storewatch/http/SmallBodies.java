package dev.storewatch.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * A check that refuses request bodies which are held in memory whole and are too large for it.
 * Uploads that are read as a stream have no limit here.
 */
@ControllerAdvice
class SmallBodies extends RequestBodyAdviceAdapter {
  private static final int LIMIT = 1 << 20;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type type,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    if (message.getHeaders().getContentLength() > LIMIT) {
      throw tooLarge();
    }
    InputStream body = new Limited(message.getBody());
    return new HttpInputMessage() {
      @Override
      public InputStream getBody() {
        return body;
      }

      @Override
      public HttpHeaders getHeaders() {
        return message.getHeaders();
      }
    };
  }

  private static ErrorResponseException tooLarge() {
    return Problem.tooLarge("the body is larger than 1 MB: send less at a time");
  }

  /** A body of unknown length, cut off where it becomes too large. */
  private static final class Limited extends FilterInputStream {
    private long left = LIMIT;
    private final long begun = System.nanoTime();

    Limited(InputStream in) {
      super(in);
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
}
