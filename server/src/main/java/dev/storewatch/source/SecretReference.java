package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is: a variable of the environment or a file. The secret itself is read when it is
 * needed, and kept nowhere.
 *
 * <p>Not every variable and file will do: whoever may enter sources could send any of them to a
 * machine of their own.
 *
 * @param kind {@code env} or {@code file}
 * @param name the name of the variable or the file
 */
record SecretReference(String kind, String name) {
  /** How the names of variables begin that may be secrets of sources. */
  static final String VARIABLES = "STOREWATCH_SECRET_";

  private static final Pattern VARIABLE = Pattern.compile(VARIABLES + "[A-Z0-9_]{1,80}");
  private static final Pattern FILE = Pattern.compile("(?!\\.)[A-Za-z0-9._-]{1,100}");
  private static final int LONGEST = 8 * 1024;

  /** There is no secret where it should be. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    private Missing(String message) {
      super(message);
    }
  }

  /** How the variables of the environment are read. */
  @FunctionalInterface
  interface Environment {
    @Nullable String get(String name);
  }

  /**
   * Reads a reference: {@code env:STOREWATCH_SECRET_CHAIN} or {@code file:chain}.
   *
   * @throws WrongInput if it is none; the text is not repeated, as it may be the secret itself
   */
  static SecretReference parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? "" : text.substring(0, colon);
    String name = text.substring(colon + 1);
    boolean right =
        switch (kind) {
          case "env" -> VARIABLE.matcher(name).matches();
          case "file" -> FILE.matcher(name).matches();
          default -> false;
        };
    if (!right) {
      throw new WrongInput(
          "secret says where the secret is and is not the secret itself: use env: and a variable"
              + " that begins with "
              + VARIABLES
              + ", for example env:STOREWATCH_SECRET_CHAIN, or file: and a file of the folder"
              + " storewatch.sources.secrets, for example file:chain");
    }
    return new SecretReference(kind, name);
  }

  /**
   * Returns the secret.
   *
   * @param folder the folder of the files, or null if there is none
   * @throws Missing if there is none
   */
  String read(Environment environment, @Nullable Path folder) throws Missing {
    String secret = kind.equals("env") ? environment.get(name) : ofFile(folder);
    if (secret == null || secret.isBlank()) {
      throw new Missing(
          kind.equals("env")
              ? "the environment of the server has no %s".formatted(name)
              : "the file %s of the folder storewatch.sources.secrets is missing or empty"
                  .formatted(name));
    }
    return secret.strip();
  }

  private @Nullable String ofFile(@Nullable Path folder) {
    if (folder == null) {
      return null;
    }
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return kind + ":" + name;
  }
}
