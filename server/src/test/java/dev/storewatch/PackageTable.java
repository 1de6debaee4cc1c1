package dev.storewatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The table of all packages in docs/architecture.md. */
final class PackageTable {
  /** The packages that the table calls {@code core} where it says what may be imported. */
  static final List<String> CORE =
      List.of("input", "instant", "interval", "hours", "window", "uptime");

  /** The packages of the module files. */
  private static final List<String> FILES = List.of("entry", "file", "csv", "notice");

  private static final Path FILE = Path.of("../docs/architecture.md");
  private static final String HEADER = "| package | what it is | may import |\n";
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  private PackageTable() {}

  /**
   * A row of the table.
   *
   * @param name the package without {@code dev.storewatch.}, or {@code dev.storewatch}
   * @param sentence what it is
   * @param mayImport the names of what it may import: packages, or {@code core}
   * @param isComing whether it does not exist yet
   */
  record Row(String name, String sentence, List<String> mayImport, boolean isComing) {
    /** Returns the packages that a name of the third column stands for. */
    static List<String> packages(String name) {
      return name.equals("core") ? CORE : List.of(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns the rows of the packages that exist. */
  static List<Row> existing() {
    return read().stream().filter(row -> !row.isComing()).toList();
  }

  private static List<Row> read() {
    try {
      String text = Files.readString(FILE);
      return text.substring(text.indexOf(HEADER) + HEADER.length())
          .lines()
          .skip(1)
          .takeWhile(line -> line.startsWith("|"))
          .filter(line -> !line.startsWith("| **")) // a heading
          .map(PackageTable::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", -1);
    return new Row(
        names(cells[1]).getFirst(),
        cells[2].strip(),
        names(cells[3]),
        cells[1].contains("(coming)"));
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static String module(String name) {
    return CORE.contains(name) ? "../core" : FILES.contains(name) ? "../files" : "";
  }

  /** Returns the sentence of a package in its package-info.java: all before the first heading. */
  static String sentence(String name) throws IOException {
    String folder = "src/main/java/dev/storewatch/" + (name.equals("dev.storewatch") ? "" : name);
    String text = Files.readString(Path.of(module(name)).resolve(folder, "package-info.java"));
    return text.substring(text.indexOf("/**") + 3, text.indexOf("*/"))
        .replaceAll("\\n \\*", " ")
        .replaceFirst("(?s)<h2>.*", "")
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
