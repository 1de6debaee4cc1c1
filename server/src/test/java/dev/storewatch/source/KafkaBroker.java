package dev.storewatch.source;

import dev.storewatch.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker in a process of its own, which can be killed and started again on its data. */
public final class KafkaBroker implements AutoCloseable {
  private final Path folder;
  private final int port = freePort();
  private @Nullable Process process;
  private @Nullable KafkaProducer<byte[], byte[]> producer;

  /** Starts a broker that has its data in a folder, and waits until it answers. */
  public KafkaBroker(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    Files.writeString(folder.resolve("server.properties"), properties());
    Files.writeString(
        folder.resolve("logback.xml"),
        """
        <configuration>
          <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %level %logger{0}: %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="OUT"/></root>
        </configuration>
        """);
    int status =
        java(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                "4L6g3nShT-eMCtK--X86sw",
                "-c",
                "server.properties")
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          "the storage could not be formatted: " + Files.readString(folder.resolve("out")));
    }
    start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String properties() {
    int controller = freePort();
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%3$s
    auto.create.topics.enable=false
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=1
    group.initial.rebalance.delay.ms=0
    log.segment.delete.delay.ms=100
    """
        .formatted(port, controller, folder.resolve("data"));
  }

  private Process java(String main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
        .start();
  }

  /** Starts it again, and waits until it answers. */
  public void start() throws Exception {
    Process started = java("kafka.Kafka", "server.properties");
    process = started;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      Eventually.until(
          "the broker answers",
          () -> {
            if (!started.isAlive()) {
              throw new IllegalStateException(
                  "the broker ended: " + Files.readString(folder.resolve("out")));
            }
            return answers(admin);
          });
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Returns the address of the broker. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Ends it at once, in the middle of whatever it does. */
  public void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Makes a topic. */
  public void make(String topic, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    }
  }

  /** Deletes a topic with all that is in it. */
  public void delete(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      admin.deleteTopics(List.of(topic)).all().get();
      Eventually.until(
          "the topic is gone", () -> !admin.listTopics().names().get().contains(topic));
    }
  }

  /** Sends a value without a key, and does not wait until it is there. */
  public Future<?> send(String topic, int partition, @Nullable String value) {
    KafkaProducer<byte[], byte[]> known = producer;
    if (known == null) {
      known =
          new KafkaProducer<>(
              Map.of(
                  "bootstrap.servers",
                  address(),
                  "delivery.timeout.ms",
                  180_000,
                  "max.block.ms",
                  180_000),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      producer = known;
    }
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    return known.send(new ProducerRecord<>(topic, partition, null, bytes));
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    kill();
  }
}
