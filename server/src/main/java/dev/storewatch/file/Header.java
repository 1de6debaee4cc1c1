package dev.storewatch.file;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The first line of an import file: what kind of file it is, and where its columns are. */
final class Header {
  static final String LONG_HEADER = "begins with a line longer than 64 KiB";

  private static final int SHOWN = 200;

  private final FileKind kind;
  private final int width;

  /** The position of each of the kind's columns. */
  private final int[] positions;

  private Header(FileKind kind, List<String> names) {
    this.kind = kind;
    this.width = names.size();
    this.positions = kind.columns().stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * Reads a header.
   *
   * @throws BadFileException if it names the columns of no kind, of several, or one of them twice
   */
  static Header read(String file, byte[] line, int from, int to) throws BadFileException {
    String shown = RejectedText.start(line, from, to, SHOWN);
    List<String> names = names(file, line, from, to);
    List<FileKind> kinds =
        Arrays.stream(FileKind.values()).filter(kind -> names.containsAll(kind.columns())).toList();
    if (kinds.isEmpty()) {
      throw new BadFileException(file, "does not begin with a header but with: " + shown);
    }
    if (kinds.size() > 1) {
      throw new BadFileException(file, "has the columns of several kinds of file: " + shown);
    }
    FileKind kind = kinds.getFirst();
    if (kind.columns().stream().anyMatch(column -> Collections.frequency(names, column) > 1)) {
      throw new BadFileException(file, "has a column twice: " + shown);
    }
    return new Header(kind, names);
  }

  private static List<String> names(String file, byte[] line, int from, int to)
      throws BadFileException {
    if (to - from > Lines.LONGEST) {
      throw new BadFileException(file, LONG_HEADER);
    }
    Fields fields = new Fields();
    String problem = fields.cut(line, from, to);
    if (problem != null) {
      throw new BadFileException(file, "has a mistake in its header, " + problem);
    }
    return IntStream.range(0, fields.count()).mapToObj(fields::text).map(Header::name).toList();
  }

  private static String name(String field) {
    String name = field.strip().toLowerCase(Locale.ROOT);
    return name.equals("dayofweek") ? "day" : name;
  }

  FileKind kind() {
    return kind;
  }

  /** Returns the number of fields in each row. */
  int width() {
    return width;
  }

  /** Returns the field of a column, which is counted as in {@link FileKind#columns}. */
  int field(int column) {
    return positions[column];
  }

  /** Returns the column of a field, counted as in {@link FileKind#columns}, or -1 for others. */
  int column(int field) {
    return IntStream.range(0, positions.length)
        .filter(column -> positions[column] == field)
        .findFirst()
        .orElse(-1);
  }
}
