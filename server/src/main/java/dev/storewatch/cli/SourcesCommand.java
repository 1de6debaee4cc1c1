package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.source.KafkaView;
import dev.storewatch.source.SourceBody;
import dev.storewatch.source.SourceView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sources}, which enters, lists, changes, pulls and deletes sources. */
@Command(
    name = "sources",
    description =
        "Enters, lists, changes, pulls and deletes addresses whose files are pulled, and shows how"
            + " far Kafka is read.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class SourcesCommand implements Runnable {
  private static final String SOURCE = "The name or the id of the source.";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** When a source is pulled. */
  static final class When {
    @Option(
        names = "--every",
        paramLabel = "DURATION",
        description = "How often it is pulled, for example PT1H, which is the default.")
    private @Nullable String every;

    @Option(
        names = "--daily-at",
        paramLabel = "TIME",
        description = "The time of day at which it is pulled once for each date; with --zone.")
    private @Nullable String dailyAt;
  }

  /** What may be said of a source when it is entered and later. */
  static final class Details {
    @ArgGroup private When when = new When();

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "The zone of --daily-at, for example America/Chicago.")
    private @Nullable String zone;

    @Option(
        names = "--secret",
        paramLabel = "REFERENCE",
        description = {
          "Where the secret is that the other machine wants: env:STOREWATCH_SECRET_NAME of the"
              + " server's environment, or file:NAME of the folder storewatch.sources.secrets."
        })
    private @Nullable String secret;

    @Option(
        names = "--sent-as",
        paramLabel = "HOW",
        description = "bearer (default), basic, or the name of a header.")
    private @Nullable String sentAs;

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "What the file has to hold, for example polls.")
    private @Nullable String kind;

    @Option(
        names = "--reading",
        paramLabel = "NAME=TEXT",
        description =
            "How the file is read where it does not say so itself, for example"
                + " days=monday=1; may be given several times.")
    private List<String> reading = List.of();

    SourceBody body(@Nullable String name, @Nullable String url, @Nullable Boolean paused) {
      return new SourceBody(
          name, url, when.every, when.dailyAt, zone, secret, sentAs, kind, read(), paused);
    }

    private @Nullable Map<String, String> read() {
      if (reading.isEmpty()) {
        return null;
      }
      Map<String, String> texts = new HashMap<>();
      for (String pair : reading) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new WrongInput(
              "--reading is '%s': use NAME=TEXT, for example days=monday=1".formatted(pair));
        }
        texts.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
      return texts;
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: "
            + CalledAs.name()
            + " sources add chain https://example.com/polls.csv");
  }

  @Command(
      name = "add",
      description = "Enters a source, which a server pulls soon for the first time.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
      @Parameters(paramLabel = "URL", description = "Where its file is.") String url,
      @Mixin Details details,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.open("sources")) {
      out().println("entered " + words(installation.addSource(details.body(name, url, null))));
    }
    return 0;
  }

  @Command(
      name = "list",
      description = "Lists sources, and how the last pull of each ended.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting("sources")) {
      List<SourceView> sources = installation.sources();
      if (sources.isEmpty()) {
        out().println("no source");
      }
      sources.forEach(source -> out().println(words(source)));
    }
    return 0;
  }

  @Command(
      name = "change",
      description = "Changes a source: what is not said stays as it is.",
      mixinStandardHelpOptions = true)
  int change(
      @Parameters(paramLabel = "SOURCE", description = SOURCE) String source,
      @Option(names = "--name", paramLabel = "NAME", description = "What to call it.")
          @Nullable String name,
      @Option(names = "--url", paramLabel = "URL", description = "Where its file is.")
          @Nullable String url,
      @Option(
              names = "--paused",
              arity = "1",
              paramLabel = "true|false",
              description = "Whether it is not pulled at the moment.")
          @Nullable Boolean paused,
      @Mixin Details details,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("sources")) {
      SourceView changed =
          installation.changeSource(id(installation, source), details.body(name, url, paused));
      out().println("changed: " + words(changed));
    }
    return 0;
  }

  @Command(
      name = "pull",
      description = "Has a source pulled now, or when a server starts.",
      mixinStandardHelpOptions = true)
  int pull(
      @Parameters(paramLabel = "SOURCE", description = SOURCE) String source,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("sources")) {
      out().println("is pulled soon: " + words(installation.pullSource(id(installation, source))));
    }
    return 0;
  }

  @Command(
      name = "delete",
      description = "Deletes a source. What was imported from it stays.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "SOURCE", description = SOURCE) String source,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("sources")) {
      String id = id(installation, source);
      installation.deleteSource(id);
      out().println("deleted " + id);
    }
    return 0;
  }

  @Command(
      name = "kafka",
      description = "Shows how far the server has read its partitions of Kafka.",
      mixinStandardHelpOptions = true)
  int kafka(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting("sources")) {
      KafkaView kafka = installation.kafka();
      if (kafka.partitions().isEmpty()) {
        out().println("no partition is read by this server");
      }
      kafka.partitions().forEach(partition -> out().println(words(partition)));
      out().println(kafka.lookedAt() == null ? "not looked at yet" : "as of " + kafka.lookedAt());
      if (kafka.error() != null) {
        out().println(kafka.error());
      }
    }
    return 0;
  }

  private static String words(KafkaView.Partition partition) {
    return "%s/%d  read to %d of %d, %d to be read"
        .formatted(
            partition.topic(),
            partition.partition(),
            partition.readTo(),
            partition.end(),
            partition.lag());
  }

  /** Returns the id of a source that is said by its name or id. */
  private static String id(Installation installation, String said) throws IOException {
    List<SourceView> sources = installation.sources();
    if (sources.stream().anyMatch(source -> source.id().equals(said))) {
      return said;
    }
    List<String> named =
        sources.stream().filter(source -> source.name().equals(said)).map(SourceView::id).toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    throw new WrongInput(
        named.isEmpty()
            ? "there is no source %s: '%s sources list' lists them".formatted(said, CalledAs.name())
            : "%d sources are called %s: say which by its id, %s"
                .formatted(named.size(), said, String.join(" or ", named)));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String words(SourceView source) {
    String when =
        source.dailyAt() == null
            ? "every " + source.every()
            : "daily at %s of %s".formatted(source.dailyAt(), source.zone());
    return "%s  %s  %s, %s%s%s%s"
        .formatted(
            source.id(),
            source.name(),
            source.url(),
            when,
            source.paused() ? ", paused" : "",
            last(source.last()),
            source.nextAt() == null ? "" : ", next pull at " + source.nextAt());
  }

  private static String last(SourceView.@Nullable Last last) {
    if (last == null) {
      return ": not pulled yet";
    }
    String detail = last.detail() == null ? "" : " (%s)".formatted(last.detail());
    String run =
        last.importId() == null
            ? ""
            : ", last import %s %s".formatted(last.importId(), last.importState());
    return ": %s at %s%s%s".formatted(last.outcome(), last.at(), detail, run);
  }
}
