package dev.storewatch.cli;

import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A short way to the arguments of {@code report}, for the usual ones written in the usual way: the
 * library that reads command lines takes longer to start than the report of a small fleet. Whatever
 * is not certain here, help and mistakes among it, is left to the library.
 */
final class ReportShortcut {
  private final String[] words;
  private final ReportArguments read = new ReportArguments();
  private final Set<String> seen = new HashSet<>();

  /** The place of the next word. */
  private int next = 1;

  private ReportShortcut(String... words) {
    this.words = words;
  }

  /** Returns the arguments of a command line; null if it is to be read by the library. */
  static @Nullable ReportArguments read(String... words) {
    if (words.length == 0 || !words[0].equals("report")) {
      return null;
    }
    for (String word : words) {
      if (word.isEmpty() || word.charAt(0) == '@') {
        return null;
      }
    }
    ReportShortcut shortcut = new ReportShortcut(words);
    try {
      return shortcut.readAll() ? shortcut.read : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private boolean readAll() {
    while (next < words.length) {
      String option = words[next++];
      String name = option.equals("--output") ? "-o" : option;
      if (!seen.add(name) || !take(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean take(String option) {
    switch (option) {
      case "--late-close-as-midnight" -> read.rule.lateCloseAsMidnight();
      case "--totals" -> read.totals = true;
      case "--files" -> {
        List<Path> files = new ArrayList<>();
        for (String file = value(); file != null; file = value()) {
          files.add(Path.of(file));
        }
        read.files = files;
        return !files.isEmpty();
      }
      default -> {
        String value = value();
        return value != null && take(option, value);
      }
    }
    return true;
  }

  private boolean take(String option, String value) {
    switch (option) {
      case "-o" -> read.output = Path.of(value);
      case "--rejects" -> read.rejects = Path.of(value);
      case "--data" -> read.data.folder(Path.of(value));
      case "--as-of" -> read.rule.asOf(value);
      case "--rule" -> read.rule.rule(value);
      case "--carry" -> read.rule.carry(value);
      case "--windows" -> read.windows = value;
      case "--stores" -> read.stores = value;
      case "--detail" -> {
        read.detail = one(Detail.values(), value);
        return read.detail != null;
      }
      case "--format" -> {
        Format format = one(Format.values(), value);
        read.format = format == null ? Format.CSV : format;
        return format != null;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static <E extends Enum<E>> @Nullable E one(E[] values, String word) {
    for (E value : values) {
      if (value.name().equals(word.toUpperCase(Locale.ROOT))) {
        return value;
      }
    }
    return null;
  }

  /** Returns the next word if it cannot be an option, and moves on; else null. */
  private @Nullable String value() {
    return next < words.length && words[next].charAt(0) != '-' ? words[next++] : null;
  }
}
