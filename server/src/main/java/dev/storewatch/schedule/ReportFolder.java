package dev.storewatch.schedule;

import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folder below which reports are written, and nowhere else. */
final class ReportFolder {
  private final @Nullable Path root;

  ReportFolder(@Nullable Path root) {
    this.root = root == null ? null : root.normalize();
  }

  /**
   * Writes a file, in the place of one of the same name, so that nobody sees half of it.
   *
   * @param below the folder below this one
   * @return where it is
   * @throws WrongInput if no folder is set, or that one would lie elsewhere
   */
  Path write(String below, String name, byte[] content) throws IOException {
    if (root == null) {
      throw new WrongInput(
          "no folder is set for reports: set %s.folder on every server"
              .formatted(ScheduleSettings.PREFIX));
    }
    Path folder = root.resolve(below).normalize();
    requireInside(folder);
    Files.createDirectories(folder);
    Path target = folder.resolve(name);
    Path partial = folder.resolve(name + "." + UUID.randomUUID() + ".part");
    try {
      Files.write(partial, content, StandardOpenOption.CREATE_NEW);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    return target;
  }

  /** A link to elsewhere is refused before anything is made behind it. */
  private void requireInside(Path folder) throws IOException {
    Path top = Objects.requireNonNull(root);
    Files.createDirectories(top);
    Path there = folder;
    while (!Files.exists(there) && there.startsWith(top)) {
      there = there.resolveSibling("").normalize();
    }
    if (!folder.startsWith(top) || !there.toRealPath().startsWith(top.toRealPath())) {
      throw new WrongInput(
          "the folder %s lies outside of %s: use one inside".formatted(folder, top));
    }
  }
}
