package dev.storewatch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AotApplicationContextInitializer;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Spring's start of the server, which uses the list of beans that the build made, where it holds.
 *
 * <p>To find out which beans there are, Spring reads several thousand classes and asks some hundred
 * conditions, which takes half of a start. The build does it once, and writes the answer down as
 * code. It did so without any settings: where somebody has set what a condition may depend on, the
 * server finds its beans itself. Both ways come to the same beans.
 */
final class ServerApplication extends SpringApplication {
  /** What the build calls the code that it made. */
  private static final String PREPARED =
      StorewatchServer.class.getName() + "__ApplicationContextInitializer";

  /** The settings of the product on which it depends which beans there are. */
  static final Set<String> DECISIVE =
      Set.of("storewatch.database.url", "storewatch.prober.enabled");

  /** How the names of Spring's own settings begin: any may be part of a condition. */
  private static final List<String> OF_SPRING = List.of("spring", "server", "management");

  /** Where settings come from that were there when the beans were listed, or decide nothing. */
  private static final Set<String> OWN =
      Set.of(
          "configurationProperties",
          "commandLineArgs",
          "applicationInfo",
          "random",
          "servletContextInitParams",
          "servletConfigInitParams");

  private final boolean asBuilt;

  /**
   * A start of the server.
   *
   * @param more classes with more beans, of which the build knows nothing
   */
  ServerApplication(Class<?>... more) {
    super(Stream.concat(Stream.of(StorewatchServer.class), Stream.of(more)).toArray(Class[]::new));
    asBuilt = more.length == 0 && ClassUtils.isPresent(PREPARED, getClassLoader());
    setMainApplicationClass(StorewatchServer.class);
    setApplicationContextFactory(_ -> new ServletWebServerApplicationContext());
  }

  @Override
  protected void load(ApplicationContext context, Object[] sources) {
    if (asBuilt
        && context instanceof ConfigurableApplicationContext open
        && decidesNothing(open.getEnvironment())) {
      AotApplicationContextInitializer.forInitializerClasses(PREPARED).initialize(open);
    } else {
      super.load(context, sources);
    }
  }

  /** Returns whether nothing is set on which it may depend which beans there are. */
  private static boolean decidesNothing(ConfigurableEnvironment environment) {
    return DECISIVE.stream().noneMatch(environment::containsProperty)
        && environment.getPropertySources().stream()
            .filter(source -> !OWN.contains(source.getName()))
            .filter(source -> !source.getName().contains("class path resource"))
            .noneMatch(ServerApplication::maySetWhatIsOfSpring);
  }

  private static boolean maySetWhatIsOfSpring(PropertySource<?> source) {
    return !(source instanceof EnumerablePropertySource<?> named)
        || Stream.of(named.getPropertyNames())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(name -> OF_SPRING.stream().anyMatch(name::startsWith));
  }
}
