package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.access.LocalTicket;
import dev.storewatch.database.DataFolder;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.mock.env.MockEnvironment;

final class AnnouncementTest {
  @TempDir private Path path;
  private DataFolder folder;
  private final LocalTicket ticket = new LocalTicket();
  private final MockEnvironment environment = new MockEnvironment();

  @BeforeEach
  void take() {
    folder = DataFolder.take(path, "serve");
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private Announcement announcement() {
    return new Announcement(folder, context(), environment, ticket);
  }

  private static WebServerApplicationContext context() {
    WebServer onPort =
        new WebServer() {
          @Override
          public void start() {}

          @Override
          public void stop() {}

          @Override
          public int getPort() {
            return 8123;
          }
        };
    Class<?> type = WebServerApplicationContext.class;
    return (WebServerApplicationContext)
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> onPort);
  }

  private void assertIsAt(@Nullable String url, @Nullable String key) {
    assertThatThrownBy(() -> DataFolder.take(path, "report"))
        .isInstanceOfSatisfying(
            DataFolder.InUse.class,
            held -> {
              assertThat(held.holder().command()).isEqualTo("serve");
              assertThat(held.holder().url()).isEqualTo(url);
              assertThat(held.holder().ticket()).isEqualTo(key);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "192.0.2.7, 192.0.2.7",
    "0.0.0.0, localhost",
    "::, localhost",
    "::1, [::1]",
    "2001:db8::7, [2001:db8::7]",
  })
  void namesAnAddressThatThisMachineReaches(String address, String host) {
    environment.setProperty("server.address", address);

    announcement().start();

    assertIsAt("http://" + host + ":8123", ticket.reveal());
  }

  @Test
  void isTakenBackWhenTheServerStops() {
    Announcement announcement = announcement();
    announcement.start();
    assertThat(announcement.isRunning()).isTrue();
    assertIsAt("http://localhost:8123", ticket.reveal());

    announcement.stop();

    assertThat(announcement.isRunning()).isFalse();
    assertIsAt(null, null);
  }
}
