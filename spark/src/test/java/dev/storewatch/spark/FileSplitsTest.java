package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.file.FileKind;
import dev.storewatch.interval.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

final class FileSplitsTest {
  private static final String HEADER = "store_id,status,timestamp_utc";
  private static final String SIZE = "spark.sql.files.maxPartitionBytes";
  private static final long NOW = Micros.of(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir private Path folder = Path.of("");

  @Tag("long")
  @ParameterizedTest
  @Seeds
  void sayWhatTheWholeFilesSayWhereverTheyAreSplit(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < Seeds.Rounds.of(1); round++) {
      Path polls = Files.createDirectories(folder.resolve("polls-" + round));
      Files.writeString(polls.resolve("a.csv"), file(random, round % 2 == 0));
      Files.writeString(polls.resolve("b.csv"), file(random, round % 4 == 1));
      int size = random.nextInt(300, 2_000);
      assertThat(report(polls, size + "b"))
          .as("round %d in splits of %d bytes", round, size)
          .isEqualTo(report(polls, "1g"));
    }
  }

  /** Returns a file in which polls are repeated with another status, and many rows are wrong. */
  private static String file(SplittableRandom random, boolean hasRowsOfSeveralLines) {
    StringBuilder text = new StringBuilder(HEADER).append(random.nextBoolean() ? "\r\n" : "\n");
    int rows = random.nextInt(20, 100);
    int ofSeveralLines = hasRowsOfSeveralLines ? random.nextInt(rows) : rows;
    for (int i = 0; i < rows; i++) {
      String at = "2023-01-24 %02d:%02d:00 UTC".formatted(random.nextInt(24), random.nextInt(4));
      String status = random.nextBoolean() ? "active" : "inactive";
      text.append(
          i == ofSeveralLines
              ? "\"in\n\n\n%s\nlines\",maybe,%s".formatted(HEADER, at)
              : switch (random.nextInt(12)) {
                case 0 -> "s,maybe," + at;
                case 1 -> "";
                case 2 -> "too,few";
                case 3 -> "\"a,b\",%s,%s".formatted(status, at);
                case 4 -> "Bogotá,%s,%s".formatted(status, at);
                case 5 -> "half,%s,%s\r".formatted(status, at);
                default -> "%d,%s,%s".formatted(random.nextInt(5), status, at);
              });
      text.append(i < rows - 1 || random.nextBoolean() ? "\n" : "");
    }
    return text.toString();
  }

  /** Returns all that a report says and writes. */
  private List<String> report(Path polls, String size) throws IOException {
    SparkSession spark = Session.spark().newSession();
    spark.conf().set(SIZE, size);
    Path out = folder.resolve("out.csv");
    Path rejects = folder.resolve("rejects");
    Session.Run run =
        Session.run(
            spark,
            "--polls",
            polls.toString(),
            "--rejects",
            rejects.toString(),
            "--out",
            out.toString(),
            "--one-file");
    assertThat(run.code()).as(run.err()).isZero();
    return List.of(
        run.err(),
        Files.readString(out),
        Files.readString(rejects.resolve("rejects.csv")),
        Files.readString(rejects.resolve("rejects.json")));
  }

  @Test
  void giveEachPollOnceAndInTheOrderOfTheFile() throws IOException {
    Path file = folder.resolve("polls.csv");
    Stream<String> rows =
        Stream.iterate(0, i -> i < 50, i -> i + 1)
            .map(i -> "store-%d,active,2023-01-24 10:%02d:00 UTC".formatted(i, i));
    Files.write(file, Stream.concat(Stream.of(HEADER), rows).toList());
    List<String> all = stores(FileRows.Split.whole(file.toString(), 0));

    List<String> inSplits = new ArrayList<>();
    int filled = 0;
    for (long from = 0; from < Files.size(file); from += 100) {
      List<String> own = stores(new FileRows.Split(file.toString(), 0, from, from + 100, 0));
      filled += own.isEmpty() ? 0 : 1;
      inSplits.addAll(own);
    }

    assertThat(all).hasSize(50);
    assertThat(inSplits).isEqualTo(all);
    assertThat(filled).isGreaterThan(15);
  }

  private static List<String> stores(FileRows.Split split) throws IOException {
    List<Row> rows = new ArrayList<>();
    FileRows.read(split, List.of(FileKind.POLLS), NOW, new Configuration(), rows::add);
    return rows.stream().map(row -> row.getString(0)).filter(store -> !store.isEmpty()).toList();
  }
}
