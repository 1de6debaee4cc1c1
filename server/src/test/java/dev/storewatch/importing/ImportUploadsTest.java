package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Eventually;
import dev.storewatch.HeldDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.StoreLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** What becomes of files that are uploaded, whatever they hold and whatever happens. */
final class ImportUploadsTest {
  private static final String ZONES = "store_id,timezone_str\n42,America/Denver\n";

  /** Does something before each read. */
  private static final class Hindered extends FilterInputStream {
    private final Runnable before;

    Hindered(InputStream in, Runnable before) {
      super(in);
      this.before = before;
    }

    @Override
    public int read() throws IOException {
      before.run();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      before.run();
      return super.read(bytes, from, length);
    }
  }

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private static <T> T limits(Map<String, String> limits, Class<T> type) {
    return new Binder(new MapConfigurationPropertySource(limits))
        .bindOrCreate("", Bindable.of(type));
  }

  private ImportUploads uploads(Map<String, String> limits, DataSize keptFree) {
    ImportUploads uploads =
        new ImportUploads(
            folder.database(),
            folder.folder(),
            folder.parts().uploads(),
            new FreeDisk(path, keptFree),
            limits(limits, UploadLimits.class),
            limits(limits, StoreLimits.class),
            folder.importer(),
            folder.imports(),
            folder.clock(),
            List.of());
    uploads.resume();
    return uploads;
  }

