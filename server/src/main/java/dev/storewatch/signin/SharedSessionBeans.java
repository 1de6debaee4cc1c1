package dev.storewatch.signin;

import dev.storewatch.database.Database;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.work.Job;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Has the sessions in the database that several servers share; without one, the web server keeps
 * them in memory.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("storewatch.database.url")
class SharedSessionBeans {
  /** Some 300 MB; a hundred addresses that do nothing but begin sessions come to that. */
  private static final long MOST = 200_000;

  /** A browser sends one, or a few when several servers go by one name. */
  private static final int MOST_COOKIES = 4;

  @Bean
  SharedSessions sharedSessions(Database database, ServerProperties server) {
    return new SharedSessions(
        (PostgresDatabase) database,
        Objects.requireNonNull(server.getServlet().getSession().getTimeout()),
        MOST);
  }

  @Bean
  Job clearingSessionsAway(SharedSessions sessions) {
    return Job.ofEachProcess("sessions", SharedSessions.PERIOD, sessions::clearAway);
  }

  @Bean
  SessionRepositoryFilter<?> sharedSessionFilter(SharedSessions sessions, ServerProperties server) {
    CookieHttpSessionIdResolver ids = new CookieHttpSessionIdResolver();
    ids.setCookieSerializer(serializer(server.getServlet().getSession().getCookie()));
    SessionRepositoryFilter<SharedSession> filter = new SessionRepositoryFilter<>(sessions);
    filter.setHttpSessionIdResolver(ids);
    return filter;
  }

  /** Writes the cookie as the settings say that the web server writes it. */
  private static DefaultCookieSerializer serializer(Cookie cookie) {
    DefaultCookieSerializer serializer =
        new DefaultCookieSerializer() {
          @Override
          public List<String> readCookieValues(HttpServletRequest request) {
            return super.readCookieValues(request).stream().limit(MOST_COOKIES).toList();
          }
        };
    serializer.setUseBase64Encoding(false);
    PropertyMapper map = PropertyMapper.get();
    map.from(cookie::getName).to(serializer::setCookieName);
    map.from(cookie::getDomain).to(serializer::setDomainName);
    map.from(cookie::getPath).to(serializer::setCookiePath);
    map.from(cookie::getHttpOnly).to(serializer::setUseHttpOnlyCookie);
    map.from(cookie::getSecure).to(serializer::setUseSecureCookie);
    map.from(cookie::getMaxAge).asInt(Duration::toSeconds).to(serializer::setCookieMaxAge);
    map.from(cookie::getSameSite).as(Cookie.SameSite::attributeValue).to(serializer::setSameSite);
    map.from(cookie::getPartitioned).to(serializer::setPartitioned);
    return serializer;
  }
}
