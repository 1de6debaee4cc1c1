package dev.storewatch.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.RandomChanges;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a database has and whatever became of it: what comes back from its lake is the same. */
@Tag("long")
@AnyDatabase
final class LakeRoundTripTest {
  private static final LocalDate FIRST = LocalDate.ofInstant(RandomChanges.START, ZoneOffset.UTC);

  @TempDir private Path path;

  @ParameterizedTest
  @Seeds
  void givesTheSameDatabaseAfterAnyChanges(long seed) throws IOException {
    Random random = new Random(seed);
    Lake lake = new Lake(path.resolve("lake"));
    try (TestFolder folder = new TestFolder(path.resolve("data"))) {
      RandomChanges changes = new RandomChanges(folder);
      changes.importPolls(random, 3_000);
      for (int export = 0; export < Seeds.Rounds.of(4); export++) {
        for (int i = random.nextInt(12); i > 0; i--) {
          changes.make(random);
        }
        boolean compact = random.nextInt(4) == 0;
        boolean anew = random.nextInt(8) == 0;
        ExportResult result = lake.export(folder, new ExportOptions(compact, null, anew));

        assertIsWhole(lake, result, compact);
        assertComesBack(folder, lake, export);
      }
    }
  }

  private static void assertIsWhole(Lake lake, ExportResult result, boolean compact) {
    Manifest manifest = lake.manifest();
    assertThat(lake.files().keySet())
        .as("the files that the manifest names, and no other")
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(manifest.files().stream().map(LakeFile::path), Stream.of(Manifest.NAME))
                .toList());
    assertThat(result.polls()).isEqualTo(manifest.polls());
    if (result.polls() > 0) {
      assertThat(
              lake.query(
                  """
                  SELECT count(DISTINCT (store_id, "at")), min(epoch_us("at")) >= 0
                  FROM read_parquet('DIR/polls/*/*.parquet', hive_types = {'date': VARCHAR})
                  WHERE CAST("at" AS VARCHAR) LIKE date || '%'\
                  """))
          .containsExactly(result.polls() + "|true");
    }
    if (compact) {
      assertThat(manifest.files(LakeTable.POLLS)).hasSize(manifest.dates().size());
      assertThat(manifest.files(LakeTable.POLLS).stream().mapToLong(LakeFile::rows).sum())
          .isEqualTo(manifest.polls());
    }
  }

  private void assertComesBack(TestFolder folder, Lake lake, int number) throws IOException {
    try (TestFolder back = new TestFolder(path.resolve("back" + number))) {
      if (lake.manifest().stores() == 0) {
        return;
      }
      var _ = lake.importInto(back);
      List<String> facts = LakeFacts.of(back);
      assertThat(facts).containsExactlyElementsOf(LakeFacts.of(folder));
      assertThat(LakeFacts.reports(back, FIRST, 14))
          .isEqualTo(LakeFacts.reports(folder, FIRST, 14));

      var again = lake.importInto(back);

      assertThat(again)
          .allSatisfy(
              run -> {
                assertThat(run.counts().added()).isZero();
                assertThat(run.counts().replaced()).isZero();
                assertThat(run.counts().rejected()).isZero();
              });
      assertThat(LakeFacts.of(back)).isEqualTo(facts);
    }
  }
}
