package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir private Path path;

  @Test
  void isMadeWhenItIsNotThere() {
    Path deep = path.resolve("a/b");

    try (DataFolder folder = DataFolder.take(deep, "serve")) {
      assertThat(folder.path()).isEqualTo(deep).isDirectory();
    }
  }

  @Test
  void isItsMakersAloneUnlessItIsThereAlready() throws Exception {
    Path made = path.resolve("new").resolve("data");
    Path open = Files.createDirectory(path.resolve("open"));
    Set<PosixFilePermission> asItWas = Files.getPosixFilePermissions(open);

    DataFolder.take(made, "test").close();
    DataFolder.take(open, "test").close();

    assertThat(Files.getPosixFilePermissions(made))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(open)).isEqualTo(asItWas);
  }

  @Test
  void isHeldByOneTakerOfAProcess() {
    try (DataFolder folder = DataFolder.take(path, "serve")) {
      folder.announce("serve", "http://127.0.0.1:8000", "a secret");

      assertThatThrownBy(() -> DataFolder.take(path, "import"))
          .isInstanceOfSatisfying(
              DataFolder.InUse.class,
              e -> {
                assertThat(e.holder().pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(e.holder().command()).isEqualTo("serve");
                assertThat(e.holder().url()).isEqualTo("http://127.0.0.1:8000");
                assertThat(e.holder().ticket()).isEqualTo("a secret");
                assertThat(e.holder().toString()).doesNotContain("a secret");
              });
    }
    DataFolder.take(path, "import").close();
  }

  @Test
  void isForOneServerAlone() throws IOException {
    try (DataFolder folder = DataFolder.take(path, DataFolder.SERVE)) {
      assertThat(folder.path()).isEqualTo(path);
      assertThatThrownBy(() -> DataFolder.take(path, DataFolder.SERVE))
          .hasMessage(
              "the data folder %s is in use by process %d (storewatch serve): each server of this"
                  + " machine needs a folder of its own, servers that share one PostgreSQL"
                  + " database too: name one with --data, for example --data data-2",
              path, ProcessHandle.current().pid());
      Files.delete(path.resolve("holder.properties"));
      assertThatThrownBy(() -> DataFolder.take(path, DataFolder.SERVE))
          .hasMessageContaining("in use by another process, which has not said yet what it does")
          .hasMessageContaining("each server of this machine needs a folder of its own");
    }
  }

  @Test
  void waitsForItsHolderToSayWhatItDoes() throws Exception {
    try (DataFolder folder = DataFolder.take(path, DataFolder.SERVE)) {
      Files.delete(path.resolve("holder.properties"));
      Thread late = Thread.ofPlatform().start(() -> folder.announce(DataFolder.SERVE));
      assertThatThrownBy(() -> DataFolder.take(path, "report"))
          .hasMessageContaining(
              "in use by process %d (storewatch serve)", ProcessHandle.current().pid());
      late.join();
    }
  }

  @Test
  void tellsItsOwnerAloneWhatOpensTheServer() throws Exception {
    try (DataFolder folder = DataFolder.take(path, "serve")) {
      folder.announce("serve", "http://127.0.0.1:8000", "a secret");

      assertThat(Files.getPosixFilePermissions(path.resolve("holder.properties")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

      folder.announce("serve");
      assertThat(path.resolve("holder.properties")).content().doesNotContain("a secret");
    }
  }

  @Test
  void isHeldByOneProcessUntilThatEnds() throws Exception {
    Process child = startChild();
    try {
      assertThatThrownBy(() -> DataFolder.take(path, "report"))
          .isInstanceOf(DataFolder.InUse.class)
          .hasMessage(
              "the data folder %s is in use by process %d (storewatch import): wait for it to end,"
                  + " or use another folder with --data",
              path, child.pid());
    } finally {
      child.destroyForcibly().waitFor();
    }

    DataFolder.take(path, "report").close();
  }

  private Process startChild() throws IOException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("taken");
    return child;
  }

  /** A process that holds a data folder. */
  static final class Child {
    private Child() {}

    /** Takes the folder, says so, and keeps it. */
    public static void main(String[] arguments) throws InterruptedException {
      DataFolder folder = DataFolder.take(Path.of(arguments[0]), "import");
      System.out.println("taken");
      Thread.sleep(60_000); // until it is killed
      folder.close();
    }
  }

  @Test
  void isEmptiedOfTemporaryFilesWhenItIsTaken() throws IOException {
    try (DataFolder folder = DataFolder.take(path, "import")) {
      Files.writeString(folder.temporary().resolve("left"), "x");
    }

    try (DataFolder folder = DataFolder.take(path, "import")) {
      assertThat(folder.temporary()).isEmptyDirectory();
    }
  }

  @Test
  void cannotBeAFile() throws IOException {
    Path file = Files.writeString(path.resolve("file"), "x");

    assertThatThrownBy(() -> DataFolder.take(file, "serve"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the data folder " + file + " cannot be used");
  }
}
