package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.storewatch.input.WrongInput;
import dev.storewatch.setting.BadSetting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What may be set of polls from Kafka, and what becomes of it. */
@Isolated // it reads the log, which is one for the process
final class KafkaSettingsTest {
  private static final String SECRET = "pa\"ss\\word-of-kafka";
  private static final Map<String, String> BASE =
      Map.of("bootstrap-servers", "127.0.0.1:9092,[::1]:9092", "topics", "polls,more.polls");
  private static final Map<String, String> SASL =
      Map.of(
          "security-protocol", "SASL_SSL",
          "sasl-mechanism", "SCRAM-SHA-512",
          "username", "watch\"er",
          "password", "env:STOREWATCH_SECRET_KAFKA");

  private static KafkaSettings settings(List<Map<String, String>> all) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    all.forEach(one -> one.forEach((name, value) -> source.put("k." + name, value)));
    return new Binder(source).bindOrCreate("k", KafkaSettings.class);
  }

  private static KafkaClient client(List<Map<String, String>> all) {
    return new KafkaClient(settings(all), KafkaSettingsTest::secret, null);
  }

  private static @Nullable String secret(String name) {
    return name.equals("STOREWATCH_SECRET_KAFKA") ? SECRET : null;
  }

  @Test
  void readsNothingUnlessTopicsAreNamed() {
    assertThat(settings(List.of()).isOn()).isFalse();
    assertThat(settings(List.of(BASE)).isOn()).isTrue();
  }

  @Test
  void isAsTheReaderNeedsItWhateverElseIsSaid() {
    Map<String, Object> properties =
        client(List.of(BASE, Map.of("client.max.poll.records", "7"))).properties();

    assertThat(properties)
        .containsEntry("bootstrap.servers", List.of("127.0.0.1:9092", "[::1]:9092"))
        .containsEntry("group.id", "storewatch")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("auto.offset.reset", "none")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("security.protocol", "PLAINTEXT")
        .containsEntry("max.poll.records", "7")
        .doesNotContainKey("sasl.jaas.config");
  }

  @Test
  void signsInWithASecretThatIsWrittenNowhere() {
    try (Logged logged = new Logged("org.apache.kafka", Level.TRACE)) {
      KafkaClient client =
          client(
              List.of(
                  BASE, SASL, Map.of("client.ssl.key.password", "env:STOREWATCH_SECRET_KAFKA")));

      assertThat(client.properties())
          .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
          .containsEntry("ssl.key.password", SECRET)
          .containsEntry(
              "sasl.jaas.config",
              """
              org.apache.kafka.common.security.scram.ScramLoginModule required \
              username="watch\\"er" password="pa\\"ss\\\\word-of-kafka";\
              """);
      client.consumer().close();
      client.admin().close();

      assertThat(logged.messages())
          .anySatisfy(message -> assertThat(message).contains("sasl.jaas.config = [hidden]"))
          .allSatisfy(message -> assertThat(message).doesNotContain("word-of-kafka"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap-servers | kafka        | use hosts with their ports, for example kafka-1",
        "bootstrap-servers | ''           | bootstrap-servers is missing: name the brokers",
        "topics            | ''           | topics is missing: name the topics",
        "topics            | a b          | use names of topics, for example store-polls",
        "topics            | a,a          | each once",
        "group             | ' '          | use 1 to 249 letters, for example storewatch",
        "record-bytes      | 17MB         | use 1B to 16MB, for example 1MB",
        "security-protocol | TLS          | use PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL",
        "security-protocol | SASL_SSL     | sasl-mechanism is missing",
        "username          | me           | says that nobody signs in: use SASL_SSL",
      })
  void refusesWhatCannotWork(String name, String value, String problem) {
    assertThatThrownBy(() -> settings(List.of(BASE, Map.of(name, value))))
        .satisfies(failure -> assertThat(message(failure)).contains("storewatch.kafka.", problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sasl-mechanism | GSSAPI  | use PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
        "password       | hunter2 | storewatch.kafka.password: secret says where the secret is",
      })
  void refusesToSignInAnotherWay(String name, String value, String problem) {
    assertThatThrownBy(() -> settings(List.of(BASE, SASL, Map.of(name, value))))
        .satisfies(
            failure -> assertThat(message(failure)).contains(problem).doesNotContain("hunter2"));
  }

  /** Returns what the command line says of a start that failed. */
  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof WrongInput)) {
      cause = Objects.requireNonNull(cause.getCause());
    }
    return String.valueOf(cause.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group.id                | x       | is set by the program itself",
        "no.such.thing           | x       | Kafka's consumer has no setting no.such.thing",
        "ssl.key.password        | hunter2 | client.ssl.key.password: secret says where",
        "ssl.keystore.password   | env:STOREWATCH_SECRET_OTHER | the environment of the server",
        "session.timeout.ms      | often   | session.timeout.ms",
        "ssl.truststore.location | /gone   | client is not as Kafka wants it",
      })
  void refusesSettingsOfTheConsumerThatItCannotHave(String name, String value, String problem) {
    assertThatThrownBy(() -> client(List.of(BASE, SASL, Map.of("client." + name, value))))
        .isInstanceOfAny(WrongInput.class, BadSetting.class)
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("hunter2");
  }
}
