package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of polls from Kafka, {@code storewatch.kafka.*}.
 *
 * @param bootstrapServers brokers that are asked first, such as {@code kafka-1.example.com:9092};
 *     without them nothing is read from Kafka
 * @param topics the topics whose records are polls
 * @param group the consumer group, in which servers on the same database share the partitions
 * @param format what values are: {@code json}, an object or an array of them; {@code csv}, a poll
 *     on each line; or {@code auto}, told by the first character of each value
 * @param start where a partition is begun of which nothing was read before: {@code earliest}, or
 *     {@code latest} for what comes from then on
 * @param knownStoresOnly whether polls of stores that are not there are rejected; otherwise they
 *     add the store
 * @param recordBytes the largest value that is read; a larger one is rejected
 * @param securityProtocol how brokers are spoken to: {@code PLAINTEXT}, {@code SSL}, {@code
 *     SASL_PLAINTEXT} or {@code SASL_SSL}
 * @param saslMechanism how the server proves who it is, with {@code SASL_...}: {@code PLAIN},
 *     {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}
 * @param username the user, with {@code SASL_...}
 * @param password where its password is: {@code env:STOREWATCH_SECRET_...} or {@code file:NAME} of
 *     the folder {@code storewatch.sources.secrets}
 * @param client more settings of Kafka's consumer by their own names, such as {@code
 *     ssl.truststore.location}; those that are secrets say where the secret is, as {@code password}
 *     does
 */
@ConfigurationProperties(prefix = KafkaSettings.PREFIX)
public record KafkaSettings(
    @DefaultValue List<String> bootstrapServers,
    @DefaultValue List<String> topics,
    @DefaultValue("storewatch") String group,
    @DefaultValue("auto") KafkaFormat format,
    @DefaultValue("earliest") Start start,
    @DefaultValue("false") boolean knownStoresOnly,
    @DefaultValue("1MB") DataSize recordBytes,
    @DefaultValue("PLAINTEXT") String securityProtocol,
    @Nullable String saslMechanism,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue Map<String, String> client) {
  static final String PREFIX = "storewatch.kafka";

  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
  private static final Pattern SERVER =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}");
  private static final List<String> PROTOCOLS =
      List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
  private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
  private static final int MOST_TOPICS = 100;
  private static final DataSize LARGEST = DataSize.ofMegabytes(16);

  /** Where a partition is begun of which nothing was read before. */
  public enum Start {
    /** With its first record. */
    EARLIEST,
    /** With the first record that comes from then on. */
    LATEST
  }

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid or missing
   */
  public KafkaSettings {
    bootstrapServers = List.copyOf(bootstrapServers);
    topics = List.copyOf(topics);
    client = Map.copyOf(client);
    checkWhatIsRead(bootstrapServers, topics);
    require(
        !group.isBlank() && group.length() <= 249,
        "group",
        group,
        "1 to 249 letters",
        "storewatch");
    require(
        recordBytes.toBytes() > 0 && recordBytes.compareTo(LARGEST) <= 0,
        "record-bytes",
        recordBytes,
        "1B to 16MB",
        "1MB");
    require(
        PROTOCOLS.contains(securityProtocol),
        "security-protocol",
        securityProtocol,
        String.join(", ", PROTOCOLS),
        "SASL_SSL");
    checkSasl(securityProtocol.startsWith("SASL_"), saslMechanism, username, password);
  }

  private static void checkWhatIsRead(List<String> servers, List<String> topics) {
    for (String server : servers) {
      require(
          SERVER.matcher(server).matches(),
          "bootstrap-servers",
          server,
          "hosts with their ports",
          "kafka-1.example.com:9092,kafka-2.example.com:9092");
    }
    for (String topic : topics) {
      require(TOPIC.matcher(topic).matches(), "topics", topic, "names of topics", "store-polls");
    }
    require(
        topics.size() <= MOST_TOPICS && topics.stream().distinct().count() == topics.size(),
        "topics",
        "%d topics".formatted(topics.size()),
        "at most %d, each once".formatted(MOST_TOPICS),
        "store-polls");
    if (servers.isEmpty() != topics.isEmpty()) {
      throw missing(
          topics.isEmpty() ? "topics" : "bootstrap-servers",
          topics.isEmpty() ? "the topics whose records are polls" : "the brokers to be asked",
          topics.isEmpty() ? "store-polls" : "kafka-1.example.com:9092");
    }
  }

  private static void checkSasl(
      boolean isUsed,
      @Nullable String mechanism,
      @Nullable String username,
      @Nullable String password) {
    if (!isUsed) {
      if (mechanism != null || username != null || password != null) {
        throw new WrongInput(
            "%s.security-protocol says that nobody signs in: use SASL_SSL, or leave out sasl-mechanism, username and password"
                .formatted(PREFIX));
      }
      return;
    }
    if (mechanism == null) {
      throw missing("sasl-mechanism", "one of " + String.join(", ", MECHANISMS), "SCRAM-SHA-512");
    }
    require(
        MECHANISMS.contains(mechanism),
        "sasl-mechanism",
        mechanism,
        String.join(", ", MECHANISMS),
        "SCRAM-SHA-512");
    if (username == null || password == null) {
      throw missing(
          username == null ? "username" : "password",
          username == null ? "the user" : "where its password is",
          username == null ? "storewatch" : "env:STOREWATCH_SECRET_KAFKA");
    }
    var _ = reference("password", password);
  }

  /**
   * Reads where a secret is.
   *
   * @throws WrongInput if the text does not say so; it is not repeated, as it may be the secret
   */
  static SecretReference reference(String name, String text) {
    try {
      return SecretReference.parse(text);
    } catch (WrongInput e) {
      throw new WrongInput("%s.%s: %s".formatted(PREFIX, name, e.getMessage()), e);
    }
  }

  private static WrongInput missing(String name, String what, String example) {
    return new WrongInput(
        "%s.%s is missing: name %s, for example %s".formatted(PREFIX, name, what, example));
  }

  private static void require(
      boolean right, String name, Object value, String use, String example) {
    if (!right) {
      throw new WrongInput(
          "%s.%s is '%s': use %s, for example %s".formatted(PREFIX, name, value, use, example));
    }
  }

  /** Returns whether anything is read from Kafka. */
  boolean isOn() {
    return !topics.isEmpty();
  }
}
