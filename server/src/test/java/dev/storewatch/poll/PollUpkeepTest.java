package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.interval.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PollUpkeepTest {
  private static final Span EVER = new Span(0, Long.MAX_VALUE / 4);
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2023-06-15T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path path;

  private static void fill(TestFolder folder) {
    new TestFleet()
        .store("A")
        .poll("2023-03-31T23:59:59.999999Z", true)
        .poll("2023-04-01T00:00:00Z", true)
        .poll("2023-06-01T00:00:00Z", true)
        .save(folder.database(), folder.stores(), folder.polls());
  }

  private static long countAfterUpkeep(TestFolder folder, @Nullable Duration kept) {
    new PollUpkeep(folder.database(), folder.polls(), NOW, kept).run();
    return folder.polls().countRoughly(EVER);
  }

  @Test
  void deletesMonthsThatAreOlderThanPollsAreKept() throws IOException {
    try (TestFolder folder = new TestFolder(path)) {
      fill(folder);
      assertThat(countAfterUpkeep(folder, null)).isEqualTo(3);
      assertThat(countAfterUpkeep(folder, Duration.ofDays(60))).isEqualTo(2);
      assertThat(folder.allPolls().get("A")).hasSize(2);
    }
  }

  @Test
  void dropsPartitionsAndMakesThoseToCome() throws IOException {
    try (TestDatabase database = TestDatabase.withTables();
        TestFolder folder = new TestFolder(path, database)) {
      fill(folder);
      assertThat(partitions(folder)).isEqualTo("2023_03 2023_04 2023_06");

      assertThat(countAfterUpkeep(folder, Duration.ofDays(60))).isEqualTo(2);
      assertThat(partitions(folder)).isEqualTo("2023_04 2023_06 2023_07 2023_08");
    }
  }

  private static String partitions(TestFolder folder) {
    return folder
        .database()
        .jdbc()
        .sql(
            """
            SELECT string_agg(substr(relname, 6), ' ' ORDER BY relname) FROM pg_class
            JOIN pg_inherits ON inhrelid = oid WHERE inhparent = 'poll'::regclass\
            """)
        .query(String.class)
        .single();
  }
}
