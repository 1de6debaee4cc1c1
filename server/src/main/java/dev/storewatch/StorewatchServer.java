package dev.storewatch;

import dev.storewatch.poll.DuckDbPolls;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.DuckDbStores;
import dev.storewatch.store.Stores;
import dev.storewatch.system.BadSetting;
import dev.storewatch.system.DataFolder;
import dev.storewatch.system.Database;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Clock;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The server: every feature over HTTP, on the data of one folder. */
@SpringBootApplication(proxyBeanMethods = false, exclude = DataSourceAutoConfiguration.class)
@EnableScheduling
public class StorewatchServer {
  /**
   * How a server is to run.
   *
   * @param host the address to listen on, {@code 127.0.0.1} for this machine alone
   * @param port the port to listen on; 0 for any that is free
   * @param lateCloseAsMidnight whether reports read a closing time of 23:59 or later as midnight
   */
  public record Settings(String host, int port, boolean lateCloseAsMidnight) {
    /** What holds when nothing is said: reachable from this machine, closing times as they are. */
    public static final Settings DEFAULT = new Settings("127.0.0.1", 8000, false);

    /**
     * Checks where the server is to listen.
     *
     * @throws IllegalArgumentException if the port is out of range or the address none of this
     *     machine
     */
    public Settings {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException(
            "there is no port %d: use one from 1 to 65535, for example 8000".formatted(port));
      }
      if (!isOfThisMachine(host)) {
        throw new IllegalArgumentException(
            "'%s' is no address of this machine: use for example 127.0.0.1".formatted(host));
      }
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

  /** Says that the server cannot listen where it should. */
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
   * @param folder the data folder, taken
   * @throws PortInUse if another program listens on the port
   */
  public static ConfigurableApplicationContext start(DataFolder folder, Settings settings) {
    return start(folder, settings, new Class<?>[0]);
  }

  static ConfigurableApplicationContext start(
      DataFolder folder, Settings settings, Class<?>... more) {
    try {
      return new SpringApplicationBuilder(StorewatchServer.class)
          .sources(more)
          .bannerMode(Banner.Mode.OFF)
          .logStartupInfo(false)
          .initializers(context -> context.getBeanFactory().registerSingleton("dataFolder", folder))
          .run(
              "--spring.config.location=classpath:/application.yaml",
              "--server.address=" + settings.host(),
              "--server.port=" + settings.port(),
              "--storewatch.late-close-as-midnight=" + settings.lateCloseAsMidnight(),
              "--management.health.diskspace.path=" + folder.path());
    } catch (RuntimeException e) {
      throw portInUse(e) ? new PortInUse(settings, e) : BadSetting.orItself(e);
    }
  }

  private static boolean portInUse(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException) {
        return true;
      }
    }
    return false;
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Database database(DataFolder folder) {
    return Database.open(folder);
  }

  @Bean
  Stores stores(Database database) {
    return new DuckDbStores(database);
  }

  @Bean
  Polls polls(Database database) {
    return new DuckDbPolls(database);
  }
}
