package dev.storewatch.cli;

import dev.storewatch.database.DriverStart;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program, which knows whether a chain's stores are online when they should be. */
@Command(
    name = "storewatch",
    description = "Knows whether a chain's stores are online when they should be.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nStart here:%n",
    footer = "  storewatch demo")
public final class Storewatch {
  private final PrintStream out;
  private final OtherServers.Finder processes;

  private Storewatch(PrintStream out, OtherServers.Finder processes) {
    this.out = out;
    this.processes = processes;
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // What it would find out by looking for all libraries that could be meant.
    System.setProperty(
        "org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.Slf4jLogFactory");
    ReportArguments report = ReportShortcut.read(arguments);
    boolean isShort = report != null || ImportShortcut.read(arguments) != null;
    if (isShort) {
      CommandLoggers.use();
    }
    boolean isOfFiles = report != null && !report.files.isEmpty();
    if ((isShort || isServer(arguments)) && !isOfFiles && isInFolder(arguments)) {
      DriverStart.begin();
    }
    try {
      int code = run(System.out, System.err, OtherServers::ofThisMachine, arguments);
      // To end a process by itself Java looks for a logger in all libraries: after a short command,
      // which leaves no thread behind, it takes longer than the command.
      if (code != 0 || !isShort) {
        System.exit(code);
      }
    } catch (OutOfMemoryError e) {
      System.err.println(
          "storewatch: not enough memory for so many stores; give it more, for example with"
              + " STOREWATCH_JAVA_OPTS=-Xmx2g ("
              + e.getMessage()
              + ")");
      System.exit(CommandLine.ExitCode.SOFTWARE);
    }
  }

  private static boolean isServer(String... arguments) {
    return arguments.length > 0 && arguments[0].equals("serve");
  }

  /** Returns whether nothing says that the data is in a database of PostgreSQL. */
  private static boolean isInFolder(String... arguments) {
    return System.getenv("STOREWATCH_DATABASE_URL") == null
        && Stream.of(arguments).noneMatch(word -> word.startsWith("--database"));
  }

  /**
   * Runs a command.
   *
   * @return 0 when all went well, 1 when the command failed, 2 when it was not understood, 3 when
   *     rows were rejected
   */
  static int run(String... arguments) {
    return run(System.out, System.err, arguments);
  }

  /** Runs a command that writes its results and its messages to the given streams. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    return run(out, err, Stream::empty, arguments);
  }

  /**
   * Runs a command that writes its results and its messages to the given streams.
   *
   * @param processes what finds the other processes of this machine
   */
  static int run(
      PrintStream out, PrintStream err, OtherServers.Finder processes, String... arguments) {
    ReportArguments report = ReportShortcut.read(arguments);
    if (report != null) {
      return run(new ReportTask(report, out, writer(out), writer(err))::run, err);
    }
    ImportArguments files = ImportShortcut.read(arguments);
    if (files != null) {
      return run(new ImportTask(files, processes, writer(out), writer(err))::run, err);
    }
    return commandLine(out, err, processes, asked(arguments)).execute(arguments);
  }

  /** What a command does. */
  private interface Task {
    /** Does it, and returns the exit code. */
    int run() throws IOException;
  }

  /** Runs a command without the library that reads command lines. */
  private static int run(Task task, PrintStream err) {
    PrintWriter messages = writer(err);
    try {
      return task.run();
    } catch (IOException | RuntimeException e) {
      return Failures.explain(e, messages);
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Returns all commands with their options, which write to the given streams. */
  static CommandLine commandLine(PrintStream out, PrintStream err) {
    return commandLine(out, err, Stream::empty, Commands.ALL);
  }

  /**
   * Returns the command that is asked for, else all: reading the options of all takes longer than
   * most commands do.
   */
  private static List<Class<?>> asked(String... arguments) {
    List<Class<?>> asked =
        Commands.ALL.stream()
            .filter(type -> arguments.length > 0 && nameOf(type).equals(arguments[0]))
            .filter(type -> type != CommandLine.HelpCommand.class) // which tells of the others
            .toList();
    return asked.isEmpty() ? Commands.ALL : asked;
  }

  /** All commands; apart, because whoever asks for one by a short way need not load them. */
  private static final class Commands {
    private static final List<Class<?>> ALL =
        List.of(
            DemoCommand.class,
            ImportCommand.class,
            ImportsCommand.class,
            ExportCommand.class,
            PollsCommand.class,
            HoursCommand.class,
            ClosuresCommand.class,
            SourcesCommand.class,
            ProbesCommand.class,
            ReportCommand.class,
            SummaryCommand.class,
            ReportSchedulesCommand.class,
            RevisionsCommand.class,
            ExplainCommand.class,
            HistoryCommand.class,
            HoursOfWeekCommand.class,
            GroupsCommand.class,
            OutagesCommand.class,
            IncidentsCommand.class,
            QualityCommand.class,
            ServeCommand.class,
            AccessCommand.class,
            AlertsCommand.class,
            CopyCommand.class,
            GenerateCommand.class,
            CommandLine.HelpCommand.class);
  }

  private static String nameOf(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }

  private static CommandLine commandLine(
      PrintStream out, PrintStream err, OtherServers.Finder processes, List<Class<?>> commands) {
    CommandLine program = new CommandLine(new Storewatch(out, processes));
    commands.forEach(program::addSubcommand);
    return program
        .setOut(writer(out))
        .setErr(writer(err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Failures::explain);
  }

  /** Returns what finds the other processes of this machine. */
  OtherServers.Finder processes() {
    return processes;
  }

  /** Returns the stream for results that are bytes: a report is not text to be encoded again. */
  PrintStream out() {
    return out;
  }

  /** What writes a list as text. */
  interface Printing {
    /** Writes all of it. */
    void to(PrintWriter writer) throws IOException;
  }

  /**
   * Has a list written to the stream for results.
   *
   * @throws IOException if it could not be written to the end
   */
  void print(Printing list) throws IOException {
    // Not the writer for messages, which flushes after each line.
    PrintWriter writer = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    list.to(writer);
    if (writer.checkError() || out.checkError()) {
      throw new IOException("the list could not be written to the end: the reader is gone");
    }
  }
}
