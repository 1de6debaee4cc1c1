package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the secrets of a channel come from; never an argument, which others can see. */
final class SecretOptions {
  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description = "Asks for a secret; may be given several times.")
  private @Nullable List<String> asked;

  @Option(
      names = "--secret-stdin",
      description = "Reads secrets from the standard input, each on a line as NAME=VALUE.")
  private boolean fromStandardInput;

  @Option(
      names = "--no-secret",
      paramLabel = "NAME",
      description = "Takes a secret away; may be given several times.")
  private @Nullable List<String> gone;

  /** Returns what is said of secrets; null as a value takes one away, null in all for nothing. */
  @Nullable Map<String, @Nullable String> read(PrintWriter err) throws IOException {
    Map<String, @Nullable String> secrets = new HashMap<>();
    if (gone != null) {
      gone.forEach(name -> secrets.put(name, null));
    }
    if (fromStandardInput) {
      readLines(secrets);
    }
    if (asked != null) {
      for (String name : asked) {
        secrets.put(name, ask(name, err));
      }
    }
    return secrets.isEmpty() ? null : secrets;
  }

  private static void readLines(Map<String, @Nullable String> secrets) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int sign = line.indexOf('=');
      if (!line.isBlank() && sign < 1) {
        // The line is not repeated: it may be a secret.
        throw new WrongInput("a line of the secrets has no name: write for example url=https://…");
      }
      if (sign > 0) {
        secrets.put(line.substring(0, sign).strip(), line.substring(sign + 1).strip());
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // it is null when input or output is redirected
  private static String ask(String name, PrintWriter err) throws IOException {
    Console console = System.console();
    if (console == null) {
      throw new IOException(
          "nobody can type a secret here: give it on the standard input with --secret-stdin");
    }
    err.flush();
    char[] typed = console.readPassword("%s: ", name);
    if (typed == null || typed.length == 0) {
      throw new IOException("no %s was typed: try again".formatted(name));
    }
    return new String(typed);
  }
}
