package dev.storewatch.report;

import dev.storewatch.hours.LateClose;
import dev.storewatch.quality.Findings;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The columns of the table {@code report}, and how a report is read from and written to them. */
final class ReportColumns {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * All of them by name: with {@code *}, a prepared statement fails when a newer version of the
   * program adds one.
   */
  static final String ALL =
      """
      number, id, state, as_of, rule, carry, windows, store_ids, late_close, scope, asked_at, asked_by,
      idempotency_key, idempotency_order, started_at, ended_at, row_count, checksum, error,
      notices, zone_rules, tags, revision, known_revision\
      """;

  private ReportColumns() {}

  static String format(List<Window> windows) {
    return windows.stream().map(Window::format).collect(Collectors.joining(","));
  }

  /** Returns texts as a JSON array; null for null. */
  static @Nullable String format(@Nullable Collection<String> texts) {
    return texts == null ? null : JSON.writeValueAsString(texts);
  }

  static Report report(ResultSet row, int index) throws SQLException {
    Long asOf = nullableLong(row, "as_of");
    return new Report(
        row.getInt("number"),
        row.getString("id"),
        asOf == null ? OptionalLong.empty() : OptionalLong.of(asOf),
        spec(row, asOf == null ? 0 : asOf),
        new RequestOrigin(row.getLong("asked_at"), row.getString("asked_by"), once(row)),
        state(row));
  }

  private static ReportSpec spec(ResultSet row, long asOf) throws SQLException {
    return new ReportSpec(
        asOf,
        Rule.of(row.getString("rule"), Duration.of(row.getLong("carry"), ChronoUnit.MICROS)),
        Window.parseAll(row.getString("windows")),
        texts(row.getString("store_ids")),
        LateClose.asMidnight(row.getBoolean("late_close")),
        Scope.of(texts(row.getString("scope"))),
        Objects.requireNonNullElse(texts(row.getString("tags")), List.of()),
        nullableInt(row, "known_revision"));
  }

  private static RequestOrigin.@Nullable Once once(ResultSet row) throws SQLException {
    String key = row.getString("idempotency_key");
    return key == null ? null : new RequestOrigin.Once(key, row.getString("idempotency_order"));
  }

  private static ReportState state(ResultSet row) throws SQLException {
    long started = row.getLong("started_at");
    long ended = row.getLong("ended_at");
    String state = row.getString("state");
    return switch (state) {
      case "queued" -> new ReportState.Queued();
      case "running" -> new ReportState.Running(started);
      case "complete" ->
          new ReportState.Complete(
              started,
              ended,
              row.getInt("row_count"),
              row.getString("checksum"),
              Findings.ofKept(row.getString("notices")),
              row.getString("zone_rules"),
              nullableInt(row, "revision"));
      case "failed" -> new ReportState.Failed(started, ended, row.getString("error"));
      default -> throw new IllegalStateException("a report has the state '" + state + "'");
    };
  }

  private static @Nullable List<String> texts(@Nullable String json) {
    return json == null ? null : JSON.readValue(json, new TypeReference<List<String>>() {});
  }

  private static @Nullable Integer nullableInt(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : Integer.valueOf(value);
  }

  private static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
