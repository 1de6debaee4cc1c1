package dev.storewatch.channel;

import dev.storewatch.input.WrongInput;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Mail by a server of SMTP, as text and HTML.
 *
 * <p>The server takes a mail to pass it on; whether it comes into a mailbox is not told, so a mail
 * is accepted at best. All mails about one incident belong to one thread.
 */
final class EmailChannel implements ChannelKind {
  private static final String HOST = "host";
  private static final String PORT = "port";
  private static final String SECURITY = "security";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String USER = "username";
  private static final String PASSWORD = "password";

  /** With these a mail goes encrypted or not at all; {@code none} is for the machine itself. */
  private static final Map<String, String> PORTS =
      Map.of("starttls", "587", "tls", "465", "none", "25");

  private static final int MOST_RECIPIENTS = 50;
  private static final int LAST_PORT = 65_535;
  private static final String TIMEOUT = "5000";

  /** The first answer of SMTP that says that it is no use to try again. */
  private static final int PERMANENT = 500;

  private final GuardedSockets sockets;
  private final Map<String, String> more;

  EmailChannel(GuardedSockets.Lookup lookup) {
    this(lookup, Map.of());
  }

  /**
   * Mail with more settings of the library.
   *
   * @param lookup how the addresses of mail servers are found that may be asked
   */
  EmailChannel(GuardedSockets.Lookup lookup, Map<String, String> more) {
    this.sockets = new GuardedSockets(lookup);
    this.more = Map.copyOf(more);
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.required(HOST, "the mail server", "smtp.example.com"),
        Field.required(FROM, "the sender", "Storewatch <storewatch@example.com>"),
        Field.required(TO, "the recipients, with commas between them", "ops@example.com"),
        Field.optional(SECURITY, "starttls unless it is tls or none", "starttls"),
        Field.optional(PORT, "the port, unless it is 587, 465 with tls or 25 with none", "587"),
        Field.optional(USER, "the name to sign in with", "storewatch"),
        Field.optionalSecret(PASSWORD, "the password", "correct horse battery"));
  }

  @Override
  public int perMinute() {
    return 60;
  }

  @Override
  public void check(ChannelSettings settings) {
    if (!PORTS.containsKey(security(settings))) {
      throw new WrongInput(
          "the security of mail is '%s': use starttls, tls or none".formatted(security(settings)));
    }
    String port = port(settings);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > LAST_PORT || port.matches("0+")) {
      throw new WrongInput("there is no port '%s': use for example 587".formatted(port));
    }
    if (!settings.get(HOST).matches("[A-Za-z0-9._:-]{1,253}")) {
      throw new WrongInput(
          "'%s' is not the name of a mail server: use for example smtp.example.com"
              .formatted(settings.get(HOST)));
    }
    if (addresses(FROM, settings).size() != 1) {
      throw new WrongInput("mail has one sender: use for example storewatch@example.com");
    }
    int recipients = addresses(TO, settings).size();
    if (recipients == 0 || recipients > MOST_RECIPIENTS) {
      throw new WrongInput(
          "mail has %d recipients: use 1 to %d, for example ops@example.com,ann@example.com"
              .formatted(recipients, MOST_RECIPIENTS));
    }
    if (settings.find(USER).isPresent() != settings.find(PASSWORD).isPresent()) {
      throw new WrongInput("mail is signed in to with a username and a password: give both");
    }
    if (settings.find(PASSWORD).isPresent() && security(settings).equals("none")) {
      throw new WrongInput(
          "a password is not sent without encryption: use starttls or tls as the security");
    }
  }

  private static String security(ChannelSettings settings) {
    return settings.get(SECURITY, "starttls");
  }

  private static String port(ChannelSettings settings) {
    return settings.get(PORT, Objects.requireNonNullElse(PORTS.get(security(settings)), "25"));
  }

  private static List<InternetAddress> addresses(String field, ChannelSettings settings) {
    String text = settings.get(field);
    if (text.chars().anyMatch(each -> each < ' ')) {
      throw wrongAddress(text, null);
    }
    try {
      List<InternetAddress> parsed = List.of(InternetAddress.parse(text, true));
      if (parsed.stream().anyMatch(each -> !each.getAddress().contains("@") || each.isGroup())) {
        throw wrongAddress(text, null);
      }
      return parsed;
    } catch (AddressException e) {
      throw wrongAddress(text, e);
    }
  }

  private static WrongInput wrongAddress(String text, @Nullable Exception cause) {
    return new WrongInput(
        "'%s' are not addresses of mail: use for example ops@example.com, Ann <ann@example.com>"
            .formatted(text),
        cause);
  }

  @Override
  public Outcome send(Message message, ChannelSettings settings) {
    Session session = Session.getInstance(properties(settings));
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(
          settings.get(HOST),
          Integer.parseInt(port(settings)),
          settings.find(USER).orElse(null),
          settings.find(PASSWORD).orElse(null));
      MimeMessage mail = mail(session, message, settings);
      transport.sendMessage(mail, mail.getAllRecipients());
      return new Outcome.Accepted("the mail server took it");
    } catch (SendFailedException e) {
      return notToAll(e);
    } catch (MessagingException e) {
      return Outcome.failed("the mail server: " + said(e));
    }
  }

  private Properties properties(ChannelSettings settings) {
    Properties properties = new Properties();
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.ssl.socketFactory", sockets);
    // Else the library connects by itself to what was refused.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    for (String limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.put("mail.smtp." + limit, TIMEOUT);
    }
    boolean starttls = security(settings).equals("starttls");
    properties.put("mail.smtp.starttls.enable", String.valueOf(starttls));
    properties.put("mail.smtp.starttls.required", String.valueOf(starttls));
    properties.put("mail.smtp.ssl.enable", String.valueOf(security(settings).equals("tls")));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.auth", String.valueOf(settings.find(USER).isPresent()));
    properties.put("mail.smtp.localhost", "storewatch");
    properties.putAll(more);
    return properties;
  }

  private static MimeMessage mail(Session session, Message message, ChannelSettings settings)
      throws MessagingException {
    String utf8 = StandardCharsets.UTF_8.name();
    Wording wording = message.wording();
    MimeMessage mail = new WithId(session, id(message.id()));
    mail.setFrom(addresses(FROM, settings).getFirst());
    mail.setRecipients(RecipientType.TO, addresses(TO, settings).toArray(Address[]::new));
    mail.setSubject(wording.title(), utf8);
    mail.setSentDate(Date.from(message.at()));
    mail.setHeader("References", id(thread(message.alert().incident())));
    mail.setHeader("Auto-Submitted", "auto-generated");
    Multipart both = new MimeMultipart("alternative");
    both.addBodyPart(part(wording.title() + "\n\n" + wording.text() + "\n", "plain"));
    both.addBodyPart(part(wording.html(), "html"));
    Attachment attachment = message.attachment();
    mail.setContent(attachment == null ? both : withFile(both, attachment));
    return mail;
  }

  private static Multipart withFile(Multipart words, Attachment attachment)
      throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setContent(words);
    MimeBodyPart file = new MimeBodyPart();
    file.setDataHandler(
        new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.type())));
    file.setFileName(attachment.name());
    file.setDisposition(Part.ATTACHMENT);
    Multipart mixed = new MimeMultipart("mixed");
    mixed.addBodyPart(text);
    mixed.addBodyPart(file);
    return mixed;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, StandardCharsets.UTF_8.name(), subtype);
    return part;
  }

  private static String id(String left) {
    return "<%s@storewatch>".formatted(left);
  }

  /** Returns what names an incident in a header. */
  private static String thread(String incident) {
    return "incident-" + incident.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** A mail whose id is that of the delivery, so that one that comes twice is told as one. */
  private static final class WithId extends MimeMessage {
    private final String id;

    WithId(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  /** Returns what came of a mail that the server did not take for everybody. */
  private static Outcome notToAll(SendFailedException failure) {
    Address[] sent = failure.getValidSentAddresses();
    if (sent != null && sent.length > 0) {
      return new Outcome.Accepted(
          "the mail server took it for %s, and not for others: %s"
              .formatted(names(sent), said(failure)));
    }
    String reason = "the mail server does not take it: " + said(failure);
    return isPermanent(failure) ? new Outcome.Refused(reason) : Outcome.failed(reason);
  }

  private static String names(Address[] addresses) {
    return Arrays.stream(addresses).map(Address::toString).collect(Collectors.joining(", "));
  }

  private static boolean isPermanent(MessagingException failure) {
    boolean permanent = false;
    for (Exception each = failure;
        each instanceof MessagingException one;
        each = one.getNextException()) {
      int code = code(one);
      if (code > 0 && code < PERMANENT) {
        return false;
      }
      permanent |= code >= PERMANENT;
    }
    return permanent;
  }

  private static int code(MessagingException failure) {
    return switch (failure) {
      case SMTPSendFailedException send -> send.getReturnCode();
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      default -> 0;
    };
  }

  /** Returns what a failure and those behind it say, the last of which knows most. */
  private static String said(MessagingException failure) {
    StringBuilder said = new StringBuilder(String.valueOf(failure.getMessage()));
    Exception next = failure.getNextException();
    while (next != null) {
      said.append("; ").append(next.getMessage());
      next = next instanceof MessagingException more ? more.getNextException() : null;
    }
    return Wording.cut(said.toString().strip(), 500);
  }
}
