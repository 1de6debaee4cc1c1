package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.storewatch.Eventually;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alertmanager itself, where it is installed: what it tells its own receivers of our alerts. */
final class RealAlertmanagerTest {
  private static final String PROGRAM = "prometheus-alertmanager";

  @TempDir private Path folder;
  private Receiver told;
  private Outgoing outgoing;
  private Process alertmanager;
  private String url;

  @BeforeEach
  void start() throws IOException {
    Optional<Path> program = installed();
    assumeTrue(
        program.isPresent(), "%s is not installed: apt-get install %s".formatted(PROGRAM, PROGRAM));
    told = new Receiver();
    outgoing = new Outgoing(OutgoingSettings.allowing("127.0.0.1"));
    int port = freePort();
    url = "http://127.0.0.1:" + port;
    Path config =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            """
            route:
              receiver: test
              group_by: [incident]
              group_wait: 0s
              group_interval: 1s
            receivers:
              - name: test
                webhook_configs:
                  - url: %s
                    send_resolved: true
            """
                .formatted(told.url("/told")));
    alertmanager =
        new ProcessBuilder(
                program.orElseThrow().toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Eventually.until(
        "Alertmanager takes alerts",
        () -> send(Alerts.of("first", Alert.Kind.STARTED)) instanceof Outcome.Accepted);
  }

  private static Optional<Path> installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (alertmanager == null) {
      return;
    }
    alertmanager.destroy();
    if (!alertmanager.waitFor(10, TimeUnit.SECONDS)) {
      alertmanager.destroyForcibly();
    }
    outgoing.close();
    told.close();
  }

  private Outcome send(Alert alert) {
    return new AlertmanagerChannel(new HttpReceiver(outgoing))
        .send(
            new Message("7b1c2f5e-0000-4000-8000-000000000001", Instant.now(), alert),
            new ChannelSettings(Map.of("url", url), Map.of()));
  }

  /** Returns what its receiver was told of an incident, as {@code firing} and {@code resolved}. */
  private List<String> told(String incident) {
    JsonMapper json = new JsonMapper();
    return told.got().stream()
        .map(got -> json.readTree(got.body()))
        .filter(body -> body.at("/groupLabels/incident").asString().equals(incident))
        .map(body -> body.get("status").stringValue())
        .toList();
  }

  private void awaitTold(String incident, String... statuses) {
    List<String> _ =
        Eventually.until(
            "Alertmanager tells of " + incident,
            () -> told(incident),
            all -> all.equals(List.of(statuses)));
  }

  @Test
  void tellsOfTheBeginningAndOfTheEnd() {
    send(Alerts.of("incident-1", Alert.Kind.STARTED));
    awaitTold("incident-1", "firing");

    send(Alerts.of("incident-1", Alert.Kind.ENDED));
    awaitTold("incident-1", "firing", "resolved");

    JsonNode last = new JsonMapper().readTree(told.got().getLast().body()).at("/alerts/0");
    assertThat(last.at("/labels/store_id").stringValue()).isEqualTo(Alerts.LONG_ID);
    assertThat(last.at("/annotations/summary").stringValue()).startsWith("Over: ");
  }

  @Test
  void tellsOfWhatWasFoundLate() {
    send(Alerts.of("incident-2", Alert.Kind.FOUND_LATE));

    awaitTold("incident-2", "firing");
  }
}
