package dev.storewatch.importing;

import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The way in for files that this server got by itself: they wait with those that were uploaded. */
public interface FileIntake {
  /**
   * Puts a file into the queue of imports. A file that was taken by the same id before is not taken
   * again, so whoever does not know whether it was may ask again.
   *
   * @param file the file, which is copied
   * @param said what it has to hold; null if its header alone tells that
   * @return the import, which may have ended if it was taken before
   * @throws BadFileException if it is not one of the kinds of file
   * @throws WrongInput if it is not of the kind that was said
   * @throws IOException if it cannot be read, or there is no room for it
   * @throws RuntimeException if it cannot be taken at the moment; it can be asked again
   */
  ImportRun take(Path file, ImportOrder order, @Nullable FileKind said) throws IOException;
}
