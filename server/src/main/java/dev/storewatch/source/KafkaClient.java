package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import dev.storewatch.setting.BadSetting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The way to the brokers of Kafka, as the settings describe it. */
final class KafkaClient {
  /** What the settings call by names of their own, or what the reader rests on. */
  private static final Set<String> OURS =
      Set.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          "security.protocol",
          "sasl.mechanism",
          "sasl.jaas.config");

  private final KafkaSettings settings;
  private final SecretReference.Environment environment;
  private final @Nullable Path secrets;

  /**
   * A way to brokers.
   *
   * @param secrets the folder of files that may be secrets; null if there is none
   * @throws WrongInput if Kafka does not know a setting, or a secret is missing
   */
  KafkaClient(
      KafkaSettings settings, SecretReference.Environment environment, @Nullable Path secrets) {
    this.settings = settings;
    this.environment = environment;
    this.secrets = secrets;
    if (settings.isOn()) {
      check();
    }
  }

  private void check() {
    settings.client().forEach(KafkaClient::checkName);
    try {
      consumer().close();
    } catch (KafkaException e) {
      String why = innermost(e);
      if (!why.contains("No resolvable bootstrap urls")) {
        throw new BadSetting(
            "%s.client is not as Kafka wants it: %s".formatted(KafkaSettings.PREFIX, why), e);
      }
    }
  }

  /** Returns what the innermost failure says: those around it only say that there was one. */
  static String innermost(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.getMessage() == null ? inner.toString() : inner.getMessage();
  }

  private static void checkName(String name, String value) {
    if (OURS.contains(name)) {
      throw new WrongInput(
          "%s.client.%s is set by the program itself: leave it out, or use the setting of %s that says the same"
              .formatted(KafkaSettings.PREFIX, name, KafkaSettings.PREFIX));
    }
    ConfigDef.ConfigKey key = ConsumerConfig.configDef().configKeys().get(name);
    if (key == null) {
      throw new WrongInput(
          "Kafka's consumer has no setting %s, which %s.client names: use one that it has, for example %s.client.ssl.truststore.location"
              .formatted(name, KafkaSettings.PREFIX, KafkaSettings.PREFIX));
    }
    if (isSecret(key)) {
      SecretReference _ = KafkaSettings.reference("client." + name, value);
    }
  }

  private static boolean isSecret(ConfigDef.ConfigKey key) {
    return key.type() == ConfigDef.Type.PASSWORD;
  }

  /** Returns a consumer that is in no group yet. */
  Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(properties());
  }

  /** Returns a client that asks brokers what topics there are. */
  Admin admin() {
    Map<String, Object> all = properties();
    all.keySet().retainAll(AdminClientConfig.configNames());
    return Admin.create(all);
  }

  /** Returns the settings of the consumer, with the secrets as they are at the moment. */
  Map<String, Object> properties() {
    Map<String, Object> all = new HashMap<>();
    all.put(ConsumerConfig.CLIENT_ID_CONFIG, "storewatch");
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
    all.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 10_000);
    // Neither to the broker nor by JMX: the server has metrics of its own.
    all.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    all.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    settings.client().forEach((name, value) -> all.put(name, value(name, value)));
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    all.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    addSecurity(all);
    return all;
  }

  private String value(String name, String said) {
    ConfigDef.ConfigKey key = ConsumerConfig.configDef().configKeys().get(name);
    return key != null && isSecret(key)
        ? read("client." + name, KafkaSettings.reference("client." + name, said))
        : said;
  }

  private void addSecurity(Map<String, Object> all) {
    all.put("security.protocol", settings.securityProtocol());
    String mechanism = settings.saslMechanism();
    String password = settings.password();
    if (mechanism == null || password == null) {
      return;
    }
    String module =
        mechanism.equals("PLAIN")
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    all.put("sasl.mechanism", mechanism);
    all.put(
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";"
            .formatted(
                module,
                quoted(String.valueOf(settings.username())),
                quoted(read("password", KafkaSettings.reference("password", password)))));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private String read(String name, SecretReference reference) {
    try {
      return reference.read(environment, secrets);
    } catch (SecretReference.Missing e) {
      throw new WrongInput(
          "%s.%s is %s, but %s".formatted(KafkaSettings.PREFIX, name, reference, e.getMessage()),
          e);
    }
  }
}
