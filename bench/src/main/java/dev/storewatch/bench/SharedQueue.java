package dev.storewatch.bench;

import dev.storewatch.database.DatabaseSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The time in which one server, and two that share its database, work through queued reports. */
final class SharedQueue {
  private static final int REPORTS = 20;
  private static final int ROUNDS = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private final DatabaseSettings database;
  private final String launcher;
  private final Path scratch;
  private final PrintWriter out;

  SharedQueue(DatabaseSettings database, String launcher, Path scratch, PrintWriter out) {
    this.database = database;
    this.launcher = launcher;
    this.scratch = scratch;
    this.out = out;
  }

  /**
   * Measures both. All reports are requested from the first server, so that the second one is the
   * only difference.
   */
  void measure() throws Exception {
    double[] alone = new double[ROUNDS];
    double[] shared = new double[ROUNDS];
    List<String> shares = new ArrayList<>();
    try (Installed watching = new Installed(scratch.resolve("data"), database);
        ServerProcess first = start("first")) {
      workOff(first.url());
      for (int i = 0; i < ROUNDS; i++) {
        alone[i] = Times.once(() -> workOff(first.url()));
        try (ServerProcess second = start("second")) {
          workOff(second.url());
          int before = newest(watching);
          shared[i] = Times.once(() -> workOff(first.url()));
          shares.add(shares(watching, before));
        }
      }
    }
    Times one = new Times("%d reports by one server".formatted(REPORTS), alone);
    Times two = new Times("%d reports by two servers".formatted(REPORTS), shared);
    Times.print(out, List.of(one, two));
    out.printf("%-45s %6.2f%n", "two servers / one", two.median() / one.median());
    out.printf("reports that each of the two computed: %s%n", String.join(", ", shares));
  }

  private ServerProcess start(String name) throws Exception {
    Map<String, String> environment = new HashMap<>();
    // Not passed as an argument, because it may hold a password.
    database.forEach(
        (setting, value) ->
            environment.put(
                "STOREWATCH_DATABASE_"
                    + setting.substring(setting.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT),
                value));
    return ServerProcess.start(launcher, scratch.resolve(name), environment);
  }

  private static void workOff(URI url) throws IOException, InterruptedException {
    try (Connection connection = new Connection(url)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < REPORTS; i++) {
        ids.add(ask(connection, "POST", "/trigger_report").path("report_id").asString());
      }
      for (String id : ids) {
        await(connection, "/get_report/" + id);
      }
    }
  }

  private static void await(Connection connection, String path)
      throws IOException, InterruptedException {
    String status = ask(connection, "GET", path).path("status").asString();
    while (status.equals("Running")) {
      Thread.sleep(10);
      status = ask(connection, "GET", path).path("status").asString();
    }
    if (!status.equals("Complete")) {
      throw new IllegalStateException("a report failed: " + connection.body());
    }
  }

  private static JsonNode ask(Connection connection, String method, String path)
      throws IOException {
    int status = connection.send(connection.request(method, path));
    if (status != 200) {
      throw new IllegalStateException("the server answered " + status + ": " + connection.body());
    }
    return JSON.readTree(connection.body());
  }

  private static int newest(Installed watching) {
    return watching
        .database()
        .jdbc()
        .sql("SELECT max(number) FROM report")
        .query(Integer.class)
        .single();
  }

  private static String shares(Installed watching, int after) {
    return watching
        .database()
        .jdbc()
        .sql(
            """
            SELECT string_agg(reports::text, ' + ' ORDER BY reports DESC)
            FROM (SELECT count(*) AS reports FROM report WHERE number > ? GROUP BY taken_by) each\
            """)
        .param(after)
        .query(String.class)
        .single();
  }
}
