package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of separate processes on this machine, of which one is killed in the middle. */
@Tag("long")
final class ClusterTest {
  private static final Instant FIRST = Instant.parse("2023-01-18T00:00:00Z");
  private static final int STORES = 2_000;
  private static final int FILES = 12;

  private final List<Process> started = new ArrayList<>();
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stopAll() throws InterruptedException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
  }

  private Process start(String name, String main, String... arguments) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("jars"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_HOME", home.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "TZ", "America/Chicago"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private Process startJob(String master, String out) throws IOException {
    return startJob(master, folder.resolve("polls").toString(), out);
  }

  private Process startJob(String master, String polls, String out) throws IOException {
    return start(
        "job-" + out.replace('.', '-'),
        "dev.storewatch.spark.ClusterTest$Job",
        master,
        System.getProperty("java.class.path"),
        polls,
        folder.resolve(out).toString());
  }

  /** The job as a driver of its own, since a process has one Spark alone. */
  static final class Job {
    private Job() {}

    public static void main(String[] arguments) {
      System.setProperty("spark.master", arguments[0]);
      System.setProperty("spark.executor.extraClassPath", arguments[1]);
      System.setProperty("spark.executor.memory", "512m");
      System.setProperty("spark.executor.cores", "1");
      System.setProperty("spark.ui.enabled", "false");
      System.setProperty("spark.driver.host", "127.0.0.1");
      System.setProperty("spark.driver.bindAddress", "127.0.0.1");
      System.setProperty("spark.sql.shuffle.partitions", "6");
      System.setProperty(
          "spark.hadoop.fs.%s.impl".formatted(ForgetfulFiles.SCHEME),
          ForgetfulFiles.class.getName());
      UptimeJob.main(new String[] {"--polls", arguments[2], "--out", arguments[3], "--one-file"});
    }
  }

  private void writePolls() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Files.createDirectories(folder.resolve("polls"));
    for (int file = 0; file < FILES; file++) {
      StringBuilder lines = new StringBuilder("store_id,status,timestamp_utc\n");
      for (int store = 0; store < STORES; store++) {
        for (int hour = 0; hour < 12; hour++) {
          lines
              .append(store)
              .append(random.nextInt(5) > 0 ? ",active," : ",inactive,")
              .append(FIRST.plusSeconds(3_600L * (12 * file + hour) + random.nextInt(3_600)))
              .append('\n');
        }
      }
      Files.writeString(folder.resolve("polls/%02d.csv".formatted(file)), lines);
    }
  }

  private boolean hasStaging() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(".killed.csv."));
    }
  }

  /** Starts a master and two workers, and returns the address of the master. */
  private String startCluster(List<Process> workers) throws IOException {
    String port = freePort();
    String master = "spark://127.0.0.1:" + port;
    start(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--webui-port",
        freePort());
    for (int worker = 0; worker < 2; worker++) {
      workers.add(
          start(
              "worker" + worker,
              "org.apache.spark.deploy.worker.Worker",
              "--cores",
              "1",
              "--memory",
              "1g",
              "--host",
              "127.0.0.1",
              "--webui-port",
              freePort(),
              master));
    }
    return master;
  }

  /** A task without memory ends its executor, and each further one that tries it again. */
  @Test
  void keepsTheOldOutputAndSaysWhatToDoWithoutMemory() throws Exception {
    Files.createDirectories(folder.resolve("polls"));
    Files.writeString(
        folder.resolve("polls/a.csv"), "store_id,status,timestamp_utc\ns,active,2023-01-24T10Z\n");
    Files.writeString(folder.resolve("out.csv"), "old");
    String master = startCluster(new ArrayList<>());

    Process job =
        startJob(master, "%s://%s/polls".formatted(ForgetfulFiles.SCHEME, folder), "out.csv");

    assertThat(job.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(log("job-out-csv"))
        .containsPattern(
            "storewatch: an executor ran out of memory \\(.*\\): give it more with"
                + " --executor-memory, or divide the polls into more parts with --partitions;"
                + " nothing was written");
    assertThat(job.exitValue()).isEqualTo(1);
    assertThat(folder.resolve("out.csv")).hasContent("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void givesTheSameBytesThoughAWorkerIsKilled() throws Exception {
    writePolls();
    Session.Run here =
        Session.run(
            "--polls",
            folder.resolve("polls").toString(),
            "--out",
            folder.resolve("here.csv").toString(),
            "--one-file");
    assertThat(here.code()).as(here.err()).isZero();
    List<Process> workers = new ArrayList<>();
    String master = startCluster(workers);

    Process whole = startJob(master, "whole.csv");
    assertThat(whole.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(whole.exitValue()).as(log("job-whole-csv")).isZero();
    assertThat(folder.resolve("whole.csv")).hasSameBinaryContentAs(folder.resolve("here.csv"));

    Process hurt = startJob(master, "killed.csv");
    while (hurt.isAlive() && !hasStaging()) {
      Thread.sleep(Duration.ofMillis(10));
    }
    workers.getFirst().descendants().forEach(ProcessHandle::destroyForcibly);
    workers.getFirst().destroyForcibly();
    assertThat(hurt.waitFor(240, TimeUnit.SECONDS)).isTrue();
    assertThat(hurt.exitValue()).as(log("job-killed-csv")).isZero();
    assertThat(folder.resolve("killed.csv")).hasSameBinaryContentAs(folder.resolve("here.csv"));
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }
}
