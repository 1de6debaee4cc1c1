package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.storewatch.Eventually;
import dev.storewatch.TestDatabase;
import dev.storewatch.setting.BadSetting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresDatabaseTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private TestDatabase made;
  private PostgresDatabase database;
  private PostgresDatabase other;

  @BeforeEach
  void open() {
    made = new TestDatabase();
    database = open(Duration.ofSeconds(60), Duration.ofSeconds(15));
    other = open(SHORT, Duration.ofSeconds(15));
    database.jdbc().sql("CREATE TABLE thing (number bigint)").update();
  }

  private PostgresDatabase open(Duration timeout, Duration lease) {
    return PostgresDatabase.open(new DatabaseSettings(made.url(), null, null, 8, timeout, lease));
  }

  @AfterEach
  void close() {
    database.close();
    other.close();
    made.close();
  }

  private static long count(PostgresDatabase database) {
    return database.jdbc().sql("SELECT count(*) FROM thing").query(Long.class).single();
  }

  private static int add(PostgresDatabase database) {
    return database.jdbc().sql("INSERT INTO thing VALUES (1)").update();
  }

  @Test
  void showsSteadyReadsOneStateInEveryThread() throws Exception {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Long> counts = Collections.synchronizedList(new ArrayList<>());
      long last =
          database.inSnapshot(
              () -> {
                counts.add(count(database));
                Runnable work = database.sharingSnapshot(() -> counts.add(count(database)));
                assertThat(other.<Integer>inWriteTransaction(() -> add(other))).isEqualTo(1);
                run(threads.submit(work));
                return count(database);
              });

      assertThat(counts).containsExactly(0L, 0L);
      assertThat(last).isZero();
    }
    assertThat(count(database)).isEqualTo(1);
  }

  private static void run(Future<?> future) {
    try {
      future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void letsOneWriterInAtATimeWhateverItsProcess() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<Integer> first =
          threads.submit(
              () ->
                  database.inWriteTransaction(
                      () -> {
                        writing.countDown();
                        await(goOn);
                        order.add("first");
                        return add(database);
                      }));
      await(writing);
      Future<Integer> second =
          threads.submit(
              () ->
                  other.inWriteTransaction(
                      () -> {
                        order.add("second");
                        return add(other);
                      }));
      Optional<String> one =
          Eventually.until("a try of the second", () -> tryOf(other), Optional::isPresent);
      Eventually.until(
          "its next try", () -> tryOf(other), next -> next.isPresent() && !next.equals(one));
      goOn.countDown();

      assertThat(first.get()).isEqualTo(1);
      assertThat(second.get()).isEqualTo(1);
    }
    assertThat(order).containsExactly("first", "second");
  }

  /** Returns when a process began the transaction that waits for its turn, while it does. */
  private Optional<String> tryOf(PostgresDatabase waiting) {
    return database
        .jdbc()
        .sql(
            """
            SELECT CAST(xact_start AS text) FROM pg_stat_activity
            WHERE application_name = ? AND wait_event_type = 'Lock'\
            """)
        .param(Membership.program(waiting.self()))
        .query(String.class)
        .optional();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void countsTheChangesOfEveryProcess() {
    ChangeCount here = database.changes("thing");
    ChangeCount there = other.changes("thing");
    long before = there.value();

    var _ =
        database.inTransaction(
            () -> {
              here.change();
              assertThat(here.isByThisTransaction()).isTrue();
              assertThat(there.value()).isEqualTo(before);
              return add(database);
            });

    assertThat(there.value()).isNotEqualTo(before).isEqualTo(here.value());
    assertThat(here.isByThisTransaction()).isFalse();
  }

  @Test
  void takesRowsFromMemory() {
    Columns rows = new Columns().longs("number", 3, 4, 5).texts("word", List.of("a", "ö", "'"));

    assertThat(
            database.update("INSERT INTO thing SELECT number FROM :rows r WHERE word <> 'a'", rows))
        .isEqualTo(2);
    assertThat(count(database)).isEqualTo(2);
    assertThat(
            database.update(
                "INSERT INTO thing SELECT number FROM :rows r", new Columns().longs("number")))
        .isZero();
  }

  @Test
  void knowsAProcessThatIsGone() {
    String name = other.self();
    assertThat(isGone(name)).isFalse();
    assertThat(isGone("nobody")).isTrue();

    other.close();

    assertThat(isGone(name)).isTrue();
    other = open(SHORT, SHORT.multipliedBy(3));
    String firstLease = endOfLease(other);
    Eventually.until("the end of its first lease", () -> isOver(firstLease));
    assertThat(isGone(other.self())).as("as long as it is there").isFalse();
    other
        .jdbc()
        .sql("UPDATE member SET lease_until = clock_timestamp() WHERE name = ?")
        .param(database.self())
        .update();
    Eventually.until("its connections are ended", () -> !isConnected(database.self()));
  }

  private boolean isGone(String name) {
    return database
        .jdbc()
        .sql("SELECT " + database.isGone("one.name") + " FROM (SELECT CAST(? AS text) AS name) one")
        .param(name)
        .query(Boolean.class)
        .single();
  }

  private String endOfLease(PostgresDatabase of) {
    return database
        .jdbc()
        .sql("SELECT CAST(lease_until AS text) FROM member WHERE name = ?")
        .param(of.self())
        .query(String.class)
        .single();
  }

  private boolean isOver(String instant) {
    return database
        .jdbc()
        .sql("SELECT clock_timestamp() > CAST(? AS timestamptz)")
        .param(instant)
        .query(Boolean.class)
        .single();
  }

  private boolean isConnected(String name) {
    return other
            .jdbc()
            .sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = ?")
            .param(Membership.program(name))
            .query(Integer.class)
            .single()
        > 0;
  }

  @Test
  void goesOnWithNewConnectionsWhenTheDatabaseEndsThem() throws InterruptedException {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      other
                          .jdbc()
                          .sql(
                              """
                              SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                              WHERE application_name = ?\
                              """)
                          .param(Membership.program(database.self()))
                          .query()
                          .listOfRows();
                      return add(database);
                    }))
        .isInstanceOf(DatabaseUnavailable.class);
    // A connection that was used within half a second is given out again without a look at it: by
    // the clock of the pool, which nobody but time moves on.
    Thread.sleep(700);

    assertThat(count(database)).isZero();
    assertThat(database.<Integer>inTransaction(() -> add(database))).isEqualTo(1);
  }

  @Test
  void tellsTheTimeOfTheDatabase() {
    Duration ahead = Duration.ofHours(3);
    try (TestDatabase other = new TestDatabase()) {
      other.setClockAhead(ahead);
      try (PostgresDatabase opened = PostgresDatabase.open(other.settings())) {
        assertThat(opened.clock().instant().minus(ahead))
            .isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
      }
    }
  }

  @Test
  void waitsNotForADatabaseThatIsAwayOnceTheProgramIsToEnd() {
    database.waitNoMore();
    assertThat(count(database)).as("as long as it is there").isZero();

    made.letNobodyIn();

    Eventually.until("no more trying", () -> failure().contains("the program is about to end"));
  }

  /** Returns what is said when there is no answer; the first connections may just break. */
  private String failure() {
    try {
      return "there are " + database.<Long>call(() -> count(database));
    } catch (DatabaseUnavailable e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void saysWhatIsWrongWithADatabaseThatCannotBeUsed() {
    assertThatThrownBy(
            () ->
                PostgresDatabase.open(
                    DatabaseSettings.of(
                        "jdbc:postgresql://127.0.0.1:1/x?password=secret", "me", "secret")))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x cannot be reached")
        .hasMessageContaining("storewatch.database.url")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () ->
                PostgresDatabase.open(
                    DatabaseSettings.of("jdbc:postgresql://nowhere.invalid/x", null, null)))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("UnknownHostException: nowhere.invalid");
    assertThatThrownBy(
            () ->
                PostgresDatabase.open(
                    DatabaseSettings.of(
                        made.url().replaceFirst("storewatch_\\w+", "not_there"), null, null)))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("does not let this program in")
        .hasMessageContaining("not_there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://me:hunter2@127.0.0.1:1/x",
        "jdbc:postgresql://me:hunter2@127.0.0.1/x?password=hunter2",
        "jdbc:postgresql://127.0.0.1:port/x?user=me&password=hunter2",
        "jdbc:postgresql://127.0.0.1:1/x?sslmode=none&sslpassword=hunter2",
      })
  void saysWhyThereIsNoConnectionWithoutRepeatingSecrets(String url) {
    assertThatThrownBy(() -> PostgresDatabase.open(DatabaseSettings.of(url, null, null)))
        .isInstanceOfAny(DatabaseUnavailable.class, BadSetting.class)
        .hasMessageStartingWith("jdbc:postgresql://127.0.0.1")
        .hasMessageMatching(".*(refused|UnknownHost|Unable to parse|Invalid sslmode).*")
        .hasMessageContaining("storewatch.database.url")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void saysWhatTheDatabaseDoesNotLikeOfAConnection() {
    String url =
        made.url() + (made.url().contains("?") ? "&" : "?") + "options=-c%20TimeZone=Nowhere";

    assertThatThrownBy(() -> PostgresDatabase.open(DatabaseSettings.of(url, null, null)))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("cannot be connected to")
        .hasMessageContaining("invalid value for parameter \"TimeZone\"");
  }

  @Test
  void triesAgainWhenTheConnectionOfAStateIsLost() {
    Runnable late = database.<Runnable>inSnapshot(() -> database.sharingSnapshot(() -> {}));

    assertThatThrownBy(late::run).isInstanceOf(DatabaseUnavailable.class);
  }

  @Test
  void saysWhoseTablesAreInTheWay() {
    try (TestDatabase full = new TestDatabase()) {
      full.execute("CREATE TABLE thing (name text)");

      assertThatThrownBy(() -> PostgresDatabase.open(full.settings()))
          .isInstanceOf(BadSetting.class)
          .hasMessageContaining("tables that are not of this program: use an empty one");
      assertThat(full.holds("store")).isFalse();
    }
  }

  @Test
  void saysThatTheUserMayNotMakeTables() {
    try (TestDatabase foreign = new TestDatabase()) {
      String user = "nobody_" + UUID.randomUUID().toString().replace("-", "");
      foreign.execute("CREATE USER %1$s PASSWORD '%1$s'".formatted(user));
      foreign.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      try {
        assertThatThrownBy(() -> PostgresDatabase.open(foreign.settings(user, user)))
            .isInstanceOf(BadSetting.class)
            .hasMessageContaining("may not make tables in it (the right CREATE")
            .hasMessageContaining("ALTER DATABASE storewatch OWNER TO");
      } finally {
        foreign.execute("DROP USER " + user);
      }
    }
  }

  @Test
  void refusesTheTablesOfANewerProgram() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO flyway_schema_history
            SELECT 99, '99', 'newer', 'SQL', 'V99__newer.sql', 0, 'x', now(), 1, TRUE\
            """)
        .update();

    assertThatThrownBy(() -> open(SHORT, SHORT))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("newer version of this program (99, this one knows");
  }
}
