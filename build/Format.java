import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or rewrites the format of every Java source below a folder.
 *
 * <p>Runs google-java-format on the JDK that compiles the project: the formatter works inside the
 * compiler's own classes, so it cannot run in Maven's process, which may be an older Java.
 */
final class Format {
  void main(String[] arguments) throws Exception {
    List<String> sources = sourcesBelow(Path.of(arguments[1]).normalize());
    Stream<String> options =
        arguments[0].equals("write")
            ? Stream.of("--replace")
            : Stream.of("--dry-run", "--set-exit-if-changed");
    Main formatter =
        new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in);
    int code = formatter.format(Stream.concat(options, sources.stream()).toArray(String[]::new));
    if (code != 0) {
      System.err.println(
          "The files above are not formatted; run: ./mvnw -pl build process-sources"
              + " -Dformat.mode=write");
    }
    System.exit(code);
  }

  private static List<String> sourcesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().contains("target/"))
          .filter(file -> !root.relativize(file).startsWith(".git"))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }
}
