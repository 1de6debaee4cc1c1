import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * Does in the build what each start would do once more: finds out which beans the server makes, and
 * makes the tables of a new database.
 *
 * <p>The beans are written down as code and compiled to the other classes. Spring's own plugin for
 * Maven compiles by the JDK that Maven runs on, which may be too old for the classes of the
 * project.
 */
final class StartUp {
  private static final String SERVER = "dev.storewatch.StorewatchServer";

  void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[0]);
    Path classes = target.resolve("classes");
    makeDatabase(classes.resolve("db/duckdb/new.duckdb.gz"));
    Path sources = target.resolve("beans/sources");
    SpringApplicationAotProcessor.main(
        new String[] {
          SERVER,
          sources.toString(),
          target.resolve("beans/resources").toString(),
          target.resolve("beans/classes").toString(),
          "dev.storewatch",
          "storewatch-server"
        });
    System.exit(compile(sources, classes));
  }

  private static void makeDatabase(Path packed) throws IOException {
    Files.deleteIfExists(packed); // it may be of other migrations than those of today
    try (DataFolder folder = DataFolder.temporary("the build")) {
      Database.open(folder).close();
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        Files.copy(folder.path().resolve("storewatch.duckdb"), out);
      }
    }
  }

  private static int compile(Path sources, Path classes) throws IOException {
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-g:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    try (Stream<Path> files = Files.walk(sources)) {
      Stream<String> all =
          files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted();
      return ToolProvider.getSystemJavaCompiler()
          .run(null, null, null, Stream.concat(options.stream(), all).toArray(String[]::new));
    }
  }
}