  private ImportUploads uploads(Map<String, String> limits) {
    return uploads(limits, DataSize.ofBytes(0));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream packed(String head, String repeated, int times) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < times; i++) {
        out.write(repeated.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new ByteArrayInputStream(packed.toByteArray());
  }

  private ImportRun now(ImportRun run) {
    return folder.imports().find(run.id()).orElseThrow();
  }

  private ImportRun ended(ImportRun run) {
    return Eventually.until(
        "the end of the import of " + run.source(), () -> now(run), now -> now.ended() != null);
  }

  private List<Path> filesIn(String name) throws IOException {
    Path files = path.resolve(name);
    if (!Files.isDirectory(files)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(files)) {
      return found.toList();
    }
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(filesIn("tmp")).isEmpty();
    assertThat(filesIn("uploads")).isEmpty();
  }

  private static ImportOrder order(String id, String source) {
    return new ImportOrder(id, source, ReadOptions.NONE, null);
  }

  @Test
  void importsAfterARestartWhatWaitedBeforeIt() throws Exception {
    String id = "11111111-2222-4333-8444-555555555555";
    Files.createDirectories(path.resolve("uploads"));
    Files.writeString(path.resolve("uploads").resolve(id), ZONES + "43,nowhere\n");
    Files.writeString(path.resolve("uploads").resolve("nobody's"), ZONES);
    ImportRun queued =
        ImportRun.of(order(id, "z.csv"), FileKind.ZONES, ImportRun.State.QUEUED, TestFolder.NOW);
    folder.imports().start(queued);
    folder.imports().reject(id, List.of(new Reject(3, "found the last time", "43,nowhere")));
    folder
        .imports()
        .start(
            ImportRun.of(
                order("lost", "y.csv"), FileKind.ZONES, ImportRun.State.RUNNING, TestFolder.NOW));
    folder.close();
    folder = new TestFolder(path);

    try (ImportUploads uploads = uploads(Map.of())) {
      ImportRun ended = ended(queued);
      assertThat(ended.state()).isEqualTo(ImportRun.State.COMPLETE);
      assertThat(ended.counts()).isEqualTo(new RowCounts(2, 1, 0, 0, 1));
      assertThat(folder.imports().countRejects(id)).isEqualTo(1);
      assertThat(uploads.progress(ended)).isEmpty();
    }
    assertThat(folder.imports().find("lost").orElseThrow().error())
        .contains("import the file again");
    assertNothingIsLeft();
  }

  @Test
  void leavesWhatWaitsToTheNextStart() throws Exception {
    ImportRun waiting;
    try (ImportUploads uploads = uploads(Map.of());
        HeldDatabase held = new HeldDatabase(folder.database())) {
      ImportRun first = uploads.take(stream(ZONES), -1, "first.csv", null);
      // The clock stands still, so of two files that wait either may be the first.
      Eventually.until(
          "the first import runs", () -> now(first).state() == ImportRun.State.RUNNING);
      waiting = uploads.take(stream(ZONES), -1, "second.csv", null);
      assertThat(uploads.progress(waiting)).contains(new Imports.Progress(ZONES.length(), 0, 0));
      Thread closer = Thread.ofPlatform().start(uploads::close);
      HeldDatabase.awaitWaiting(closer);
      held.letGo();
      closer.join();
      assertThat(ended(first).state()).isEqualTo(ImportRun.State.COMPLETE);
    }
    assertThat(folder.imports().find(waiting.id()).orElseThrow().state())
        .isEqualTo(ImportRun.State.QUEUED);

    try (ImportUploads again = uploads(Map.of())) {
      assertThat(ended(waiting).state()).isEqualTo(ImportRun.State.COMPLETE);
      assertThat(again.progress(ended(waiting))).isEmpty();
    }
    assertNothingIsLeft();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void unpacksNoBomb() throws Exception {
    try (ImportUploads uploads = uploads(Map.of())) {
      ImportRun lines =
          uploads.take(packed(ZONES, "x".repeat(999) + "\n", 80_000), -1, "b.gz", null);
      assertThat(ended(lines).error())
          .isEqualTo(
              "b.gz unpacks to more than 250 times its size: split it, or raise"
                  + " storewatch.limits.unpack-ratio");
      assertThat(ended(lines).state()).isEqualTo(ImportRun.State.FAILED);

      ImportRun oneLine = uploads.take(packed(ZONES, "\0".repeat(1_000), 80_000), -1, "c.gz", null);
      assertThat(ended(oneLine).error()).contains("250 times its size");

      assertThatThrownBy(
              () -> uploads.take(packed("", "\0".repeat(1_000), 80_000), -1, "d.gz", null))
          .isInstanceOf(BadFileException.class);
    }
    assertNothingIsLeft();
  }

  @Test
  void looksForAHeaderNotForEver() throws Exception {
    try (ImportUploads uploads = uploads(Map.of())) {
      InputStream endless = packed("", "\n".repeat(1_000), 20_000);
      assertThatThrownBy(() -> uploads.take(endless, -1, "e.gz", null))
          .isInstanceOf(BadFileException.class)
          .hasMessageContaining("begins with nothing but empty lines");
    }
    assertNothingIsLeft();
  }

  @Test
  void keepsNothingOfASenderWhoMayNoLongerSend() throws Exception {
    try (ImportUploads uploads = uploads(Map.of())) {
      assertThatThrownBy(
              () ->
                  uploads.take(
                      stream(ZONES),
                      -1,
                      ImportOrder.of("z.csv"),
                      null,
                      "key:sender",
                      () -> {
                        throw new IllegalStateException("revoked");
                      },
                      kind -> {}))
          .hasMessage("revoked");
      assertThat(folder.imports().newest(10, null)).isEmpty();
    }
    assertNothingIsLeft();
  }

  @Test
  void unpacksNoMoreThanItMay() throws Exception {
    try (ImportUploads uploads = uploads(Map.of("unpacked-bytes", "2MB"))) {
      ImportRun run = uploads.take(packed(ZONES, "x,UTC\n", 500_000), -1, "b.gz", null);
      assertThat(ended(run).error()).contains("more than 2 MB", "unpacked-bytes");
      assertThatThrownBy(
              () -> uploads.take(packed("\n".repeat(3_000_000) + ZONES, "", 0), -1, "c.gz", null))
          .isInstanceOf(UnpackLimits.TooLarge.class);
      assertThat(ended(uploads.take(packed(ZONES, "", 0), -1, "d.gz", null)).state())
          .isEqualTo(ImportRun.State.COMPLETE);
    }
    assertNothingIsLeft();
  }

  @Test
  void countsAllWrongRowsAndKeepsSome() throws Exception {
    try (ImportUploads uploads = uploads(Map.of("rejects-kept", "3"))) {
      ImportRun run = ended(uploads.take(stream(ZONES + "43,nowhere\n".repeat(5)), -1, "z", null));

      assertThat(run.counts()).isEqualTo(new RowCounts(6, 1, 0, 0, 5));
      assertThat(folder.imports().rejects(run.id(), 0, 10))
          .extracting(Reject::line)
          .containsExactly(3L, 4L, 5L);
    }
  }

  @Test
  void addsNoMoreStoresThanThereMayBe() throws Exception {
    try (ImportUploads uploads = uploads(Map.of("stores", "2"))) {
      String three = ZONES + "43,UTC\n44,UTC\n";
      assertThat(ended(uploads.take(stream(three), -1, "z.csv", null)).error())
          .startsWith("3 new stores beside the 0 that there are would be more than 2");
      assertThat(folder.stores().registry().size()).isZero();
      assertThat(ended(uploads.take(stream(ZONES + "43,UTC\n"), -1, "z.csv", null)).state())
          .isEqualTo(ImportRun.State.COMPLETE);
      assertThat(ended(uploads.take(stream(ZONES), -1, "z.csv", null)).counts().repeated())
          .isEqualTo(1);
    }
  }

  @Test
  void refusesWhatHoldsSomethingElse() throws Exception {
    try (ImportUploads uploads = uploads(Map.of())) {
      assertThatThrownBy(() -> uploads.take(stream(ZONES), -1, "z.csv", FileKind.HOURS))
          .isInstanceOf(ImportUploads.OtherKind.class)
          .hasMessageContaining("z.csv holds time zones by its header, and kind=hours")
          .hasMessageContaining("store_id,day,start_time_local,end_time_local");
      assertThat(ended(uploads.take(stream(ZONES), -1, "z.csv", FileKind.ZONES)).state())
          .isEqualTo(ImportRun.State.COMPLETE);
    }
    assertNothingIsLeft();
  }

  @Test
  void leavesRoomOnTheDisk() throws Exception {
    try (ImportUploads uploads = uploads(Map.of(), DataSize.ofTerabytes(1_000_000))) {
      assertThatThrownBy(() -> uploads.take(stream(ZONES), -1, "z.csv", null))
          .isInstanceOf(FreeDisk.Full.class)
          .hasMessageContaining("make room on it");
    }
    try (ImportUploads uploads = uploads(Map.of())) {
      assertThatThrownBy(() -> uploads.take(stream(ZONES), 1L << 60, "z.csv", null))
          .isInstanceOf(FreeDisk.Full.class);
    }
    assertNothingIsLeft();
  }

  @Test
  void keepsNothingOfASenderThatBreaksOff() throws Exception {
    InputStream broken =
        new Hindered(
            stream(ZONES),
            () -> {
              throw new UncheckedIOException("gone", new IOException());
            });
    try (ImportUploads uploads = uploads(Map.of("uploads-at-once", "1"))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> uploads.take(broken, -1, "z.csv", null)).hasMessage("gone");
      }
      assertThat(folder.imports().newest(10, null)).isEmpty();
    }
    assertNothingIsLeft();
  }

  @Test
  void takesSoManyAtOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    InputStream slow =
        new Hindered(
            stream(ZONES),
            () -> {
              begun.countDown();
              await(hold);
            });
    try (ImportUploads uploads = uploads(Map.of("uploads-at-once", "1"))) {
      Thread sender = Thread.ofVirtual().start(() -> takeQuietly(uploads, slow));
      begun.await();
      assertThatThrownBy(() -> uploads.take(stream(ZONES), -1, "z.csv", null))
          .isInstanceOf(ImportUploads.TooMany.class)
          .hasMessageContaining("1 of the 1 places for uploads are taken");
      hold.countDown();
      assertThat(sender.join(Duration.ofMinutes(3))).isTrue();
      assertThat(ended(uploads.take(stream(ZONES), -1, "z.csv", null)).state())
          .isEqualTo(ImportRun.State.COMPLETE);
    }
  }

  private static void takeQuietly(ImportUploads uploads, InputStream in) {
    try {
      var _ = uploads.take(in, -1, "slow.csv", null);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
