package dev.storewatch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small disk in memory, which can be filled. Tests that need one are skipped without it. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path filling;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.filling = folder.resolve("filling");
  }

  /** Mounts one at an empty folder; skips the test where this user may not do so. */
  public static SmallDisk mount(Path folder, int megabytes) throws Exception {
    Files.createDirectories(folder);
    int status = -1;
    try {
      status =
          run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    } catch (IOException e) {
      // There is no such command here.
    }
    Assumptions.assumeTrue(
        status == 0, "no small disk can be mounted here: that takes Linux and the user root");
    return new SmallDisk(folder);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Returns where it is mounted. */
  public Path path() {
    return folder;
  }

  /** Leaves so much room. */
  public void fillUpTo(long bytes) throws IOException {
    byte[] some = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filling)) {
      while (Files.getFileStore(folder).getUsableSpace() >= bytes + some.length) {
        out.write(some);
      }
    }
  }

  /** Makes room again. */
  public void empty() throws IOException {
    Files.delete(filling);
  }

  @Override
  public void close() throws IOException {
    try {
      int _ = run("umount", "--lazy", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
