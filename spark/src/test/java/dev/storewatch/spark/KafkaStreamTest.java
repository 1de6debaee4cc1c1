package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream in a process of its own, which is killed, with a real broker in another one. */
@Tag("long")
final class KafkaStreamTest {
  private static final Instant FIRST = Instant.parse("2023-01-24T00:00:00Z");
  private static final int PARTITIONS = 3;
  private static final int POLLS = 4_000;
  private static final int KILLS = 2;

  private final List<Process> started = new ArrayList<>();
  private final String port = freePort();
  @TempDir private Path folder = Path.of("");

  /** What holds of each store and instant at the end. */
  private final Map<String, String> last = new TreeMap<>();

  KafkaStreamTest() throws IOException {}

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private Process java(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(Map.of("SPARK_LOCAL_IP", "127.0.0.1", "TZ", "America/Chicago"));
    String log = main.substring(main.lastIndexOf('.') + 1) + ".log";
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  private String address() {
    return "127.0.0.1:" + port;
  }

  private void startBroker() throws Exception {
    String controller = freePort();
    Files.writeString(
        folder.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$s
        listeners=PLAINTEXT://127.0.0.1:%1$s,CONTROLLER://127.0.0.1:%2$s
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$s
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        """
            .formatted(port, controller, folder.resolve("data")));
    Process format =
        java(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "4L6g3nShT-eMCtK--X86sw",
            "-c",
            "server.properties");
    assertThat(format.waitFor()).as(log("StorageTool")).isZero();
    Process broker = java("kafka.Kafka", "server.properties");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      while (!answers(admin)) {
        assertThat(broker.isAlive()).as(log("Kafka")).isTrue();
      }
      admin.createTopics(List.of(new NewTopic("polls", PARTITIONS, (short) 1))).all().get();
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get(1, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** Sends polls, of which some are late, some correct others, and some are none. */
  private void send(int round) throws Exception {
    SplittableRandom random = new SplittableRandom(round);
    List<Future<?>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < POLLS; i++) {
        int store = random.nextInt(100);
        // Few instants, so that polls of this round and of earlier ones are said again.
        Instant at = FIRST.plusSeconds(1_800L * random.nextInt(100));
        String status = random.nextInt(5) > 0 ? "active" : "inactive";
        last.put(store + "," + at, store + "," + status + "," + at);
        byte[] value = "%d,%s,%s".formatted(store, status, at).getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>("polls", store % PARTITIONS, null, value)));
      }
      byte[] poison = "poison".getBytes(StandardCharsets.UTF_8);
      sent.add(producer.send(new ProducerRecord<>("polls", 0, null, poison)));
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  /** The stream, whose batches are small. */
  static final class Stream {
    private Stream() {}

    public static void main(String[] arguments) {
      System.setProperty("spark.master", "local[2]");
      System.setProperty("spark.ui.enabled", "false");
      System.setProperty("spark.driver.host", "127.0.0.1");
      System.setProperty("spark.driver.bindAddress", "127.0.0.1");
      System.setProperty("spark.sql.shuffle.partitions", "2");
      PollStream.main(arguments);
    }
  }

  private Process stream(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap",
                address(),
                "--topic",
                "polls",
                "--lake",
                folder.resolve("lake").toString(),
                "--checkpoint",
                folder.resolve("checkpoint").toString(),
                "--every",
                "PT0.2S",
                "--most-records",
                "2000"));
    arguments.addAll(List.of(more));
    return java("dev.storewatch.spark.KafkaStreamTest$Stream", arguments.toArray(String[]::new));
  }

  private long batch() throws IOException {
    Path manifest = folder.resolve("lake/manifest.json");
    return Files.exists(manifest)
        ? new ObjectMapper().readTree(manifest.toFile()).path("stream").path("batch").asLong()
        : -1;
  }

  @Test
  void hasEachPollOnceThoughTheStreamIsKilled() throws Exception {
    startBroker();
    SplittableRandom random = new SplittableRandom(7);
    for (int kill = 0; kill < KILLS; kill++) {
      send(kill);
      long before = batch();
      Process stream = stream();
      while (batch() <= before) {
        assertThat(stream.isAlive()).as(log("KafkaStreamTest$Stream")).isTrue();
        Thread.sleep(Duration.ofMillis(10));
      }
      Thread.sleep(Duration.ofMillis(random.nextInt(500))); // somewhere in the next batch
      stream.destroyForcibly().waitFor();
    }
    Process rest = stream("--once", "--figures", folder.resolve("figures").toString());
    assertThat(rest.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(rest.exitValue()).as(log("KafkaStreamTest$Stream")).isZero();

    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("lake/manifest.json").toFile());
    assertThat(manifest.path("polls").asInt()).isEqualTo(last.size());
    long rows = 0;
    for (JsonNode file : manifest.path("files")) {
      rows += file.path("path").asText().startsWith("polls/") ? file.path("rows").asLong() : 0;
    }
    assertThat(rows).isEqualTo((long) KILLS * POLLS);
    long rejected = 0;
    try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("lake/rejects"))) {
      for (Path file : files.toList()) {
        rejected += Files.readAllLines(file).size() - 1;
      }
    }
    assertThat(rejected).isEqualTo(KILLS);
    Files.writeString(
        folder.resolve("polls.csv"),
        "store_id,status,timestamp_utc\n" + String.join("\n", last.values()) + "\n");
    assertThat(report("lake.csv", "--lake", "lake"))
        .isEqualTo(report("files.csv", "--polls", "polls.csv"));
  }

  private String report(String out, String option, String input) throws IOException {
    Path file = folder.resolve(out);
    Session.Run run =
        Session.run(
            option, folder.resolve(input).toString(), "--out", file.toString(), "--one-file");
    assertThat(run.code()).as(run.err()).isZero();
    return Files.readString(file);
  }
}
