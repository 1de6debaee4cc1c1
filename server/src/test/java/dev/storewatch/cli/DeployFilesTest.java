package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AllSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The files by which others run the program, held to the program that they run. */
final class DeployFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path DEPLOY = ROOT.resolve("deploy");
  private static final Pattern IN_ENVIRONMENT =
      Pattern.compile("STOREWATCH_(?:ACCESS|DATABASE|LIMITS)_\\w+");

  private static String text(String file) throws IOException {
    return Files.readString(DEPLOY.resolve(file));
  }

  private static List<String> lines(String file, String beginning) throws IOException {
    return text(file).lines().filter(line -> line.startsWith(beginning)).toList();
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.strip().split("\\s+", -1));
  }

  private static List<String> inBrackets(String line) {
    return Pattern.compile("\"([^\"]*)\"").matcher(line).results().map(m -> m.group(1)).toList();
  }

  @Test
  void containerIsMadeOfFilesThatAreThere() throws IOException {
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
    List<String> copied = new ArrayList<>();
    for (String line : lines("Containerfile", "COPY ")) {
      if (!line.contains("--from=")) {
        List<String> words = words(line);
        copied.addAll(words.subList(1, words.size() - 1));
      }
    }

    assertThat(copied).hasSizeGreaterThan(7);
    for (String path : copied) {
      assertThat(ROOT.resolve(path)).exists();
      assertThat(ignored)
          .as("what .dockerignore lets through")
          .anyMatch(line -> line.startsWith("!") && path.startsWith(line.substring(1)));
    }
    assertThat(text("Containerfile"))
        .contains("/src/server/target/lib ", "/src/server/target/storewatch-server-*.jar ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../storewatch", "container/storewatch"})
  void aServerEndsWhenThereIsNoMemory(String launcher) throws IOException {
    assertThat(text(launcher).lines().map(String::strip))
        .anyMatch(line -> line.startsWith("serve") && line.contains("-XX:+ExitOnOutOfMemoryError"));
  }

  @Test
  void aServerGivesMemoryBackInTheContainerAsElsewhere() throws IOException {
    assertThat(heap("container/storewatch"))
        .contains("-XX:G1PeriodicGCInterval=")
        .isEqualTo(heap("../storewatch"));
  }

  private static String heap(String launcher) throws IOException {
    String text = text(launcher);
    assertThat(text.lines().map(String::strip))
        .anyMatch(line -> line.startsWith("serve") && line.contains("$shrinking"));
    return text.lines().filter(line -> line.startsWith("shrinking=")).findFirst().orElseThrow();
  }

  @Test
  void containerBuildsEveryModuleOfThePom() throws IOException {
    List<String> modules =
        Pattern.compile("<module>(\\w+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(modules).isNotEmpty();
    for (String module : modules) {
      // The program needs no Spark, but its build reads the poms of all modules.
      String copied = module.equals("spark") ? "spark/pom.xml" : module;
      assertThat(lines("Containerfile", "COPY " + copied + " ")).as(module).hasSize(1);
    }
  }

  @Test
  void containerDoesNotRunAsRootNorHoldSecrets() throws IOException {
    List<String> containerfile = text("Containerfile").lines().toList();
    int user = containerfile.indexOf("USER storewatch");

    assertThat(user).isPositive();
    assertThat(containerfile.subList(user, containerfile.size()))
        .noneMatch(line -> line.startsWith("RUN") || line.startsWith("COPY"));
    assertThat(text("Containerfile")).doesNotContainIgnoringCase("password");
  }

  @Test
  void containerStartsACommandThatThereIs() throws IOException {
    parse(inBrackets(lines("Containerfile", "CMD ").getFirst()));
    String main =
        text("container/storewatch")
            .lines()
            .filter(l -> l.startsWith("main="))
            .findFirst()
            .orElseThrow()
            .substring("main=".length());
    assertThat(main).isEqualTo(Storewatch.class.getName());
    assertThat(text("container/storewatch")).contains("demo --rehearsal --folder ");
    parse(List.of("demo", "--rehearsal", "--folder", "x"));
  }

  @Test
  void serviceStartsACommandThatThereIs() throws IOException {
    List<String> command = words(lines("storewatch.service", "ExecStart=").getFirst());

    assertThat(command.getFirst()).isEqualTo("ExecStart=/opt/storewatch/storewatch");
    assertThat(ROOT.resolve("storewatch")).isExecutable();
    parse(command.subList(1, command.size()));
  }

  @Test
  void serviceGivesTheProgramTheTimeAndTheMemoryThatItNeeds() throws IOException {
    assertThat(lines("storewatch.service", "TimeoutStopSec="))
        .containsExactly("TimeoutStopSec=2min");
    assertThat(lines("storewatch.service", "MemoryDenyWriteExecute")).isEmpty();
    assertThat(lines("storewatch.service", "Restart=")).containsExactly("Restart=on-failure");
    assertThat(lines("storewatch.service", "ExecStart=").getFirst())
        .endsWith("--data /var/lib/storewatch");
    assertThat(lines("storewatch.service", "StateDirectory="))
        .containsExactly("StateDirectory=storewatch");
  }

  /** Has a command understood, and not done. */
  private static void parse(List<String> arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    var _ = Storewatch.commandLine(nowhere, nowhere).parseArgs(arguments.toArray(String[]::new));
  }

  @Test
  void wouldBeFoundWithAnOptionThatThereIsNot() {
    assertThatThrownBy(() -> parse(List.of("serve", "--hosts", "0.0.0.0")))
        .hasMessageContaining("--hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Containerfile", "compose.yaml", "storewatch.service", "container/storewatch"})
  void nameSettingsThatThereAre(String file) throws IOException {
    List<String> named =
        IN_ENVIRONMENT.matcher(text(file)).results().map(MatchResult::group).distinct().toList();

    assertThat(AllSettings.inEnvironment()).containsAll(named);
  }

  @Test
  void composeNamesTheDatabaseTheHostsAndTheFiles() throws IOException {
    Map<String, Object> compose = new Yaml().load(text("compose.yaml"));
    Map<String, Object> services = map(compose.get("services"));

    assertThat(services).containsOnlyKeys("postgres", "storewatch-1", "storewatch-2", "proxy");
    for (String server : List.of("storewatch-1", "storewatch-2")) {
      Map<String, Object> service = map(services.get(server));
      assertThat(map(service.get("environment")))
          .containsEntry("STOREWATCH_DATABASE_URL", "jdbc:postgresql://postgres/storewatch")
          .containsKeys(
              "STOREWATCH_DATABASE_USERNAME",
              "STOREWATCH_DATABASE_PASSWORD",
              "STOREWATCH_ACCESS_HOSTS");
      assertThat(
              DEPLOY
                  .resolve(String.valueOf(map(service.get("build")).get("context")))
                  .resolve(String.valueOf(map(service.get("build")).get("dockerfile"))))
          .exists();
      assertThat(text("Caddyfile")).contains(server + ":8000");
    }
    assertThat(DEPLOY.resolve("Caddyfile")).exists();
    assertThat(text("compose.yaml")).contains("- ./Caddyfile:/etc/caddy/Caddyfile:ro");
    volumesAreDeclared(compose, services);
  }

  private static void volumesAreDeclared(
      Map<String, Object> compose, Map<String, Object> services) {
    TreeSet<String> used = new TreeSet<>();
    for (Object service : services.values()) {
      if (map(service).get("volumes") instanceof List<?> volumes) {
        volumes.forEach(volume -> used.add(String.valueOf(volume).replaceAll(":.*", "")));
      }
    }
    used.removeIf(name -> name.startsWith("."));
    assertThat(map(compose.get("volumes")).keySet()).isEqualTo(used);
  }

  @Test
  void proxyAsksForReadinessWhereItIsTold() throws IOException {
    assertThat(text("Caddyfile")).contains("health_uri /actuator/health/readiness");
    assertThat(text("container/ready")).contains("GET /actuator/health/readiness ");
    assertThat(text("Containerfile")).contains("CMD [\"ready\"]").contains("EXPOSE 8000");
  }

  @Test
  void imagesHaveTheirFullNames() throws IOException {
    List<String> images = new ArrayList<>();
    for (String line : lines("Containerfile", "FROM ")) {
      images.add(words(line).get(1));
    }
    Pattern.compile("image: (\\S+/\\S+)")
        .matcher(text("compose.yaml"))
        .results()
        .forEach(match -> images.add(match.group(1)));

    assertThat(images)
        .hasSize(4)
        .allMatch(image -> image.matches("docker\\.io/library/\\w[\\w-]*:[\\w.-]+"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
