package dev.storewatch.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storewatch.outgoing.NotAnswered.Reason;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests over TLS: HTTP/2, and machines that do not prove who they are. */
final class EncryptedTest {
  private static final String NAME = "stores.example.com";
  private static final String PASSWORD = "for-the-test";

  @TempDir static Path folder;

  private static Tomcat tomcat;
  private static SSLContext trust;
  private static int port;

  @BeforeAll
  static void begin() throws Exception {
    Path keys = folder.resolve("keys.p12");
    makeKeys(keys);
    trust = trusting(keys);
    tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector(keys));
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "all", new Greeting());
    context.addServletMappingDecoded("/*", "all");
    tomcat.start();
    port = tomcat.getConnector().getLocalPort();
  }

  private static void makeKeys(Path keys) throws Exception {
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + NAME,
                "-ext",
                "SAN=dns:" + NAME,
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", store.getCertificate("a"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static Connector connector(Path keys) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(keys.toString());
    certificate.setCertificateKeystorePassword(PASSWORD);
    host.addCertificate(certificate);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(host);
    connector.addUpgradeProtocol(new Http2Protocol());
    return connector;
  }

  private static final class Greeting extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals("/plain")) {
        response.sendRedirect("http://%s/".formatted(NAME));
      } else {
        response
            .getWriter()
            .write("%s over %s".formatted(request.getServerName(), request.getProtocol()));
      }
    }
  }

  @AfterAll
  static void end() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void speaksTheNewerHttp() throws Exception {
    try (Outgoing outgoing = outgoing(trust)) {
      Answer answer = outgoing.ask(Request.get(uri(NAME, "/")));
      assertThat(answer.version()).isEqualTo("HTTP/2.0");
      assertThat(answer.text()).isEqualTo(NAME + " over HTTP/2.0");
    }
  }

  @Test
  void trustsNobodyWhoIsSomebodyElse() {
    try (Outgoing outgoing = outgoing(trust)) {
      assertThat(failure(outgoing, uri("other.example.com", "/"))).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void trustsNobodyWhomNobodyVouchesFor() {
    try (Outgoing outgoing = outgoing(null)) {
      assertThat(failure(outgoing, uri(NAME, "/"))).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void doesNotLeaveTheEncryption() {
    try (Outgoing outgoing = outgoing(trust)) {
      assertThat(failure(outgoing, uri(NAME, "/plain"))).isEqualTo(Reason.REDIRECT);
    }
  }

  private static Outgoing outgoing(@Nullable SSLContext trusted) {
    return new Outgoing(
        OutgoingSettings.allowing("127.0.0.1"),
        host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
        trusted);
  }

  private static URI uri(String host, String path) {
    return URI.create("https://%s:%d%s".formatted(host, port, path));
  }

  private static Reason failure(Outgoing outgoing, URI uri) {
    return catchThrowableOfType(NotAnswered.class, () -> outgoing.ask(Request.get(uri))).reason();
  }
}
