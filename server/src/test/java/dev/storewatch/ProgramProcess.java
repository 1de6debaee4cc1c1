package dev.storewatch;

import dev.storewatch.cli.Storewatch;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, as a user starts it. */
public final class ProgramProcess {
  private ProgramProcess() {}

  /**
   * Prepares a process.
   *
   * @param javaOptions more options of Java, such as {@code -Djava.io.tmpdir=...}
   * @param arguments a command of the program and its arguments
   */
  public static ProcessBuilder of(List<String> javaOptions, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Storewatch.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
