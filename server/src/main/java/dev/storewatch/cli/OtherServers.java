package dev.storewatch.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of this program that run on this machine, as far as this user may see their
 * processes.
 *
 * <p>Who imports into a folder that no server holds while a server runs has often meant the folder
 * of that server, and would look there for the data in vain.
 */
final class OtherServers {
  /** What finds the processes of this machine. */
  interface Finder {
    /** Returns the commands of all other processes. */
    Stream<Command> commands();
  }

  /**
   * The command of a process.
   *
   * @param arguments all of its arguments, those of Java too
   */
  record Command(long process, List<String> arguments) {}

  private OtherServers() {}

  /** Returns the commands of the processes that the operating system shows to this one. */
  static Stream<Command> ofThisMachine() {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != self)
        .flatMap(process -> command(process).stream());
  }

  private static Optional<Command> command(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> new Command(process.pid(), Arrays.asList(arguments)));
  }

  /** Returns what to tell of each server to somebody whose files went past it. */
  static List<String> notes(Stream<Command> commands) {
    return commands
        .flatMap(command -> serving(command.arguments).map(words -> note(command.process, words)))
        .toList();
  }

  private static String note(long process, List<String> words) {
    String data = data(words);
    return "note: a server of this machine (process %d%s) serves other data, without these files: if they are meant for it, name its data folder with --data"
        .formatted(process, data == null ? "" : ", started with " + data);
  }

  /** Returns the words that follow the name of the program, if they make it a server. */
  private static Stream<List<String>> serving(List<String> arguments) {
    int program = arguments.indexOf(Storewatch.class.getName());
    List<String> words = program < 0 ? List.of() : arguments.subList(program + 1, arguments.size());
    boolean serves =
        words.contains("serve") || (words.contains("demo") && !words.contains("--no-serve"));
    return serves ? Stream.of(words) : Stream.empty();
  }

  /** Returns the option that says where the data is, without the address of a database. */
  private static @Nullable String data(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("--data=") || word.startsWith("--folder=")) {
        return word;
      }
      if ((word.equals("--data") || word.equals("--folder")) && i + 1 < words.size()) {
        return word + " " + words.get(i + 1);
      }
      if (word.startsWith("--database")) {
        return "--database";
      }
    }
    return null;
  }
}
