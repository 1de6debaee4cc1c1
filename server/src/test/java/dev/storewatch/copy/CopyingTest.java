package dev.storewatch.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestDatabase;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.database.UnfinishedCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
final class CopyingTest {
  /** So few that every table which can be divided is. */
  private static final long ROWS_OF_UNIT = 2_000;

  @TempDir private Path path;
  private final TestDatabase one = TestDatabase.withTables();
  private final TestDatabase other = TestDatabase.withTables();

  @AfterEach
  void dropDatabases() {
    one.close();
    other.close();
  }

  /** A kind of place. */
  enum Kind {
    FOLDER,
    POSTGRESQL
  }

  private static final DatabaseSettings FOLDER = DatabaseSettings.inDataFolder();

  private Installed open(String folder, DatabaseSettings settings) {
    return new Installed(path.resolve(folder), settings);
  }

  private CopyResult copy(
      String fromFolder,
      DatabaseSettings from,
      String toFolder,
      DatabaseSettings to,
      CopyProgress progress) {
    try (Place source = Place.toCopyFrom(DataFolder.take(path.resolve(fromFolder), "test"), from);
        Place target = Place.toCopyTo(DataFolder.take(path.resolve(toFolder), "test"), to)) {
      return new Copying(source, target, progress, ROWS_OF_UNIT).run();
    }
  }

  private CopyResult toPostgres(CopyProgress progress) {
    return copy("data", FOLDER, "work", one.settings(), progress);
  }

  private List<String> fill() throws IOException {
    try (Installed source = open("data", FOLDER)) {
      source.fill();
      source.addUpload(
          "waits",
          "store_id,status,timestamp_utc\ns1,active,2023-03-01 00:00:00 UTC\n"
              .repeat(10_000)
              .getBytes(StandardCharsets.UTF_8));
      return source.facts();
    }
  }

  @Test
  void bringsEverythingToPostgresAndBack() throws IOException {
    List<String> facts = fill();

    CopyResult there = toPostgres(CopyProgress.NONE);
    CopyResult back = copy("work", one.settings(), "back", FOLDER, CopyProgress.NONE);

    assertThat(back.tables()).isEqualTo(there.tables());
    assertThat(there.tables()).allSatisfy(line -> assertThat(line.rows()).isPositive());
    assertThat(there.rows())
        .isEqualTo(there.tables().stream().mapToLong(CopyResult.Line::rows).sum());
    try (Installed source = open("data", FOLDER);
        Installed postgres = open("work", one.settings());
        Installed folder = open("back", FOLDER)) {
      assertThat(postgres.facts()).isEqualTo(facts);
      assertThat(folder.facts()).isEqualTo(facts);
      List<Long> next = source.nextNumbers();
      assertThat(postgres.nextNumbers()).isEqualTo(next);
      assertThat(folder.nextNumbers()).isEqualTo(next);
    }
    try (Installed reopened = open("back", FOLDER)) {
      assertThat(reopened.nextNumbers()).isNotEmpty();
    }
  }

  @Test
  void copiesFromPostgresToPostgresAndFromFolderToFolder() throws IOException {
    List<String> facts = fill();

    CopyResult _ = copy("data", FOLDER, "second", FOLDER, CopyProgress.NONE);
    CopyResult _ = copy("second", FOLDER, "work", one.settings(), CopyProgress.NONE);
    CopyResult _ = copy("work", one.settings(), "work2", other.settings(), CopyProgress.NONE);

    try (Installed folder = open("second", FOLDER);
        Installed postgres = open("work2", other.settings())) {
      assertThat(folder.facts()).isEqualTo(facts);
      assertThat(postgres.facts()).isEqualTo(facts);
    }
  }

  @Test
  void copiesAnInstallationInWhichThereIsNothing() throws IOException {
    open("data", FOLDER).close();

    CopyResult there = toPostgres(CopyProgress.NONE);

    assertThat(there.rows()).isZero();
    CopyResult _ = copy("work", one.settings(), "back", FOLDER, CopyProgress.NONE);
    try (Installed back = open("back", FOLDER)) {
      assertThat(back.nextNumbers()).containsExactly(1L, 1L, 1L);
    }
  }

