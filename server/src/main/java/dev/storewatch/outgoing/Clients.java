package dev.storewatch.outgoing;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of the library, made so that it goes nowhere but where it was sent. */
final class Clients {
  private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

  private static final int CONNECTIONS = 256;
  private static final int CONNECTIONS_TO_ONE = 20;
  private static final int THREADS = 2;
  private static final int MOST_HEADERS = 200;
  private static final int LONGEST_LINE = 16 * 1024;

  /** The time after which an idle connection is closed: many servers close it not much later. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(10);

  /** The longest that one request may wait for a byte; each has a shorter limit of its own. */
  private static final Timeout LONGEST_SILENCE = Timeout.ofMinutes(10);

  private Clients() {}

  static CloseableHttpAsyncClient make(
      OutgoingSettings settings, AddressGuard guard, @Nullable SSLContext trust) {
    return HttpAsyncClients.custom()
        .setConnectionManager(connections(settings, guard, trust))
        .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(THREADS).build())
        // Whoever asked is told by an exception what went wrong.
        .setIoReactorExceptionCallback(e -> LOG.debug("a connection went wrong", e))
        .setThreadFactory(Thread.ofPlatform().daemon().name("outgoing-", 1).factory())
        .setHttp1Config(
            Http1Config.custom()
                .setMaxHeaderCount(MOST_HEADERS)
                .setMaxLineLength(LONGEST_LINE)
                .build())
        .setH2Config(
            H2Config.custom().setPushEnabled(false).setMaxHeaderListSize(LONGEST_LINE).build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(LONGEST_SILENCE)
                .setConnectionRequestTimeout(LONGEST_SILENCE)
                .setConnectionKeepAlive(IDLE)
                .build())
        .setUserAgent(userAgent(settings.contact()))
        .evictIdleConnections(IDLE)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static AsyncClientConnectionManager connections(
      OutgoingSettings settings, AddressGuard guard, @Nullable SSLContext trust) {
    ClientTlsStrategyBuilder tls = ClientTlsStrategyBuilder.create();
    return PoolingAsyncClientConnectionManagerBuilder.create()
        .setDnsResolver(guard)
        .setTlsStrategy((trust == null ? tls : tls.setSslContext(trust)).buildAsync())
        .setMaxConnTotal(CONNECTIONS)
        .setMaxConnPerRoute(CONNECTIONS_TO_ONE)
        .setDefaultConnectionConfig(connection(settings.connectTimeout()))
        .build();
  }

  private static ConnectionConfig connection(Duration timeout) {
    return ConnectionConfig.custom()
        .setConnectTimeout(Timeout.of(timeout))
        .setSocketTimeout(LONGEST_SILENCE)
        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
        .build();
  }

  private static String userAgent(@Nullable String contact) {
    String version = Clients.class.getPackage().getImplementationVersion();
    String program = "Storewatch" + (version == null ? "" : "/" + version);
    return contact == null ? program : "%s (+%s)".formatted(program, contact);
  }
}
