package dev.storewatch.database;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which database holds everything: settings under {@code storewatch.database}.
 *
 * @param url a PostgreSQL database, for example {@code
 *     jdbc:postgresql://db.example.com/storewatch}; without it everything is in the data folder
 * @param username who signs in to the database; without it what the address says
 * @param password the password for that; better kept in the environment than in a file
 * @param connections how many connections to the database a server has at most
 * @param timeout how long the database may be silent before a connection is given up; no statement
 *     takes that long
 * @param lease how long a server may be silent before the others take over what it was doing
 */
@ConfigurationProperties(prefix = DatabaseSettings.PREFIX)
public record DatabaseSettings(
    @Nullable String url,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("16") int connections,
    @DefaultValue("60s") Duration timeout,
    @DefaultValue("15s") Duration lease) {
  /** The beginning of the names of the settings. */
  public static final String PREFIX = "storewatch.database";

  private static final String SCHEME = "jdbc:postgresql:";
  private static final String EXAMPLE = "jdbc:postgresql://db.example.com/storewatch";

  /** What stands before the host of an address: a name and a password. */
  private static final Pattern USER = Pattern.compile("//([^?]*@)");

  /**
   * The fewest connections. With fewer, reports could wait for each other, because each holds one
   * and works with others.
   */
  private static final int FEWEST = 8;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one of them is invalid
   */
  public DatabaseSettings {
    if (url != null && !url.startsWith(SCHEME)) {
      // The text is not repeated: it may hold a password.
      throw new WrongInput(
          "%s.url has to begin with %s, for example %s".formatted(PREFIX, SCHEME, EXAMPLE));
    }
    if (connections < FEWEST) {
      throw new WrongInput(
          "%s.connections is %d: use at least %d, for example 16"
              .formatted(PREFIX, connections, FEWEST));
    }
    requireSecond("timeout", timeout, "60s");
    requireSecond("lease", lease, "15s");
  }

  private static void requireSecond(String setting, Duration value, String example) {
    if (value.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new WrongInput(
          "%s.%s is %s: use a second at least, for example %s"
              .formatted(PREFIX, setting, value, example));
    }
  }

  /** Returns the settings of a database by its address, with defaults for the rest. */
  public static DatabaseSettings of(
      @Nullable String url, @Nullable String username, @Nullable String password) {
    return new DatabaseSettings(
        url, username, password, 16, Duration.ofSeconds(60), Duration.ofSeconds(15));
  }

  /** Returns the settings of the database in the data folder. */
  public static DatabaseSettings inDataFolder() {
    return of(null, null, null);
  }

  /** Gives the address, the name and the password to a receiver, as far as they are known. */
  public void forEach(BiConsumer<String, String> receiver) {
    give(receiver, "url", url);
    give(receiver, "username", username);
    give(receiver, "password", password);
  }

  private static void give(
      BiConsumer<String, String> receiver, String name, @Nullable String value) {
    if (value != null) {
      receiver.accept(PREFIX + "." + name, value);
    }
  }

  /** Returns the address without what may be secret in it. */
  String address() {
    return String.valueOf(url).replaceAll("(?s)[?].*", "").replaceAll("(?s)//.*@", "//");
  }

  /**
   * Returns what the driver says, without what may be secret in it: it repeats the address, whole
   * or what it takes for the host.
   */
  String withoutSecrets(String said) {
    if (url == null) {
      return said;
    }
    Matcher user = USER.matcher(url);
    String plain = said.replace(url, address());
    return (user.find() ? plain.replace(user.group(1), "") : plain)
        .replaceAll("(?i)(password=)[^&\\s]*", "$1***");
  }

  /** Returns what to call the database: its address without secrets, or the data folder. */
  public String nameOr(DataFolder folder) {
    return url == null ? folder.path().toAbsolutePath().normalize().toString() : address();
  }

  /** Leaves out what may be secret. */
  @Override
  public String toString() {
    return "DatabaseSettings[%s]".formatted(url == null ? "in the data folder" : address());
  }
}
