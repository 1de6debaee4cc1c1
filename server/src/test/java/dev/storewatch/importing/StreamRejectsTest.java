package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.poll.RowCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
final class StreamRejectsTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path path;
  private TestFolder folder;
  private StreamRejects rejects;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    rejects = new StreamRejects(folder.database());
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void add(String source, Instant now, long... lines) {
    folder.inTransaction(
        () ->
            rejects.add(
                source,
                "a note",
                LongStream.of(lines)
                    .mapToObj(line -> new Reject(line, "reason " + line, "text " + line))
                    .toList(),
                now));
  }

  @Test
  void keepsThoseOfAPlaceAndADayAsOneImport() {
    add("kafka/a/0", NOON, 7);
    add("kafka/a/0", NOON.plusSeconds(60), 9, 12);
    add("kafka/a/1", NOON.plusSeconds(120), 1);
    add("kafka/a/0", NOON.plus(Duration.ofDays(1)), 20);

    List<ImportRun> runs = folder.imports().newest(10, null);

    assertThat(runs)
        .extracting(ImportRun::source)
        .containsExactly("kafka/a/0", "kafka/a/1", "kafka/a/0");
    ImportRun first = runs.getLast();
    assertThat(first.state()).isEqualTo(ImportRun.State.COMPLETE);
    assertThat(first.counts()).isEqualTo(new RowCounts(3, 0, 0, 0, 3));
    assertThat(first.received()).isEqualTo(NOON);
    assertThat(first.ended()).isEqualTo(NOON.plusSeconds(60));
    assertThat(first.notes()).containsExactly("a note");
    assertThat(folder.imports().rejects(first.id(), 7, 10))
        .containsExactly(
            new Reject(9, "reason 9", "text 9"), new Reject(12, "reason 12", "text 12"));
  }

  @Test
  void countsMoreThanItKeeps() {
    add("kafka/a/0", NOON, LongStream.range(0, StreamRejects.MOST_KEPT - 1).toArray());
    add("kafka/a/0", NOON, 20_000, 20_001, 20_002);
    add("kafka/a/0", NOON, 20_003);

    ImportRun run = folder.imports().newest(1, null).getFirst();

    assertThat(run.counts().rejected()).isEqualTo(StreamRejects.MOST_KEPT + 3);
    assertThat(folder.imports().countRejects(run.id())).isEqualTo(StreamRejects.MOST_KEPT);
    assertThat(folder.imports().rejects(run.id(), 19_999, 10))
        .extracting(Reject::line)
        .containsExactly(20_000L);
  }

  @Test
  void cannotBeTakenBackAsNothingWasWritten() {
    add("kafka/a/0", NOON, 7);
    String id = folder.imports().newest(1, null).getFirst().id();

    assertThatThrownBy(() -> folder.parts().undo().undo(id))
        .isInstanceOf(ImportUndo.Impossible.class);
    assertThat(folder.imports().recover(_ -> false)).isZero();
    assertThat(folder.imports().find(id)).map(ImportRun::state).contains(ImportRun.State.COMPLETE);
  }
}
