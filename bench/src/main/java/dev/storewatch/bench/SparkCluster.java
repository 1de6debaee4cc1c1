package dev.storewatch.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark on this machine: a master and workers with one core each, as
 * processes of their own, which listen on loopback.
 */
final class SparkCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(2);

  /** A worker tells that it has found its master, and nobody else tells what they do. */
  private static final String LOGGING =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.out.ref = out
      appender.out.type = Console
      appender.out.name = out
      appender.out.layout.type = PatternLayout
      appender.out.layout.pattern = %m%n
      logger.worker.name = org.apache.spark.deploy.worker
      logger.worker.level = info
      """;

  private final String classPath;
  private final Path folder;
  private final String memory;
  private final List<Process> workers = new ArrayList<>();
  private final String url;
  private final Process master;
  private int programs;

  /**
   * Starts a cluster.
   *
   * @param classPath the program and Spark
   * @param folder where it writes
   * @param memory the heap of an executor, for example 1g
   */
  SparkCluster(int size, String classPath, Path folder, String memory)
      throws IOException, InterruptedException {
    this.classPath = classPath;
    this.folder = Files.createDirectories(folder);
    this.memory = memory;
    Files.createDirectories(folder.resolve("home/jars"));
    Files.writeString(folder.resolve("log4j2.properties"), LOGGING);
    String port = freePort();
    url = "spark://%s:%s".formatted(HOST, port);
    master =
        start(
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            HOST,
            "--port",
            port,
            "--webui-port",
            freePort());
    try {
      for (int worker = 0; worker < size; worker++) {
        String name = "worker" + worker;
        workers.add(
            start(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "16g",
                "--host",
                HOST,
                "--webui-port",
                freePort(),
                "--work-dir",
                folder.resolve(name).toString(),
                url));
      }
      for (int worker = 0; worker < size; worker++) {
        awaitWords("worker" + worker, "registered with master");
      }
    } catch (IOException | InterruptedException | IllegalStateException e) {
      close();
      throw e;
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private Process start(String name, String main, String... arguments) throws IOException {
    return start(
        name,
        List.of(
            "-Xmx512m",
            "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties").toUri()),
        main,
        arguments);
  }

  private Process start(String name, List<String> options, String main, String... arguments)
      throws IOException {
    String home = System.getProperty("java.home");
    List<String> command = new ArrayList<>();
    command.add(Path.of(home, "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME",
                home,
                "SPARK_LOCAL_IP",
                HOST,
                "SPARK_HOME",
                folder.resolve("home").toString(),
                "SPARK_SCALA_VERSION",
                "2.13"));
    return builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
  }

  private void awaitWords(String name, String words) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (!Files.readString(log(name)).contains(words)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s did not start: %s".formatted(name, Files.readString(log(name))));
      }
      Thread.sleep(SOON);
    }
  }

  /**
   * What a program took.
   *
   * @param seconds from its start to its end
   * @param cpuSeconds the time of the processor of its driver and its executors; 0 where the system
   *     does not tell
   * @param executorMegabytes the most memory that an executor had resident, likewise
   */
  record Took(double seconds, double cpuSeconds, double executorMegabytes, EventLog tasks) {}

  /** Runs a program to its end, and that of its executors. */
  Took run(String main, String... arguments) throws IOException, InterruptedException {
    String name = "program" + programs++;
    Path events = Files.createDirectories(folder.resolve(name + "-events"));
    List<String> options =
        List.of(
            "-Xmx1g",
            "-Dlog4j2.configurationFile=storewatch-log4j2.properties",
            "-Dspark.master=" + url,
            "-Dspark.executor.extraClassPath=" + classPath,
            "-Dspark.executor.memory=" + memory,
            "-Dspark.executor.cores=1",
            "-Dspark.driver.host=" + HOST,
            "-Dspark.driver.bindAddress=" + HOST,
            "-Dspark.ui.enabled=false",
            "-Dspark.local.dir=" + folder,
            "-Dspark.sql.shuffle.partitions=16",
            "-Dspark.eventLog.enabled=true",
            "-Dspark.eventLog.rolling.enabled=false",
            "-Dspark.eventLog.compress=false",
            "-Dspark.eventLog.dir=" + events.toUri());
    double cpu = ProcessTree.cpuSeconds();
    double peak = 0;
    long begun = System.nanoTime();
    Process driver = start(name, options, main, arguments);
    while (driver.isAlive()) {
      peak = Math.max(peak, peakOfExecutors());
      driver.waitFor(SOON);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (driver.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s".formatted(main, driver.exitValue(), Files.readString(log(name))));
    }
    long end = System.nanoTime() + LONG.toNanos();
    while (executors().findAny().isPresent() && System.nanoTime() < end) {
      Thread.sleep(SOON);
    }
    return new Took(seconds, ProcessTree.cpuSeconds() - cpu, peak, EventLog.in(events));
  }

  private Stream<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.toHandle().descendants());
  }

  private double peakOfExecutors() {
    return executors()
        .mapToDouble(executor -> WholeProcess.peakMegabytes(executor.pid()))
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(executors().toList());
    workers.forEach(worker -> all.add(worker.toHandle()));
    all.add(master.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      for (Process worker : workers) {
        boolean _ = worker.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
      }
      boolean _ = master.waitFor(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
