package dev.storewatch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.ApiKey;
import dev.storewatch.audit.AuditEntry;
import dev.storewatch.audit.AuditTrail;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
final class WrongKeysTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<AuditEntry> newest(int count) {
    return server.bean(AuditTrail.class).list(count, Long.MAX_VALUE);
  }

  @Test
  void leavesAnEntryForTheKeysThatThereAreAndOneForTheOthers() throws Exception {
    String key = server.key("viewer");
    AccessBook book = server.bean(AccessBook.class);
    ApiKey revoked = book.keys().getLast();
    String id = revoked.id();
    String tampered = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");
    server.bean(WrongKeys.class).write();
    assertRefused(tampered);
    var _ = book.revokeKey(id);
    assertRefused(key);
    assertRefused(key);
    assertRefused("nonsense");
    assertRefused("sw_0123456789AB_0123456789012345678901234567890123456789012");

    server.bean(WrongKeys.class).write();

    String named = "/api/v1/keys/" + id + " (" + revoked.name() + "): ";
    assertThat(newest(3))
        .extracting(AuditEntry::who, AuditEntry::address, AuditEntry::action)
        .containsOnly(tuple("unknown", "127.0.0.1", "key.use"));
    assertThat(newest(3))
        .extracting(AuditEntry::target, AuditEntry::outcome)
        .containsExactlyInAnyOrder(
            tuple(named + "its secret is wrong", "refused, 1 request"),
            tuple(named + "it is revoked", "refused, 2 requests"),
            tuple(null, "refused, 2 requests"));
    assertThat(newest(3).toString()).doesNotContain(key.substring(key.lastIndexOf('_') + 1));
    String admin = server.key("admin");
    assertThat(server.get("/api/v1/audit?limit=9", "X-API-Key", admin).body())
        .contains("\"action\":\"key.use\"");
  }

  private static void assertRefused(String key) throws Exception {
    assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(401);
  }

  @Test
  void keepsNoMoreEntriesThanItsBoundHoweverManyStrangersCome() {
    WrongKeys keys = new WrongKeys(server.bean(AuditTrail.class), Clock.systemUTC());
    long before = newest(1).isEmpty() ? 0 : newest(1).getFirst().number();
    IntStream.range(0, 10_000).forEach(i -> keys.count("2001:db8::" + i, null));

    keys.write();
    keys.write();

    List<AuditEntry> written =
        newest(1_000).stream().filter(entry -> entry.number() > before).toList();
    assertThat(written).hasSize(WrongKeys.MOST + 1);
    assertThat(written)
        .filteredOn(entry -> entry.address().equals("other addresses"))
        .extracting(AuditEntry::outcome)
        .containsExactly("refused, 9980 requests");
  }
}
