package dev.storewatch.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A short way to the arguments of {@code import}, for files and the data folder alone: the library
 * that reads command lines takes a tenth of the time of an import. Whatever is not certain here is
 * left to the library.
 */
final class ImportShortcut {
  private ImportShortcut() {}

  /** Returns the arguments of a command line; null if it is to be read by the library. */
  static @Nullable ImportArguments read(String... words) {
    if (words.length == 0 || !words[0].equals("import")) {
      return null;
    }
    try {
      return arguments(words);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static @Nullable ImportArguments arguments(String... words) {
    ImportArguments read = new ImportArguments();
    List<Path> files = new ArrayList<>();
    boolean named = false;
    for (int i = 1; i < words.length; i++) {
      if (words[i].equals("--data") && !named && i + 1 < words.length && isPlain(words[i + 1])) {
        read.data.folder(Path.of(words[++i]));
        named = true;
      } else if (isPlain(words[i])) {
        files.add(Path.of(words[i]));
      } else {
        return null;
      }
    }
    read.files = files;
    return files.isEmpty() ? null : read;
  }

  /** Returns whether a word is no option and no file of arguments. */
  private static boolean isPlain(String word) {
    return !word.isEmpty() && word.charAt(0) != '-' && word.charAt(0) != '@';
  }
}
