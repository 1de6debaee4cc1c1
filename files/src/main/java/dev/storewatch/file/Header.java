package dev.storewatch.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first line of an import file: what kind of file it is, what separates its fields, and where
 * its columns are.
 */
final class Header {
  static final String LONG_HEADER = "begins with a line longer than 64 KiB";

  private static final int SHOWN = 200;
  private static final int NONE = -1;
  private static final char[] SEPARATORS = {',', ';', '\t', '|'};

  /** Of a file that has a poll in JSON on each line, and no header. */
  static final Header JSON_LINES =
      new Header(FileKind.POLLS, '\n', 0, new int[0], new int[0], List.of());

  private final FileKind kind;
  private final char separator;
  private final int width;

  /** The position of each of the kind's columns. */
  private final int[] positions;

  /** The position of each of the columns that a file of the kind may have; -1 if it has not. */
  private final int[] optional;

  /** The names of all columns as {@link FileKind#plain} has them. */
  private final List<String> names;

  private Header(
      FileKind kind,
      char separator,
      int width,
      int[] positions,
      int[] optional,
      List<String> names) {
    this.kind = kind;
    this.separator = separator;
    this.width = width;
    this.positions = positions;
    this.optional = optional;
    this.names = names.stream().map(FileKind::plain).toList();
  }

  /** The columns of a line, as one separator cuts it. */
  private record Cut(char separator, List<String> names) {}

  /**
   * Reads a header.
   *
   * @param separator what the file says that it is separated by; null if the header tells that
   * @throws BadFileException if it names the columns of no kind, of several, or one of them twice
   */
  static Header read(
      String file,
      byte[] line,
      int from,
      int to,
      @Nullable Character separator,
      ReadOptions options)
      throws BadFileException {
    if (to - from > Lines.LONGEST) {
      throw BadFileException.ofHeader(file, LONG_HEADER);
    }
    List<Cut> cuts = cuts(file, line, from, to, separator);
    for (Cut cut : cuts) {
      List<FileKind> kinds = kinds(cut, options);
      if (kinds.size() > 1) {
        throw BadFileException.ofHeader(
            file, "has the columns of several kinds of file: " + shown(line, from, to));
      }
      if (!kinds.isEmpty()) {
        return header(file, kinds.getFirst(), cut, options, shown(line, from, to));
      }
    }
    throw unknown(file, cuts, options, shown(line, from, to));
  }