  @Test
  void copiesStoresThatWereNeverPolled() throws IOException {
    List<String> facts;
    try (Installed source = open("data", FOLDER)) {
      source.importText("zones.csv", "store_id,timezone_str\ns1,Asia/Kathmandu\n");
      facts = source.facts();
    }

    CopyResult _ = toPostgres(CopyProgress.NONE);

    try (Installed postgres = open("work", one.settings())) {
      assertThat(postgres.facts()).isEqualTo(facts);
    }
  }

  /** Fails after a number of rows. */
  private static final class Failing implements CopyProgress {
    private long left;

    Failing(long rows) {
      left = rows;
    }

    @Override
    public void begin(String what, long rows) {
      // It is the rows that count.
    }

    @Override
    public synchronized void moved(long rows) {
      left -= rows;
      if (left < 0) {
        throw new IllegalStateException("broken off");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void goesOnWhereItWasBrokenOff(Kind kind) throws IOException {
    List<String> facts = fill();
    DatabaseSettings to = kind == Kind.FOLDER ? FOLDER : one.settings();
    for (long rows : new long[] {0, 100, 30_000, 60_000, 100_000}) {
      assertThatThrownBy(() -> copy("data", FOLDER, "to", to, new Failing(rows)))
          .hasMessage("broken off");
      assertThatThrownBy(() -> open("to", to).close())
          .isInstanceOf(UnfinishedCopy.class)
          .hasMessageContaining("is a copy that was not completed: run the same ./storewatch copy");
    }

    CopyResult result = copy("data", FOLDER, "to", to, CopyProgress.NONE);

    assertThat(result.resumed()).isTrue();
    assertThat(result.rows()).isZero(); // it was broken off in the comparison at last
    try (Installed copied = open("to", to)) {
      assertThat(copied.facts()).isEqualTo(facts);
    }
  }

  @Test
  void copiesWhatWasNotThereYetAlone() throws IOException {
    List<String> facts = fill();
    long all = 0;
    assertThatThrownBy(() -> toPostgres(new Failing(30_000))).hasMessage("broken off");

    CopyResult result = toPostgres(CopyProgress.NONE);

    for (CopyResult.Line line : result.tables()) {
      all += line.rows();
    }
    assertThat(result.rows()).isPositive().isLessThanOrEqualTo(all - 25_000);
    try (Installed copied = open("work", one.settings())) {
      assertThat(copied.facts()).isEqualTo(facts);
    }
  }

  @Test
  void beginsAnewWhenTheSourceHasOtherRowsThanBefore() throws IOException {
    List<String> _ = fill();
    assertThatThrownBy(() -> toPostgres(new Failing(30_000))).hasMessage("broken off");
    List<String> facts;
    try (Installed source = open("data", FOLDER)) {
      source.importText(
          "more.csv", "store_id,status,timestamp_utc\ns1,active,2023-01-15 00:00:30 UTC\n");
      facts = source.facts();
    }

    CopyResult result = toPostgres(CopyProgress.NONE);

    assertThat(result.resumed()).isFalse();
    try (Installed copied = open("work", one.settings())) {
      assertThat(copied.facts()).isEqualTo(facts);
    }
  }

  /** Changes the copy before it is compared. */
  private CopyProgress corrupting(String sql) {
    return new CopyProgress() {
      @Override
      public void begin(String what, long rows) {
        if (what.equals("comparing")) {
          one.execute(sql);
        }
      }

      @Override
      public void moved(long rows) {
        // Nothing happens meanwhile.
      }
    };
  }

  static Stream<String> corruptions() {
    return Stream.of(
        "UPDATE poll SET active = NOT active WHERE (store_key, polled_at) = (SELECT store_key,"
            + " polled_at FROM poll LIMIT 1)",
        "DELETE FROM poll WHERE (store_key, polled_at) = (SELECT store_key, polled_at FROM poll"
            + " LIMIT 1)",
        "UPDATE store SET name = '' WHERE store_id = 's1'",
        "UPDATE report_row SET up = up + 1, down = down - 1 WHERE row_number = 1",
        "UPDATE report_block SET figures = 'A' || figures WHERE report_number = 2",
        "UPDATE import_reject SET text = text || ' '",
        "UPDATE upload_piece SET bytes = '\\x00' WHERE number = 1");
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void findsWhatIsNotTheSame(String sql) throws IOException {
    List<String> facts = fill();
    String table =
        sql.startsWith("UPDATE upload")
            ? "uploaded files"
            : sql.replaceAll("(UPDATE|DELETE FROM) (\\w+) .*", "$2");

    assertThatThrownBy(() -> toPostgres(corrupting(sql)))
        .isInstanceOf(Copying.Failed.class)
        .message()
        .matches(
            ".*: %s has [\\d,]+ rows, [0-9a-f]{16} in .*data and [\\d,]+ rows, [0-9a-f]{16} in jdbc:.*; it cannot be used: run storewatch copy again.*"
                .formatted(table));
    assertThatThrownBy(() -> open("work", one.settings()).close())
        .isInstanceOf(UnfinishedCopy.class);

    CopyResult result = toPostgres(CopyProgress.NONE);

    assertThat(result.resumed()).isFalse();
    try (Installed copied = open("work", one.settings())) {
      assertThat(copied.facts()).isEqualTo(facts);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void addsToNothingThatIsThere(Kind kind) throws IOException {
    List<String> _ = fill();
    DatabaseSettings to = kind == Kind.FOLDER ? FOLDER : one.settings();
    List<String> facts;
    try (Installed target = open("to", to)) {
      target.importText(
          "polls.csv", "store_id,status,timestamp_utc\ns1,active,2023-01-15 00:00:00 UTC\n");
      facts = target.facts();
    }

    assertThatThrownBy(() -> copy("data", FOLDER, "to", to, CopyProgress.NONE))
        .isInstanceOf(Copying.Failed.class)
        .hasMessageEndingWith(
            " is not empty (store 1, revision 2, import_run 1, import_journal 1, poll 1): copy to a"
                + " new folder or database");
    try (Installed target = open("to", to)) {
      assertThat(target.facts()).isEqualTo(facts);
    }
  }

  @Test
  void doesNotGoOnWithACopyOfSomethingElse() throws IOException {
    List<String> _ = fill();
    open("data2", FOLDER).close();
    assertThatThrownBy(() -> toPostgres(new Failing(100))).hasMessage("broken off");

    assertThatThrownBy(() -> copy("data2", FOLDER, "work", one.settings(), CopyProgress.NONE))
        .isInstanceOf(Copying.Failed.class)
        .hasMessageContaining("holds a part of a copy of " + path.resolve("data"));
    assertThatThrownBy(() -> copy("work", one.settings(), "back", FOLDER, CopyProgress.NONE))
        .isInstanceOf(UnfinishedCopy.class);
  }

  @Test
  void leavesPlacesAloneThatOthersUse() {
    try (Installed _ = open("work", one.settings())) {
      assertThatThrownBy(() -> copy("work1", one.settings(), "back", FOLDER, CopyProgress.NONE))
          .isInstanceOf(Copying.Failed.class)
          .hasMessageContaining("is in use by 1 other process: stop every server");
      assertThatThrownBy(() -> copy("empty", FOLDER, "work1", one.settings(), CopyProgress.NONE))
          .isInstanceOf(Copying.Failed.class)
          .hasMessageContaining("is in use by 1 other process: stop every server");
    }
    try (Installed _ = open("data", FOLDER)) {
      assertThatThrownBy(() -> toPostgres(CopyProgress.NONE)).isInstanceOf(DataFolder.InUse.class);
    }
  }

  @Test
  void letsNobodyInMeanwhile() throws IOException {
    List<String> facts = fill();
    CopyResult _ = toPostgres(CopyProgress.NONE);
    List<String> begun = new ArrayList<>();
    CopyProgress progress =
        new CopyProgress() {
          @Override
          public void begin(String what, long rows) {
            begun.add(what);
            for (TestDatabase database : List.of(one, other)) {
              assertThatThrownBy(() -> open("late", database.settings()).close())
                  .isInstanceOf(UnfinishedCopy.class)
                  .hasMessageContaining("is being copied: start again when ./storewatch copy");
            }
          }

          @Override
          public void moved(long rows) {
            // It is the beginnings that count.
          }
        };

    CopyResult _ = copy("work", one.settings(), "work2", other.settings(), progress);

    assertThat(begun).containsExactly("copying", "comparing");
    for (TestDatabase database : List.of(one, other)) {
      try (Installed installed = open("after", database.settings())) {
        assertThat(installed.facts()).isEqualTo(facts);
      }
    }
  }
}
