package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.channel.Receiver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command alerts, on a data folder and through a server that holds it. */
@ResourceLock("System.in") // which is what somebody types, for the whole process
final class AlertCommandsTest {
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String OTHER = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
  private static final InputStream IN = System.in;

  @TempDir private Path path;
  private String out = "";
  private String err = "";

  @AfterEach
  void giveBack() {
    System.setIn(IN);
  }

  private int run(String typed, String... arguments) {
    List<String> all = new ArrayList<>(List.of("alerts"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--data", path.resolve("data").toString()));
    System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code;
    try (PrintStream toOut = new PrintStream(written, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
      code = Storewatch.run(toOut, toErr, all.toArray(String[]::new));
    }
    out = written.toString(StandardCharsets.UTF_8);
    err = messages.toString(StandardCharsets.UTF_8);
    assertThat(out + err).doesNotContain(SECRET, OTHER);
    return code;
  }

  private int add(String url, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "channels",
                "add",
                "--name",
                "hook",
                "--kind",
                "webhook",
                "--set",
                "url=" + url,
                "--secret-stdin"));
    arguments.addAll(List.of(more));
    return run("secret=" + SECRET + "\n", arguments.toArray(String[]::new));
  }

  @Test
  void enterChangeListAndDeleteChannelsInAFolder() {
    enterChangeListAndDelete("https://receiver.invalid/");
  }

  @Test
  void enterChangeListAndDeleteChannelsThroughAServer() {
    try (TestServer _ = TestServer.start(path.resolve("data"))) {
      enterChangeListAndDelete("https://receiver.invalid/");
    }
  }

  private void enterChangeListAndDelete(String url) {
    assertThat(add(url, "--per-minute", "30")).as(err).isZero();
    assertThat(out).startsWith("entered ").contains("hook", url, "with secret");
    assertThat(add(url)).isEqualTo(1);
    assertThat(err).contains("there is a channel 'hook'");

    assertThat(
            run(
                "secret=" + OTHER + "\n",
                "channels",
                "change",
                "hook",
                "--name",
                "new",
                "--secret-stdin"))
        .as(err)
        .isZero();
    assertThat(out).contains("with previous_secret, secret");
    assertThat(run("", "channels", "change", "new", "--no-secret", "previous_secret")).isZero();
    assertThat(run("", "channels", "list")).isZero();
    assertThat(out).contains(" new ").contains("with secret ").contains("0 waiting, 0 dead");

    assertThat(run("", "channels", "kinds")).isZero();
    assertThat(out).contains("slack, up to 60 messages a minute", "--secret routing_key");
    assertThat(run("", "channels", "delete", "new")).as(err).isZero();
    assertThat(run("", "channels", "list")).isZero();
    assertThat(out).isEqualTo("no channel\n");
    assertThat(run("", "channels", "delete", "new")).isEqualTo(1);
    assertThat(err).contains("there is no channel 'new'");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refuseWhatIsWrong(boolean throughServer) {
    try (TestServer _ = throughServer ? TestServer.start(path.resolve("data")) : null) {
      assertThat(run("", "channels", "add", "--name", "a", "--kind", "pigeon")).isNotZero();
      assertThat(err).contains("there is no kind of channel 'pigeon'");
      assertThat(run("", "channels", "add", "--name", "a", "--kind", "slack")).isNotZero();
      assertThat(err).contains("needs the secret 'url'");
      assertThat(run("", "deliveries", "--state", "lost")).isNotZero();
      assertThat(err).contains("there is no state 'lost'");
      assertThat(run("", "resend", "nothing")).isNotZero();
      assertThat(run("", "resend")).isEqualTo(2);
      assertThat(
              run("no name", "channels", "add", "--name", "a", "--kind", "slack", "--secret-stdin"))
          .isNotZero();
      assertThat(err).contains("has no name").doesNotContain("'no name'");
    }
  }

  @Test
  void sendATestAndTellWhatTheReceiverSaid() throws Exception {
    String allowed = "storewatch.outgoing.allowed: 127.0.0.1";
    try (Receiver receiver = new Receiver();
        TestServer _ = TestServer.startWith(path, allowed)) {
      assertThat(add(receiver.url("/hook"))).as(err).isZero();
      receiver.answersNext(Receiver.Reply.of(400, "not you"));

      assertThat(run("", "channels", "test", "hook")).isEqualTo(1);
      assertThat(out).contains("dead", "the receiver answered 400 'not you'");
      assertThat(run("", "deliveries", "--state", "dead", "--channel", "hook")).isZero();
      String id = out.substring(0, 36);

      assertThat(run("", "resend", id)).as(err).isZero();
      assertThat(run("", "channels", "test", "hook")).as(out + err).isZero();
      assertThat(out).contains("delivered", "the receiver answered 200");
      assertThat(run("", "resend", "--channel", "hook")).isZero();
      assertThat(out).isEqualTo("0 messages are queued again\n");
      assertThat(receiver.got()).hasSize(3);
      assertThat(receiver.got().getFirst().header("webhook-id")).isEqualTo(id);
      assertThat(receiver.got().get(1).header("webhook-id")).isEqualTo(id);
    }
  }

  /** What is entered while no server runs is sent when one does, with the same key. */
  @Test
  void queueATestForTheNextServer() throws Exception {
    try (Receiver receiver = new Receiver()) {
      assertThat(add(receiver.url("/hook"))).as(err).isZero();
      assertThat(run("", "channels", "test", "hook")).isZero();
      assertThat(out).contains("it is sent when a server runs");
      assertThat(run("", "deliveries")).isZero();
      assertThat(out).contains("queued", "not tried yet");

      try (TestServer _ = TestServer.startWith(path, "storewatch.outgoing.allowed: 127.0.0.1")) {
        Eventually.until("it is sent", () -> receiver.got().size() == 1);
      }
      assertThat(receiver.one().header("webhook-signature")).startsWith("v1,");
    }
  }
}