  /**
   * Returns the kinds whose columns are all there. A file of polls, hours or zones may have others
   * that are called date, name or tags, and one of special days or closures those of tags.
   */
  private static List<FileKind> kinds(Cut cut, ReadOptions options) {
    List<FileKind> found =
        Arrays.stream(FileKind.values())
            .filter(kind -> Arrays.stream(positions(kind, cut, options)).allMatch(at -> at >= 0))
            .toList();
    return Stream.<Predicate<FileKind>>of(
            kind -> !kind.saysTags() && !kind.isOfCalendar(), FileKind::isOfCalendar, _ -> true)
        .map(first -> found.stream().filter(first).toList())
        .filter(kinds -> !kinds.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static String shown(byte[] line, int from, int to) {
    return RejectedText.start(line, from, to, SHOWN);
  }

  private static List<Cut> cuts(
      String file, byte[] line, int from, int to, @Nullable Character separator)
      throws BadFileException {
    List<Cut> cuts = new ArrayList<>();
    String problem = null;
    for (char candidate : SEPARATORS) {
      if (separator == null || separator == candidate) {
        Fields fields = new Fields(candidate);
        String wrong = fields.cut(line, from, to);
        if (wrong == null) {
          cuts.add(
              new Cut(
                  candidate,
                  IntStream.range(0, fields.count())
                      .mapToObj(fields::text)
                      .map(String::strip)
                      .toList()));
        }
        problem = problem == null ? wrong : problem;
      }
    }
    if (cuts.isEmpty()) {
      throw BadFileException.ofHeader(file, "has a mistake in its header, " + problem);
    }
    return cuts;
  }

  private static Header header(
      String file, FileKind kind, Cut cut, ReadOptions options, String shown)
      throws BadFileException {
    int[] positions = positions(kind, cut, options);
    for (int column = 0; column < positions.length; column++) {
      String name = FileKind.plain(cut.names.get(positions[column]));
      List<String> plain = cut.names.stream().map(FileKind::plain).toList();
      if (Collections.frequency(plain, name) > 1 || isNamedTwice(kind, column, cut, options)) {
        throw BadFileException.ofHeader(file, "has a column twice: " + shown);
      }
    }
    for (String ours : kind.optionalColumns()) {
      checkOptional(file, ours, cut, options, shown);
    }
    int[] optional =
        kind.optionalColumns().stream().mapToInt(ours -> optional(ours, cut, options)).toArray();
    return new Header(kind, cut.separator, cut.names.size(), positions, optional, cut.names);
  }

  /** A file may be without a column, but not have two, or one that is not where options say. */
  private static void checkOptional(
      String file, String ours, Cut cut, ReadOptions options, String shown)
      throws BadFileException {
    String said = options.columns().get(ours);
    if (said != null && position(said, cut.names) < 0) {
      throw BadFileException.ofHeader(
          file,
          "has no column %s, which %s names as %s: %s"
              .formatted(said, options.words().name("columns"), ours, shown));
    }
    int found = optional(ours, cut, options);
    String name = found < 0 ? "" : FileKind.plain(cut.names.get(found));
    if (cut.names.stream().map(FileKind::plain).filter(name::equals).count() > 1) {
      throw BadFileException.ofHeader(file, "has a column twice: " + shown);
    }
  }

  /** Returns the position of a column that a file may have; -1 if it has none. */
  private static int optional(String ours, Cut cut, ReadOptions options) {
    String said = options.columns().get(ours);
    if (said != null) {
      return position(said, cut.names);
    }
    return FileKind.names(ours).stream()
        .mapToInt(name -> free(name, cut, options))
        .filter(at -> at >= 0)
        .findFirst()
        .orElse(NONE);
  }

  private static int free(String name, Cut cut, ReadOptions options) {
    int at = position(name, cut.names);
    return at >= 0 && options.columns().containsValue(cut.names.get(at)) ? NONE : at;
  }

  /** Returns whether two columns could be the same one of ours, and none has our name for it. */
  private static boolean isNamedTwice(FileKind kind, int column, Cut cut, ReadOptions options) {
    String ours = kind.columns().get(column);
    return !options.columns().containsKey(ours)
        && position(ours, cut.names) < 0
        && cut.names.stream()
                .filter(name -> kind.column(name) == column)
                .filter(name -> !options.columns().containsValue(name))
                .count()
            > 1;
  }

  /** Returns the position of each column of a kind, -1 for those that are not there. */
  private static int[] positions(FileKind kind, Cut cut, ReadOptions options) {
    int[] positions = new int[kind.columns().size()];
    for (int column = 0; column < positions.length; column++) {
      String ours = kind.columns().get(column);
      String said = options.columns().get(ours);
      positions[column] =
          said == null ? position(kind, column, cut, options) : position(said, cut.names);
    }
    return positions;
  }

  /** Returns the position of a name, which may differ in what {@link FileKind#plain} forgives. */
  private static int position(String said, List<String> names) {
    int exact = names.indexOf(said);
    String plain = FileKind.plain(said);
    return exact >= 0 ? exact : names.stream().map(FileKind::plain).toList().indexOf(plain);
  }

  /** Returns the position of a column by our name for it, else by another name. */
  private static int position(FileKind kind, int column, Cut cut, ReadOptions options) {
    int exact = position(kind.columns().get(column), cut.names);
    return exact >= 0
        ? exact
        : IntStream.range(0, cut.names.size())
            .filter(at -> kind.column(cut.names.get(at)) == column)
            .filter(at -> !options.columns().containsValue(cut.names.get(at)))
            .findFirst()
            .orElse(NONE);
  }

  /** Refuses a header, and says what is missing for the kind of file that it is most like. */
  private static BadFileException unknown(
      String file, List<Cut> cuts, ReadOptions options, String shown) {
    Cut best =
        cuts.stream().max(Comparator.comparingInt(cut -> mostFound(cut, options))).orElseThrow();
    if (mostFound(best, options) == 0) {
      return BadFileException.ofHeader(file, "does not begin with a header but with: " + shown);
    }
    FileKind kind =
        Arrays.stream(FileKind.values())
            .max(Comparator.comparingInt(candidate -> found(candidate, best, options)))
            .orElseThrow();
    int[] positions = positions(kind, best, options);
    List<String> missing =
        IntStream.range(0, positions.length)
            .filter(column -> positions[column] < 0)
            .mapToObj(kind.columns()::get)
            .toList();
    return BadFileException.ofHeader(
        file,
        "does not begin with a header that is known: it has the columns %s; for %s there is no %s, so name the column with %s"
            .formatted(
                String.join(", ", best.names),
                kind.words(),
                String.join(" and no ", missing),
                options.words().with("columns", String.join("=NAME,", missing) + "=NAME")));
  }

  private static int mostFound(Cut cut, ReadOptions options) {
    return Arrays.stream(FileKind.values())
        .mapToInt(kind -> found(kind, cut, options))
        .max()
        .orElse(0);
  }

  private static int found(FileKind kind, Cut cut, ReadOptions options) {
    return (int) Arrays.stream(positions(kind, cut, options)).filter(at -> at >= 0).count();
  }

  FileKind kind() {
    return kind;
  }

  char separator() {
    return separator;
  }

  /** Returns the number of fields in each row. */
  int width() {
    return width;
  }

  /** Returns the field of a column, which is counted as in {@link FileKind#columns}. */
  int field(int column) {
    return positions[column];
  }

  /** Returns the name that the file has for a column, in small letters without underscores. */
  String name(int column) {
    return names.get(positions[column]);
  }

  /** Returns the field of the column that a file of the kind may have besides; -1 if not. */
  int optionalField() {
    return optional.length == 0 ? NONE : optional[0];
  }

  /** Returns the column of a field, counted as in {@link FileKind#columns}, or -1 for others. */
  int column(int field) {
    return IntStream.range(0, positions.length)
        .filter(column -> positions[column] == field)
        .findFirst()
        .orElse(NONE);
  }
}
