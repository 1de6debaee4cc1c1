import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * Writes down as code which beans the server makes, and compiles it to its other classes.
 *
 * <p>Spring's own plugin for Maven compiles what it wrote by the JDK that Maven runs on, which may
 * be too old for the classes of the project.
 */
final class Beans {
  private static final String SERVER = "dev.storewatch.StorewatchServer";

  void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[0]);
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
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-g:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            target.resolve("classes").toString());
    String[] all =
        Stream.concat(options.stream(), sourcesBelow(sources).stream()).toArray(String[]::new);
    System.exit(ToolProvider.getSystemJavaCompiler().run(null, null, null, all));
  }

  private static List<String> sourcesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(Path::toString).filter(file -> file.endsWith(".java")).sorted().toList();
    }
  }
}
