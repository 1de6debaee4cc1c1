package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SilentConnectionsTest {
  private final List<String> called = new ArrayList<>();
  private final Connection connection =
      (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                called.add(method.getName());
                return null;
              });

  /** Silent for any time is silent for too long. */
  private final SilentConnections impatient = new SilentConnections(Duration.ofNanos(-1));

  private final SilentConnections patient = new SilentConnections(Duration.ofDays(1));

  @Test
  void areGivenUpOnce() {
    var _ = impatient.watch(connection);

    impatient.giveUp();
    impatient.giveUp();

    assertThat(called).containsExactly("abort");
  }

  @Test
  void areLeftAloneInTheirTime() {
    var _ = patient.watch(connection);

    patient.giveUp();

    assertThat(called).isEmpty();
  }

  @Test
  void areNotWatchedAnyMoreWhenAllIsWritten() {
    impatient.watch(connection).close();

    impatient.giveUp();

    assertThat(called).isEmpty();
  }
}
