package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of docs/operations.md that is made from the program: what lies between {@code <!-- NAME:
 * begin -->} and {@code <!-- NAME: end -->}.
 */
public final class GeneratedDocs {
  private static final Path FILE = Path.of("../docs/operations.md");

  private GeneratedDocs() {}

  /**
   * Checks that a part is as it should be; with {@code -Dwrite-docs=true}, writes it.
   *
   * @param name the name of the part
   * @param test the test that makes it
   */
  public static void check(String name, Class<?> test, String expected) throws IOException {
    String begin = "<!-- " + name + ": begin -->\n";
    String end = "<!-- " + name + ": end -->";
    String text = Files.readString(FILE);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertThat(text).contains(begin, end);
    if (Boolean.getBoolean("write-docs")) {
      Files.writeString(FILE, text.substring(0, from) + expected + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as(
            "the part '%s' of docs/operations.md is out of date: rewrite it with ./mvnw -pl server"
                + " -am test -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dwrite-docs=true",
            name, test.getSimpleName())
        .isEqualTo(expected);
  }
}
