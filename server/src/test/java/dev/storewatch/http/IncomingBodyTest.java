package dev.storewatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** Reads bodies by a clock that the test moves. */
final class IncomingBodyTest {
  private final AtomicLong nanos = new AtomicLong();

  private static SenderLimits limits(String slowest) {
    return new Binder(
            new MapConfigurationPropertySource(
                Map.of("slowest-bytes-per-second", slowest, "slow-after", "10s")))
        .bindOrCreate("", Bindable.of(SenderLimits.class));
  }

  /** Takes so long for each read of so many bytes. */
  private InputStream sender(int bytes, Duration each) {
    return new FilterInputStream(new ByteArrayInputStream(new byte[1_000_000])) {
      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        nanos.addAndGet(each.toNanos());
        return super.read(into, from, Math.min(bytes, length));
      }
    };
  }

  private IncomingBody body(InputStream sender, int most, String slowest) {
    return new IncomingBody(
        sender, DataSize.ofBytes(most), "push-bytes", limits(slowest), nanos::get);
  }

  private static void assertRefused(IncomingBody body, HttpStatus status) {
    assertThatThrownBy(body::readAllBytes)
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            problem -> assertThat(problem.getStatusCode()).isEqualTo(status));
  }

  @Test
  void readsWhatIsNoLargerThanItMayBe() throws IOException {
    assertThat(body(sender(1_000, Duration.ZERO), 1_000_000, "1KB").readAllBytes())
        .hasSize(1_000_000);
    assertRefused(body(sender(1_000, Duration.ZERO), 999_999, "1KB"), HttpStatus.CONTENT_TOO_LARGE);
  }

  @Test
  void givesUpASenderThatTrickles() throws IOException {
    assertRefused(
        body(sender(100, Duration.ofMillis(500)), 1_000_000, "1KB"), HttpStatus.REQUEST_TIMEOUT);
    assertThat(body(sender(1_000, Duration.ofMillis(700)), 1_000_000, "1KB").readAllBytes())
        .hasSize(1_000_000);
    assertThat(body(sender(1_000, Duration.ofMinutes(5)), 1_000_000, "0").readAllBytes())
        .hasSize(1_000_000);
  }

  @Test
  void countsNotTheTimeOfTheReader() throws IOException {
    IncomingBody body = body(sender(1_000, Duration.ofMillis(1)), 1_000_000, "1KB");
    int read = 0;
    while (body.read() >= 0) {
      read++;
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      if (read == 5_000) {
        break;
      }
    }
    assertThat(read).isEqualTo(5_000);
  }

  @Test
  void givesUpASenderThatIsSilent() {
    InputStream silent =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException(new SocketTimeoutException("Read timed out"));
          }
        };
    assertRefused(body(silent, 1_000_000, "1KB"), HttpStatus.REQUEST_TIMEOUT);
  }
}
