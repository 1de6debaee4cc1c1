package dev.storewatch.bench;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.timeline.Explainer;
import dev.storewatch.uptime.Rule;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main job on PostgreSQL, measured with plain statements of the same server beside it. It is
 * measured in rounds, so that other work on the machine slows all of them alike.
 */
final class PostgresJob {
  private static final String IMPORT = "import, durable";
  private static final String COPY_IN = "plain COPY into an empty table with its primary key";
  private static final String MERGE = "the same by a staging table and one INSERT ON CONFLICT";
  private static final String AGAIN = "the same file imported again";
  private static final String MERGE_AGAIN = "again by a staging table and one INSERT ON CONFLICT";
  private static final String REPORT = "report: scan, engine, rows and CSV";
  private static final String COPY_OUT = "plain COPY of all polls out, thrown away";
  private static final String INCREMENT = "hourly increment: one poll of each store";

  /** How often short work is measured in each round. */
  private static final int TURNS = 3;

  private static final int EXPLANATIONS = 500;

  private final Inputs inputs;
  private final ScratchSchema schema;
  private final Path scratch;
  private final int rounds;
  private final PrintWriter out;
  private final Map<String, List<Double>> measured = new LinkedHashMap<>();
  private @Nullable PlainCopy plain;

  PostgresJob(Inputs inputs, ScratchSchema schema, Path scratch, int rounds, PrintWriter out) {
    this.inputs = inputs;
    this.schema = schema;
    this.scratch = scratch;
    this.rounds = rounds;
    this.out = out;
  }

  void measure(String launcher) throws Exception {
    describe();
    for (int i = 0; i <= rounds; i++) {
      try (Installed installed = fresh()) {
        measureAll(installed);
        if (i == 0) {
          measured.clear();
        } else if (i == rounds) {
          explainSingly(installed);
        }
      }
    }
    Times.print(out, measured.keySet().stream().map(this::times).toList());
    ratio("import / plain copy in with its index", IMPORT, COPY_IN);
    ratio("import / staging table and merge", IMPORT, MERGE);
    ratio("imported again / import", AGAIN, IMPORT);
    ratio("imported again / staging table and merge", AGAIN, MERGE_AGAIN);
    ratio("report / plain copy out", REPORT, COPY_OUT);
    new SharedQueue(schema.settings(), launcher, scratch, out).measure();
  }

  private void describe() throws Exception {
    out.printf(
        "%s, %d processors, Java %s; medians of %d rounds after one that is not counted%n",
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        rounds);
    out.println(schema.description());
    for (Path file : inputs.all()) {
      out.printf("  %s  %.1f MB%n", file.getFileName(), Files.size(file) / 1e6);
    }
  }

  private Installed fresh() throws Exception {
    schema.renew();
    Installed installed = new Installed(scratch.resolve("data"), schema.settings());
    installed.importHoursAndZones(inputs);
    return installed;
  }

  private void measureAll(Installed installed) throws Exception {
    writing(IMPORT, () -> installed.importFile(inputs.polls()));
    PlainCopy copy = plain(installed);
    PlainCopy.makeTable(installed, "copied");
    PlainCopy.makeTable(installed, "merged");
    writing(COPY_IN, () -> copy.in(installed, "copied"));
    writing(MERGE, () -> copy.merge(installed, "merged"));
    writing(AGAIN, () -> installed.importFile(inputs.polls()));
    writing(MERGE_AGAIN, () -> copy.merge(installed, "merged"));
    // The first reader of new rows marks them as committed, which costs writes. This read does so,
    // that no measured one has to.
    var _ = PlainCopy.out(installed);
    for (int i = 0; i < TURNS; i++) {
      add(REPORT, () -> installed.report(OutputStream.nullOutputStream()));
      add(COPY_OUT, () -> PlainCopy.out(installed));
    }
    for (int i = 0; i < TURNS; i++) {
      byte[] file = MainJob.hourlyPolls(installed);
      add(INCREMENT, () -> installed.importBytes(file));
    }
  }

  private PlainCopy plain(Installed installed) throws Exception {
    PlainCopy ready = plain;
    if (ready == null) {
      ready = PlainCopy.of(installed);
      plain = ready;
      long polls = count(installed, "SELECT count(*) FROM poll");
      long bytes =
          count(
              installed,
              "SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('poll')");
      out.printf(
          "%,d polls of %,d stores, %.1f MB in the database, %.1f bytes each%n",
          polls, installed.stores().registry().size(), bytes / 1e6, (double) bytes / polls);
    }
    return ready;
  }

  private static long count(Installed installed, String sql) {
    return installed.database().jdbc().sql(sql).query(Long.class).single();
  }

  private void writing(String name, Times.Work work) throws Exception {
    schema.settle();
    add(name, work);
  }

  private void add(String name, Times.Work work) throws Exception {
    double millis = Times.once(work);
    measured.computeIfAbsent(name, key -> new ArrayList<>()).add(millis);
  }

  private Times times(String name) {
    return new Times(
        name,
        measured.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void ratio(String name, String what, String to) {
    out.printf("%-45s %6.2f%n", name, times(what).median() / times(to).median());
  }

  private void explainSingly(Installed installed) {
    Explainer explainer =
        new Explainer(installed.database(), installed.stores(), installed.polls());
    Registry registry = installed.stores().registry();
    long asOf = installed.newest();
    Span week = Span.endingAt(asOf, 7 * Micros.DAY);
    int[] keys =
        Arrays.stream(registry.keysById()).filter(key -> registry.hasPollBy(key, asOf)).toArray();
    Latencies latencies = new Latencies();
    for (int i = -50; i < EXPLANATIONS; i++) {
      String id = registry.id(keys[Math.floorMod(i * 7919, keys.length)]);
      long begun = System.nanoTime();
      explainer.explain(Scope.EVERYTHING, id, asOf, Rule.standard(), week, LateClose.AS_GIVEN);
      if (i >= 0) {
        latencies.add(System.nanoTime() - begun);
      }
    }
    out.printf(
        "one store explained, a week: p50 %.1f ms, p99 %.1f ms (%d stores)%n",
        latencies.within(0.5), latencies.within(0.99), EXPLANATIONS);
  }
}
