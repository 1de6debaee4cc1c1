package dev.storewatch.outgoing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.storewatch.OtherMachine;
import dev.storewatch.SilentPort;
import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.NotAnswered.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutgoingTest {
  private static final String NAME = "stores.example.com";

  private final CountDownLatch end = new CountDownLatch(1);
  private OtherMachine other;
  private Outgoing outgoing;

  @BeforeEach
  void begin() throws IOException {
    other = new OtherMachine();
    outgoing = new Outgoing(OutgoingSettings.allowing("127.0.0.1", NAME));
  }

  @AfterEach
  void end() {
    end.countDown();
    outgoing.close();
    other.close();
  }

  @Test
  void tellsWhatWasAnswered() throws Exception {
    other.answers("/polls.csv", 200, "a,b", "ETag", "\"1\"");
    Answer answer =
        outgoing.ask(Request.get(other.uri("/polls.csv")).with("If-None-Match", "\"0\""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("a,b");
    assertThat(answer.header("etag")).contains("\"1\"");
    assertThat(answer.cut()).isFalse();
    assertThat(other.last().headers())
        .containsEntry("if-none-match", "\"0\"")
        .doesNotContainKeys("accept-encoding", "cookie");
    assertThat(other.last().headers().get("user-agent")).startsWith("Storewatch");
  }

  @Test
  void namesAContact() throws Exception {
    try (Outgoing named =
        new Outgoing(
            new OutgoingSettings(
                List.of("127.0.0.1"), Duration.ofSeconds(5), "https://example.com/us"))) {
      var _ = named.ask(Request.get(other.uri("/")));
      assertThat(other.last().headers().get("user-agent")).endsWith("(+https://example.com/us)");
    }
  }

  @Test
  void handsOver() throws Exception {
    other.answers("/hook", 202, "");
    Answer answer =
        outgoing.ask(
            Request.post(other.uri("/hook"), "application/json", "{\"ö\":1}").with("X-Id", "7"));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(other.last().method()).isEqualTo("POST");
    assertThat(other.last().body()).isEqualTo("{\"ö\":1}");
    assertThat(other.last().headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("x-id", "7");
  }

  @Test
  void doesNotReachThisMachineUnlessItIsAllowed() throws Exception {
    try (Outgoing strict = new Outgoing(OutgoingSettings.standard())) {
      for (String host :
          new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"}) {
        NotAnswered refused = failure(strict, Request.get(other.uri(host, "/")));
        assertThat(refused.reason()).as(host).isEqualTo(Reason.ADDRESS_REFUSED);
        assertThat(refused.mayPass()).isFalse();
      }
    }
    assertThat(other.asked()).isEmpty();
  }

  /** A name whose owner says another address each time it is looked up. */
  @Test
  void connectsToTheAddressThatWasChecked() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    AddressGuard.Lookup turning =
        host -> {
          boolean first = looks.getAndIncrement() == 0;
          return new InetAddress[] {InetAddress.ofLiteral(first ? "127.0.0.1" : "127.0.0.2")};
        };
    try (Outgoing turned = new Outgoing(OutgoingSettings.allowing("127.0.0.1"), turning, null)) {
      other.answers("/", 200, "reached", "Connection", "close");
      assertThat(turned.ask(Request.get(other.uri(NAME, "/"))).text()).isEqualTo("reached");
      assertThat(looks).hasValue(1);
      assertThat(other.last().headers()).containsEntry("host", NAME + ":" + other.port());
      NotAnswered second = failure(turned, Request.get(other.uri(NAME, "/")));
      assertThat(second.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
      assertThat(second).hasMessageContaining(NAME + " (127.0.0.2)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsRedirects(int status) throws Exception {
    other.answers("/old", status, "moved", "Location", "new?x=1#part");
    other.answers("/new", 200, "here");
    Answer answer = outgoing.ask(Request.get(other.uri("/old")).with("Authorization", "secret"));
    assertThat(answer.text()).isEqualTo("here");
    assertThat(answer.uri()).isEqualTo(other.uri("/new?x=1"));
    assertThat(other.last().headers()).containsEntry("authorization", "secret");
  }

  @Test
  void givesNoSecretToAnotherOrigin() throws Exception {
    try (OtherMachine elsewhere = new OtherMachine()) {
      other.answers("/old", 302, "", "Location", elsewhere.uri("/new").toString());
      elsewhere.answers("/new", 200, "here");
      var _ =
          outgoing.ask(
              Request.get(other.uri("/old"))
                  .with("Authorization", "secret")
                  .with("X-Key", "secret")
                  .with("Accept", "text/csv"));
      assertThat(elsewhere.last().headers())
          .containsEntry("accept", "text/csv")
          .doesNotContainValue("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.3/,ADDRESS_REFUSED",
    "http://[::1]/,ADDRESS_REFUSED",
    "http://169.254.169.254/latest/meta-data/,ADDRESS_REFUSED",
    "file:///etc/passwd,REDIRECT",
    "gopher://127.0.0.1/,REDIRECT",
    "http://u:p@127.0.0.1/,REDIRECT",
    "http://[,REDIRECT"
  })
  void checksWhereRedirectsLead(String location, Reason reason) {
    other.answers("/old", 302, "", "Location", location);
    assertThat(failure(Request.get(other.uri("/old"))).reason()).isEqualTo(reason);
  }

  @Test
  void followsNoCircle() {
    other.answers("/a", 302, "", "Location", "/b").answers("/b", 302, "", "Location", "/a");
    NotAnswered failure = failure(Request.get(other.uri("/a")).following(3));
    assertThat(failure.reason()).isEqualTo(Reason.REDIRECT);
    assertThat(other.asked()).hasSize(4);
  }

  @Test
  void followsNoRedirectOfWhatItHandsOver() throws Exception {
    other.answers("/hook", 307, "", "Location", "/other");
    Request post = Request.post(other.uri("/hook"), "application/json", "{}").following(5);
    assertThat(outgoing.ask(post).status()).isEqualTo(307);
    assertThat(other.asked()).hasSize(1);
  }

  @Test
  void readsNoMoreThanItWants() throws Exception {
    other.answers(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (end.getCount() > 0) {
            exchange.getResponseBody().write("0123456789".repeat(1_000).getBytes(UTF_8));
          }
        });
    Answer answer = outgoing.ask(Request.get(other.uri("/endless")).reading(25));
    assertThat(answer.text()).isEqualTo("0123456789012345678901234");
    assertThat(answer.cut()).isTrue();
  }

  @Test
  void readsAnAnswerOfTheVeryLimitAsWhole() throws Exception {
    other.answers("/", 200, "0123456789");
    Answer answer = outgoing.ask(Request.get(other.uri("/")).reading(10));
    assertThat(answer.text()).isEqualTo("0123456789");
    assertThat(answer.cut()).isFalse();
  }

  @Test
  void writesASuccessToAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("polls.csv");
    String polls = "0123456789".repeat(100_000);
    other.answers("/", 200, polls);
    Answer answer = outgoing.fetch(Request.get(other.uri("/")).reading(1_000_000), file);
    assertThat(answer.bytes()).isEqualTo(1_000_000);
    assertThat(answer.text()).isEmpty();
    assertThat(file).hasContent(polls);
    NotAnswered large = failure(Request.get(other.uri("/")).reading(999_999), file);
    assertThat(large.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(large.mayPass()).isFalse();
  }

  @Test
  void writesNoErrorToAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("polls.csv");
    other.answers("/", 503, "later", "Retry-After", "120");
    Answer answer = outgoing.fetch(Request.get(other.uri("/")).reading(1_000_000), file);
    assertThat(answer.text()).isEqualTo("later");
    assertThat(answer.header("Retry-After")).contains("120");
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void waitsNoLongerThanItWants() {
    other.answers(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            while (!end.await(20, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write('.');
              exchange.getResponseBody().flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    NotAnswered failure = failure(Request.get(other.uri("/slow")).within(Duration.ofMillis(300)));
    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(failure).hasMessageContaining("no whole answer in PT0.3S");
    assertThat(failure.mayPass()).isTrue();
  }

  @Test
  void waitsNoLongerForANameEither() {
    try (Outgoing stuck =
        new Outgoing(
            OutgoingSettings.standard(),
            host -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[0];
            },
            null)) {
      Request request = Request.get(other.uri(NAME, "/")).within(Duration.ofMillis(200));
      assertThat(failure(stuck, request).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    try (SilentPort port = new SilentPort()) {
      Request request = Request.get(URI.create("http://127.0.0.1:%d/".formatted(port.number())));
      assertThat(failure(request).reason()).isEqualTo(Reason.NOT_CONNECTED);
    }
  }

  @Test
  void tellsThatANameIsNotKnown() {
    try (Outgoing unknown =
        new Outgoing(
            OutgoingSettings.standard(),
            host -> {
              throw new UnknownHostException(host);
            },
            null)) {
      assertThat(failure(unknown, Request.get(URI.create("http://nowhere.example/"))).reason())
          .isEqualTo(Reason.NAME_UNKNOWN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"})
  void tellsThatWhatCameIsNoAnswer(String sent) throws Exception {
    try (ServerSocket strange = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(
          () -> {
            try (var socket = strange.accept()) {
              var _ = socket.getInputStream().read(new byte[10]);
              socket.getOutputStream().write(sent.getBytes(UTF_8));
            } catch (IOException e) {
              // The test tells.
            }
          });
      URI uri = URI.create("http://127.0.0.1:%d/".formatted(strange.getLocalPort()));
      assertThat(failure(Request.get(uri)).reason()).isEqualTo(Reason.BROKEN_OFF);
    }
  }

  @ParameterizedTest
  @CsvSource({"'X-A: b',c", "X-A,'b\r\nX-B: c'", "'',a", "X-A,'\u0000'", "X-A,'日'"})
  void sendsNoHeaderThatWouldBeMore(String name, String value) {
    Request get = Request.get(other.uri("/"));
    assertThatThrownBy(() -> get.with(name, value)).isInstanceOf(WrongInput.class);
  }

  @Test
  void showsNoSecret() {
    assertThat(Request.get(other.uri("/")).with("Authorization", "Bearer secret").toString())
        .doesNotContain("secret");
  }

  private NotAnswered failure(Request request) {
    return failure(outgoing, request);
  }

  private static NotAnswered failure(Outgoing outgoing, Request request) {
    return catchThrowableOfType(NotAnswered.class, () -> outgoing.ask(request));
  }

  private NotAnswered failure(Request request, Path file) {
    return catchThrowableOfType(NotAnswered.class, () -> outgoing.fetch(request, file));
  }
}
