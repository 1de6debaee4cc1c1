package dev.storewatch.source;

import dev.storewatch.importing.ImportRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that was taken out of the watched folder. Its name says all that is to be known of it
 * after a restart: when it was taken, the id of its import, and what it was called.
 *
 * @param path where it lies
 * @param stamp when it was taken
 * @param importId the id of its import
 * @param name what it was called
 */
record TakenFile(Path path, String stamp, String importId, String name) {
  /** What the name of a result has after that of the file that it is about. */
  static final String RESULT = ".result.json";

  private static final Pattern FORM =
      Pattern.compile("(\\d{8}T\\d{6}Z)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(.+)");

  private static final Pattern ENDED = Pattern.compile("(\\d{8}T\\d{6}Z)-[0-9a-f]{8}-(.+)");

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  /** How long a name may be, in bytes, so that what is put before and after it has room. */
  private static final int LONGEST = 160;

  private static final int SHORT_ID = 8;

  /** Returns what a file becomes when it is taken. */
  static TakenFile of(Path folder, String name, Instant now) {
    String stamp = STAMP.format(now);
    String id = UUID.randomUUID().toString();
    String kept = shortened(asAtFirst(name));
    return new TakenFile(folder.resolve("%s-%s-%s".formatted(stamp, id, kept)), stamp, id, kept);
  }

  /** Reads the name of a file that was taken before; empty if it is none. */
  static Optional<TakenFile> read(Path path) {
    Matcher matcher = FORM.matcher(String.valueOf(path.getFileName()));
    return matcher.matches()
        ? Optional.of(new TakenFile(path, matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** Returns what a file was called that failed, and was moved back to be tried again. */
  private static String asAtFirst(String name) {
    Matcher matcher = ENDED.matcher(name);
    return matcher.matches() ? asAtFirst(matcher.group(2)) : name;
  }

  /** Returns whether this is the result of a file, which may have been moved back with it. */
  static boolean isResult(String name) {
    return name.endsWith(RESULT) && ENDED.matcher(name).matches();
  }

  /** Leaves the end of a name, which tells what the file is. */
  private static String shortened(String name) {
    String left = name;
    while (left.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      left = left.substring(left.offsetByCodePoints(0, 1));
    }
    return left;
  }

  /** Returns what it is called when its import has ended; no two files have the same name then. */
  String endName() {
    return "%s-%s-%s".formatted(stamp, importId.substring(0, SHORT_ID), name);
  }

  /** Returns when a file that was put away had been taken; empty if it is not one of ours. */
  static Optional<Instant> takenAt(String endName) {
    Matcher matcher = ENDED.matcher(endName);
    return matcher.matches()
        ? Optional.of(STAMP.parse(matcher.group(1), Instant::from))
        : Optional.empty();
  }

  /** Returns what its import is called. */
  String source() {
    return ImportRun.INBOX + name.replaceAll("\\p{Cntrl}", "?");
  }
}
