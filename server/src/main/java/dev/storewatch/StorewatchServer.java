package dev.storewatch;

import dev.storewatch.access.AccessGate;
import dev.storewatch.database.DamagedDatabase;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.UnfinishedCopy;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.setting.BadSetting;
import dev.storewatch.setting.KnownSettings;
import dev.storewatch.store.ZoneSettings;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The server: every feature over HTTP, on the data of one folder. */
@SpringBootApplication(
    proxyBeanMethods = false,
    exclude = {DataSourceAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
public class StorewatchServer {
  private static final Logger LOG = LoggerFactory.getLogger(StorewatchServer.class);

  /** The beginning of the names that the settings of the database have in the environment. */
  private static final String DATABASE = "STOREWATCH_DATABASE";

  /**
   * The settings by which a server is started.
   *
   * @param host the address to listen on, {@code 127.0.0.1} for this machine alone
   * @param port the port to listen on; 0 for any that is free
   * @param lateCloseAsMidnight whether reports read a closing time of 23:59 or later as midnight
   * @param config a file with more settings, or null
   * @param database what is known of the database; what it does not say is left to the file
   * @param keepsToFolder whether it has its data in the data folder, whatever database the
   *     environment names
   * @param zoneRules which rules of time zones hold, or null if that is left to the file
   */
  public record Settings(
      String host,
      int port,
      boolean lateCloseAsMidnight,
      @Nullable Path config,
      DatabaseSettings database,
      boolean keepsToFolder,
      @Nullable String zoneRules) {

    /**
     * Checks where the server is to listen.
     *
     * @throws IllegalArgumentException if the port is out of range or the address is not one of
     *     this machine
     */
    public Settings {
      if (port < 0 || port > 65_535) {
        throw new WrongInput(
            "there is no port %d: use one from 1 to 65535, for example 8000".formatted(port));
      }
      if (!isOfThisMachine(host)) {
        throw new WrongInput(
            "'%s' is not an address of this machine: use for example 127.0.0.1".formatted(host));
      }
      if (config != null && !Files.isRegularFile(config)) {
        throw new WrongInput(
            "there is no file %s for --config: name one that ends in .yaml or .properties"
                .formatted(config));
      }
    }

    /** A server without a file of settings. */
    public Settings(String host, int port, boolean lateCloseAsMidnight) {
      this(host, port, lateCloseAsMidnight, null, DatabaseSettings.inDataFolder(), false);
    }

    /** A server whose rules of time zones are left to the file. */
    public Settings(
        String host,
        int port,
        boolean lateCloseAsMidnight,
        @Nullable Path config,
        DatabaseSettings database,
        boolean keepsToFolder) {
      this(host, port, lateCloseAsMidnight, config, database, keepsToFolder, null);
    }

    /** Returns the same settings with rules of time zones, or null to leave them to the file. */
    public Settings withZoneRules(@Nullable String rules) {
      return new Settings(host, port, lateCloseAsMidnight, config, database, keepsToFolder, rules);
    }

    /** A server whose data is in the data folder, whatever database the environment names. */
    public static Settings inFolder(
        String host, int port, boolean lateCloseAsMidnight, @Nullable Path config) {
      return new Settings(
          host, port, lateCloseAsMidnight, config, DatabaseSettings.inDataFolder(), true);
    }

    private void applyTo(ConfigurableEnvironment environment) {
      if (!keepsToFolder) {
        return;
      }
      String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
      Map<String, Object> others = new HashMap<>(environment.getSystemEnvironment());
      others.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).startsWith(DATABASE));
      environment
          .getPropertySources()
          .replace(source, new SystemEnvironmentPropertySource(source, others));
      if (environment.containsProperty(DatabaseSettings.PREFIX + ".url")) {
        throw new WrongInput(
            "the demo keeps its data in its folder: leave %s.url out of %s"
                .formatted(DatabaseSettings.PREFIX, config));
      }
    }

    private String[] arguments(DataFolder folder) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--spring.config.location=" + locations(),
                  "--server.address=" + host,
                  "--server.port=" + port,
                  "--management.health.diskspace.path=" + folder.path()));
      if (lateCloseAsMidnight) {
        // An argument would override the file, so what was not asked for is not passed on.
        arguments.add("--storewatch.late-close-as-midnight=true");
      }
      if (zoneRules != null) {
        arguments.add("--%s=%s".formatted(ZoneSettings.NAME, zoneRules));
      }
      database.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
      return arguments.toArray(String[]::new);
    }

    private String locations() {
      String own = "classpath:/application.yaml";
      return config == null ? own : own + ",file:" + config.toAbsolutePath();
    }

    private static boolean isOfThisMachine(String host) {
      try {
        InetAddress address = InetAddress.getByName(host);
        return address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || NetworkInterface.getByInetAddress(address) != null;
      } catch (UnknownHostException | SocketException e) {
        return false;
      }
    }
  }

  /** The server cannot listen where it should. */
  public static final class PortInUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    PortInUse(Settings settings, Throwable cause) {
      super(
          "port %d of %s is in use: stop the program that listens there, or choose another port with --port"
              .formatted(settings.port(), settings.host()),
          cause);
    }
  }

  /**
   * Starts a server, and announces its address in the data folder.
   *
   * <p>It runs until the context is closed, which a signal to end the process does too. The data
   * folder stays the caller's to close, after the context.
   *
   * @param folder the data folder, held by this process
   * @throws PortInUse if another program listens on the port
   */
  public static ConfigurableApplicationContext start(DataFolder folder, Settings settings) {
    return start(folder, settings, beans -> {});
  }

  /**
   * Starts a server with no settings and no data. The build calls it, and stops it as soon as it is
   * known which beans it would make.
   */
  static void main(String[] none) {
    try (DataFolder folder = DataFolder.temporary("the build")) {
      start(folder, new Settings("127.0.0.1", 0, false));
    }
  }

  /**
   * Starts a server that goes by another clock than that of the machine, to play what happened at
   * other times.
   *
   * @throws PortInUse if another program listens on the port
   */
  public static ConfigurableApplicationContext startBy(
      Clock clock, DataFolder folder, Settings settings) {
    return start(
        folder,
        settings,
        beans ->
            beans.registerBean(
                "playedClock",
                Clock.class,
                () -> clock,
                definition -> definition.setPrimary(true)));
  }

  /**
   * Starts a server with more than it has of its own.
   *
   * @param initializer what adds single beans, before all others are known
   * @param more classes with more beans, for which the server finds all of its beans anew
   * @throws PortInUse if another program listens on the port
   */
  static ConfigurableApplicationContext start(
      DataFolder folder,
      Settings settings,
      ApplicationContextInitializer<GenericApplicationContext> initializer,
      Class<?>... more) {
    try {
      SpringApplication application = new ServerApplication(more);
      application.setBannerMode(Banner.Mode.OFF);
      application.setLogStartupInfo(false);
      application.addInitializers(
          initializer,
          context -> settings.applyTo(context.getEnvironment()),
          context -> useZoneRules(context.getEnvironment()),
          context -> context.getBeanFactory().registerSingleton("dataFolder", folder));
      return application.run(settings.arguments(folder));
    } catch (RuntimeException e) {
      throw explained(e, settings);
    }
  }

  private static void useZoneRules(ConfigurableEnvironment environment) {
    ZoneSettings.use(environment);
    if (!ZoneTable.inUse().equals(ZoneTable.bundled())) {
      LOG.info(
          "the rules of time zones are {} of {}",
          ZoneTable.inUse().version(),
          environment.getProperty(ZoneSettings.NAME));
    }
    ZoneSettings.notices().forEach(LOG::warn);
  }

  /**
   * Returns the cause that a user can fix, out of the exceptions in which a failed start wraps it.
   */
  private static RuntimeException explained(RuntimeException failure, Settings settings) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case PortInUseException _ -> {
          return new PortInUse(settings, failure);
        }
        case AccessGate.Unguarded unguarded -> {
          return unguarded;
        }
        case DatabaseUnavailable away -> {
          return away;
        }
        case DamagedDatabase damaged -> {
          return damaged;
        }
        case UnfinishedCopy unfinished -> {
          return unfinished;
        }
        default -> {}
      }
    }
    return BadSetting.orItself(failure);
  }

  @Bean
  static KnownSettings knownSettings(ConfigurableApplicationContext context) {
    return new KnownSettings(context);
  }
}
