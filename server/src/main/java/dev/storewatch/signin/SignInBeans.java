package dev.storewatch.signin;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessSettings;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The people behind sessions, wherever these are kept. */
@Configuration(proxyBeanMethods = false)
class SignInBeans {
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
