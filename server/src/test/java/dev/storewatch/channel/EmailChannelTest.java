package dev.storewatch.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.storewatch.SilentPort;
import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailChannelTest {
  /** The certificate of the test is nobody's, so who proves what is not looked at. */
  private static final Map<String, String> TRUSTING =
      Map.of("mail.smtp.ssl.trust", "*", "mail.smtp.ssl.checkserveridentity", "false");

  private final EmailChannel kind = new EmailChannel(InetAddress::getAllByName, TRUSTING);
  private GreenMail mail;

  @BeforeEach
  void start() {
    mail =
        new GreenMail(
            new ServerSetup[] {
              setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)
            });
    mail.start();
    mail.setUser("ops@example.com", "storewatch", "correct horse");
  }

  private static ServerSetup setup(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(60_000);
    return setup;
  }

  @AfterEach
  void stop() {
    mail.stop();
  }

  private static ChannelSettings settings(int port, String security, String... more) {
    Map<String, String> open =
        new HashMap<>(
            Map.of(
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(port),
                "security",
                security,
                "from",
                "Störwatch <storewatch@example.com>",
                "to",
                "ops@example.com, Ann <ann@example.com>"));
    for (int i = 0; i < more.length; i += 2) {
      open.put(more[i], more[i + 1]);
    }
    String password = open.remove("password");
    return new ChannelSettings(open, password == null ? Map.of() : Map.of("password", password));
  }

  private Outcome send(ChannelSettings settings) {
    kind.require(settings);
    return kind.send(Alerts.message(Alerts.down()), settings);
  }

  private ChannelSettings plain() {
    return settings(mail.getSmtp().getPort(), "none");
  }

  @Test
  void sendsTextAndHtmlToEachRecipient() throws Exception {
    assertThat(send(plain())).isEqualTo(new Outcome.Accepted("the mail server took it"));

    assertThat(mail.getReceivedMessages()).hasSize(2);
    MimeMessage got = mail.getReceivedMessages()[0];
    assertThat(got.getSubject()).isEqualTo("Main <Street> & 5th (8419537941919820732) is down");
    assertThat(got.getFrom()[0]).asString().contains("storewatch@example.com");
    assertThat(got.getHeader("Message-ID"))
        .containsExactly("<7b1c2f5e-0000-4000-8000-000000000001@storewatch>");
    assertThat(got.getHeader("References")).containsExactly("<incident-incident-1@storewatch>");
    assertThat(got.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(got.getSentDate().toInstant()).isEqualTo(Alerts.AT);
    Multipart both = (Multipart) got.getContent();
    assertThat(both.getContentType()).startsWith("multipart/alternative");
    assertThat(both.getBodyPart(0).getContent().toString())
        .contains("Main <Street> & 5th", "Open time lost: 15 min");
    assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(both.getBodyPart(1).getContent().toString())
        .contains("Main &lt;Street&gt; &amp; 5th");
  }

  @Test
  void takesAFileAlong() throws Exception {
    byte[] content = {'%', 'P', 'D', 'F', 0, (byte) 0xff};
    Message message =
        new Message(
            "7b1c2f5e-0000-4000-8000-000000000002",
            Alerts.AT,
            Alerts.down(),
            new Attachment("summary Łódź.pdf", "application/pdf", content));
    assertThat(kind.send(message, plain())).isInstanceOf(Outcome.Accepted.class);

    Multipart mixed = (Multipart) mail.getReceivedMessages()[0].getContent();
    assertThat(mixed.getContentType()).startsWith("multipart/mixed");
    Multipart words = (Multipart) mixed.getBodyPart(0).getContent();
    assertThat(words.getContentType()).startsWith("multipart/alternative");
    assertThat(mixed.getBodyPart(1).getContentType()).startsWith("application/pdf");
    assertThat(mixed.getBodyPart(1).getDisposition()).isEqualTo("attachment");
    assertThat(MimeUtility.decodeText(mixed.getBodyPart(1).getFileName()))
        .isEqualTo("summary Łódź.pdf");
    assertThat(mixed.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(content);
  }

  @Test
  void signsInOverTls() {
    int port = mail.getSmtps().getPort();

    assertThat(send(settings(port, "tls", "username", "storewatch", "password", "correct horse")))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(send(settings(port, "tls", "username", "storewatch", "password", "wrong one")))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).doesNotContain("wrong one"));
    assertThat(mail.getReceivedMessages()).hasSize(2);
  }

  @Test
  void encryptsByStarttlsBeforeItSignsIn() throws Exception {
    try (SmtpScript server = new SmtpScript(Map.of())) {
      assertThat(
              send(
                  settings(
                      server.port(), "starttls", "username", "u", "password", "correct horse")))
          .isInstanceOf(Outcome.Accepted.class);

      assertThat(server.isEncrypted()).isTrue();
      List<String> heard = server.heard();
      assertThat(heard.indexOf("STARTTLS"))
          .isLessThan(
              heard.indexOf(
                  heard.stream()
                      .filter(line -> line.startsWith("AUTH"))
                      .findFirst()
                      .orElseThrow()));
    }
  }

  /** Whoever is in between could take the offer of encryption away. */
  @Test
  void sendsNothingToAServerThatDoesNotEncrypt() {
    assertThat(send(settings(mail.getSmtp().getPort(), "starttls")))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.reason()).contains("STARTTLS"));
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void sendsNothingToAServerThatCannotProveWhoItIs() {
    EmailChannel careful = new EmailChannel(InetAddress::getAllByName);

    assertThat(
            careful.send(Alerts.message(Alerts.down()), settings(mail.getSmtps().getPort(), "tls")))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 451 later, false",
    "MAIL, 550 not you, true",
    "RCPT, 450 busy, false",
    "RCPT, 550 unknown, true",
    "DATA, 452 full, false",
    "DATA, 554 spam, true",
    "., 421 gone, false",
    "., 554 spam, true"
  })
  void triesAgainWhatPassesAndNotWhatIsRefused(String command, String reply, boolean forGood)
      throws Exception {
    try (SmtpScript server = new SmtpScript(Map.of(command, reply))) {
      Outcome outcome = send(settings(server.port(), "none"));

      assertThat(outcome).isInstanceOf(forGood ? Outcome.Refused.class : Outcome.Failed.class);
      assertThat(outcome.toString()).contains(reply.substring(4));
    }
  }

  @Test
  void triesAgainWhereNobodyListens() throws Exception {
    try (SilentPort port = new SilentPort()) {
      assertThat(send(settings(port.number(), "none"))).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void asksNoPrivateAddressThatIsNotAllowed() {
    try (Outgoing strict = new Outgoing(OutgoingSettings.standard())) {
      for (ChannelSettings settings :
          List.of(plain(), settings(mail.getSmtps().getPort(), "tls"))) {
        assertThat(
                new EmailChannel(strict::resolve, TRUSTING)
                    .send(Alerts.message(Alerts.down()), settings))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> assertThat(failed.reason()).contains("storewatch.outgoing.allowed"));
      }
    }
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to=nobody",
        "to=",
        "to=a@example.com\r\nBcc: b@example.com",
        "from=a@example.com, b@example.com",
        "port=0",
        "port=70000",
        "port=smtp",
        "security=ssl",
        "host=smtp example com",
        "username=ann"
      })
  void refusesWhatCannotBe(String setting) {
    String[] parts = setting.split("=", 2);
    ChannelSettings settings = settings(25, "none", parts[0], parts[1]);

    assertThatThrownBy(() -> kind.require(settings))
        .isInstanceOf(WrongInput.class)
        .hasMessageMatching("(?s).*(use |give both).*");
  }

  @Test
  void refusesAPasswordWithoutEncryption() {
    ChannelSettings settings = settings(25, "none", "username", "ann", "password", "secret one");

    assertThatThrownBy(() -> kind.require(settings))
        .hasMessageContaining("without encryption")
        .hasMessageNotContaining("secret one");
  }
}
