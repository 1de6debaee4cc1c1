package dev.storewatch.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.storewatch.TestDatabase;
import dev.storewatch.access.Secrets;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that several requests have in hand, and servers of several versions. */
final class SharedSessionTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @TempDir private static Path path;
  private static DataFolder folder;
  private static TestDatabase made;
  private static PostgresDatabase database;
  private static SharedSessions sessions;

  @BeforeAll
  static void open() {
    folder = DataFolder.take(path, "test");
    made = TestDatabase.withTables();
    database = open(made);
    sessions = new SharedSessions(database, TIMEOUT, 1_000);
  }

  private static PostgresDatabase open(TestDatabase made) {
    return (PostgresDatabase) Database.open(folder, made.settings());
  }

  @AfterAll
  static void close() {
    database.close();
    made.close();
    folder.close();
  }

  /** Begins a session with the attributes {@code a} and {@code b}, and returns its secret. */
  private static String begin() {
    SharedSession session = sessions.createSession();
    session.setAttribute("a", "as it was");
    session.setAttribute("b", "as it was");
    sessions.save(session);
    return session.getId();
  }

  private static SharedSession find(String secret) {
    return Objects.requireNonNull(sessions.findById(secret));
  }

  private static Map<String, Object> attributes(String secret) {
    SharedSession session = find(secret);
    Map<String, Object> attributes = new HashMap<>();
    session
        .getAttributeNames()
        .forEach(name -> attributes.put(name, session.getRequiredAttribute(name)));
    return attributes;
  }

  private static int countKept(String secret) {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM access_session WHERE session_id = ?")
        .param(Secrets.hash(secret))
        .query(Integer.class)
        .single();
  }

  @Test
  void keepsWhatEachOfTwoRequestsChanges() {
    String secret = begin();
    SharedSession first = find(secret);
    SharedSession second = find(secret);
    first.setAttribute("a", "of the first");
    first.setAttribute("c", "of the first");
    second.setAttribute("d", "of the second");
    second.removeAttribute("b");
    second.setMaxInactiveInterval(Duration.ofHours(8));

    sessions.save(second);
    sessions.save(first);

    assertThat(attributes(secret))
        .isEqualTo(Map.of("a", "of the first", "c", "of the first", "d", "of the second"));
    assertThat(find(secret).getMaxInactiveInterval()).isEqualTo(Duration.ofHours(8));
  }

  @Test
  void takesTheLastWordOfTwoRequestsOnAnAttribute() {
    String secret = begin();
    SharedSession first = find(secret);
    SharedSession second = find(secret);
    first.setAttribute("new", "of the first");
    first.removeAttribute("a");
    first.setAttribute("b", "of the first");
    second.setAttribute("new", "of the second");
    second.setAttribute("a", "of the second");
    second.removeAttribute("b");

    sessions.save(first);
    sessions.save(second);

    assertThat(attributes(secret)).isEqualTo(Map.of("new", "of the second", "a", "of the second"));
  }

  static Stream<Consumer<SharedSession>> changes() {
    return Stream.of(
        session -> session.setAttribute("new", "value"),
        session -> session.setAttribute("a", "value"),
        session -> session.removeAttribute("a"),
        session -> session.setMaxInactiveInterval(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isNotBroughtBackByARequestThatEndsLater(Consumer<SharedSession> change) {
    String secret = begin();
    SharedSession late = find(secret);
    sessions.deleteById(secret);

    change.accept(late);
    sessions.save(late);

    assertThat(sessions.findById(secret)).isNull();
    assertThat(countKept(secret)).isZero();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isNotBroughtBackByARequestThatEndsMeanwhile(Consumer<SharedSession> change)
      throws Exception {
    String secret = begin();
    SharedSession late = find(secret);
    change.accept(late);
    try (Connection other = DriverManager.getConnection(made.url());
        PreparedStatement end =
            other.prepareStatement("DELETE FROM access_session WHERE session_id = ?");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      end.setString(1, Secrets.hash(secret));
      assertThat(end.executeUpdate()).isEqualTo(1);

      Future<?> saving = threads.submit(() -> sessions.save(late));
      while (made.countWaiting() == 0) {
        assertThat(saving).isNotDone();
        Thread.sleep(10);
      }
      other.commit();

      assertThat(saving).succeedsWithin(TIMEOUT);
    }
    assertThat(sessions.findById(secret)).isNull();
    assertThat(countKept(secret)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P2D", "-P2D"})
  void endsByTheClockOfTheDatabase(Duration ahead) {
    try (TestDatabase apart = TestDatabase.withTables()) {
      apart.setClockAhead(ahead);
      try (PostgresDatabase opened = open(apart)) {
        SharedSessions there = new SharedSessions(opened, TIMEOUT, 1_000);
        SharedSession begun = there.createSession();
        there.save(begun);

        SharedSession found = Objects.requireNonNull(there.findById(begun.getId()));
        assertThat(found.getCreationTime())
            .isCloseTo(Instant.now().plus(ahead), within(1, ChronoUnit.MINUTES));
        assertThat(found.getLastAccessedTime()).isEqualTo(found.getCreationTime());
        assertThat(found.isExpired()).isFalse();

        endSecondsAgo(opened, 1);
        assertThat(there.findById(begun.getId())).isNull();
        endSecondsAgo(opened, -60);
        assertThat(there.findById(begun.getId())).isNotNull();
      }
    }
  }

  private static void endSecondsAgo(PostgresDatabase database, int seconds) {
    assertThat(
            database
                .jdbc()
                .sql(
                    """
                    UPDATE access_session
                    SET expiry_time = extract(epoch FROM clock_timestamp()) * 1000 - 1000 * ?\
                    """)
                .param(seconds)
                .update())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 36_000})
  void notesAUseAfterAMinuteOrATenthOfItsTime(int seconds) {
    Instant now = Instant.parse("2023-01-25T12:00:00Z");
    long unnoted = Math.min(60, seconds / 10);

    assertThat(isUseNoted(now, now.minusSeconds(unnoted), seconds)).isFalse();
    assertThat(isUseNoted(now, now.minusSeconds(unnoted).minusMillis(1), seconds)).isTrue();
  }

  private static boolean isUseNoted(Instant now, Instant used, int seconds) {
    SharedSession session =
        new SharedSession(
            Secrets.random(),
            Clock.fixed(now, ZoneOffset.UTC),
            used,
            used,
            Duration.ofSeconds(seconds),
            Map.of());
    session.setLastAccessedTime(Instant.EPOCH);
    assertThat(session.getLastAccessedTime()).isEqualTo(session.isChanged() ? now : used);
    return session.isChanged();
  }

  @Test
  void isNotWrittenWhenNothingChanged() {
    String secret = begin();
    SharedSession session = find(secret);
    List<String> before = versions(secret);

    session.setLastAccessedTime(Instant.now());
    session.removeAttribute("unknown");
    sessions.save(session);

    assertThat(versions(secret)).isEqualTo(before).hasSize(2);
    session.setAttribute("a", "changed");
    sessions.save(session);
    assertThat(versions(secret)).isNotEqualTo(before);
  }

  /** Returns which transactions wrote what the database has of a session. */
  private static List<String> versions(String secret) {
    return database
        .jdbc()
        .sql(
            """
            SELECT concat(s.xmin, ' ', a.attribute_name, ' ', a.xmin)
            FROM access_session s JOIN access_session_attributes a ON session_primary_id = primary_id
            WHERE session_id = ? ORDER BY attribute_name\
            """)
        .param(Secrets.hash(secret))
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Test
  void isWrittenAndReadWhateverTheHandlerIsDoing() {
    String secret = begin();

    boolean isThere =
        database.inSnapshot(
            () -> {
              find(secret).getRequiredAttribute("a");
              SharedSession session = find(secret);
              session.setAttribute("a", "written");
              sessions.save(session);
              assertThat(attributes(secret)).containsEntry("a", "written");
              made.execute("DELETE FROM access_session");
              return sessions.findById(secret) != null;
            });

    assertThat(isThere).isFalse();
  }

  @Test
  void isKeptInTheColumnsThatOlderServersRead() {
    String secret = begin();

    Map<String, @Nullable Object> row =
        database
            .jdbc()
            .sql("SELECT * FROM access_session WHERE session_id = ?")
            .param(Secrets.hash(secret))
            .query()
            .singleRow();

    long begun = find(secret).getCreationTime().toEpochMilli();
    assertThat(UUID.fromString((String) row.get("primary_id"))).isNotNull();
    assertThat(row)
        .containsEntry("creation_time", begun)
        .containsEntry("last_access_time", begun)
        .containsEntry("max_inactive_interval", 600)
        .containsEntry("expiry_time", begun + TIMEOUT.toMillis())
        .containsEntry("principal_name", null);
  }

  @Test
  void isReadAsOlderServersWroteItWithoutWhatMakesNoSense() {
    String secret = Secrets.random();
    String id = UUID.randomUUID().toString();
    long begun = database.clock().millis() - 5_000;
    database
        .jdbc()
        .sql("INSERT INTO access_session VALUES (?, ?, ?, ?, ?, ?, NULL)")
        .params(id, Secrets.hash(secret), begun, begun + 1, 600, begun + 600_001)
        .update();
    writeAttribute(id, "a", SessionBytes.write("kept"));
    writeAttribute(id, "b", new byte[] {1, 2, 3});

    SharedSession session = find(secret);

    assertThat(session.getCreationTime().toEpochMilli()).isEqualTo(begun);
    assertThat(session.getLastAccessedTime().toEpochMilli()).isEqualTo(begun + 1);
    assertThat(session.getMaxInactiveInterval()).isEqualTo(TIMEOUT);
    assertThat(attributes(secret)).isEqualTo(Map.of("a", "kept"));
    session.setAttribute("b", "makes sense");
    sessions.save(session);
    assertThat(attributes(secret)).isEqualTo(Map.of("a", "kept", "b", "makes sense"));
  }

  private static void writeAttribute(String id, String name, byte[] bytes) {
    database
        .jdbc()
        .sql("INSERT INTO access_session_attributes VALUES (?, ?, ?)")
        .params(id, name, bytes)
        .update();
  }

  @Test
  void keepsItsId() {
    SharedSession session = find(begin());

    assertThatThrownBy(session::changeSessionId).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void losesAnAttributeThatIsSetToNothing() {
    String secret = begin();
    SharedSession session = find(secret);

    session.setAttribute("a", null);
    sessions.save(session);

    assertThat(attributes(secret)).isEqualTo(Map.of("b", "as it was"));
  }
}
