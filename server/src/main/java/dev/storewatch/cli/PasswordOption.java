package dev.storewatch.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** Where a password comes from; never an argument, which other people on the machine can see. */
final class PasswordOption {
  @Option(
      names = "--password-stdin",
      description = "Reads the password from the first line of the standard input.")
  private boolean fromStandardInput;

  boolean isFromStandardInput() {
    return fromStandardInput;
  }

  /** Returns the password, after asking for it twice where somebody can type it. */
  String read(PrintWriter err) throws IOException {
    if (fromStandardInput) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      if (line == null) {
        throw new IOException("there is no password on the standard input");
      }
      return line;
    }
    return ask(err);
  }

  @SuppressWarnings("SystemConsoleNull") // it is null when input or output is redirected
  private static String ask(PrintWriter err) throws IOException {
    Console console = System.console();
    if (console == null) {
      throw new IOException(
          "nobody can type a password here: give it on the standard input with --password-stdin");
    }
    err.flush();
    char[] first = console.readPassword("Password: ");
    char[] second = console.readPassword("Once more: ");
    if (first == null || !Arrays.equals(first, second)) {
      throw new IOException("the two passwords differ: try again");
    }
    return new String(first);
  }
}
