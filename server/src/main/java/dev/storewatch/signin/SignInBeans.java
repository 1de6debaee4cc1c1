package dev.storewatch.signin;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessSettings;
import java.time.Clock;
import org.apache.catalina.session.ManagerBase;
import org.apache.catalina.session.StandardManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The people behind sessions, wherever these are kept. */
@Configuration(proxyBeanMethods = false)
class SignInBeans {
  /** Some 150 MB: nobody has to be known to begin one. */
  private static final int MOST_IN_MEMORY = 100_000;

  /**
   * Bounds the sessions that the web server keeps; those in a database have a bound of their own.
   */
  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedSessions() {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              ManagerBase manager =
                  context.getManager() instanceof ManagerBase made ? made : new StandardManager();
              manager.setMaxActiveSessions(MOST_IN_MEMORY);
              context.setManager(manager);
            });
  }

  @Bean
  Sessions sessions(
      AccessBook book,
      AccessSettings settings,
      Clock clock,
      ObjectProvider<SharedSessions> shared) {
    SharedSessions found = shared.getIfAvailable();
    return new Sessions(
        book, settings, clock, found == null ? Sessions::isThereInMemory : found::isThere);
  }
}
