package dev.storewatch.copy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table that both databases have.
 *
 * @param name its name
 * @param columns its columns, in the order in which their values are copied and compared
 * @param division how its rows are divided when they are many; null when they go in at once
 */
record Table(String name, List<Column> columns, @Nullable Division division) {
  private static final String OUTAGE =
      "id bigint, store_key integer, started_at bigint, last_up bigint, first_down bigint,"
          + " last_down bigint, ended_at bigint, next_up bigint, ended_by text,"
          + " open_micros bigint, found_at bigint";

  /** The tables whose rows go from one database to the other as they are. */
  static final List<Table> ALL =
      List.of(
          of(
              "store",
              "store_key integer, store_id text, name text, zone text, first_poll_at bigint,"
                  + " deleted boolean, hours_flagged_at bigint, zone_flagged_at bigint"),
          of("store_tag", "store_key integer, tag text"),
          of("business_hours", "store_key integer, day smallint, opens integer, closes integer"),
          of(
              "planned_closure",
              "id text, store_key integer, tag text, is_local boolean, from_time bigint,"
                  + " to_time bigint, repeats text, last_date integer, reason text,"
                  + " entered_at bigint, entered_by text, removed_at bigint, removed_by text,"
                  + " held_from integer, held_until integer"),
          of(
              "special_day",
              "id text, store_key integer, tag text, date integer, hours text, label text,"
                  + " entered_at bigint, entered_by text, removed_at bigint, removed_by text,"
                  + " held_from integer, held_until integer"),
          of(
              "dated_hours",
              "store_key integer, valid_from integer, hours text, entered_at bigint,"
                  + " entered_by text, removed_at bigint, removed_by text, held_from integer,"
                  + " held_until integer"),
          of(
              "revision",
              "number integer, kind text, made_at bigint, made_by text, cause text, stores text,"
                  + " from_at bigint, to_at bigint, changes bigint, zone_rules text"),
          of(
                  "store_past",
                  "store_key integer, until_revision integer, is_there boolean, zone text,"
                      + " first_poll_at bigint, hours text, hours_flagged_at bigint,"
                      + " zone_flagged_at bigint, tags text")
              .dividedBy("store_key", ofStores("store_past")),
          of(
                  "poll_past",
                  "store_key integer, polled_at bigint, active boolean, revision integer,"
                      + " until_revision integer")
              .dividedBy("store_key", ofStores("poll_past")),
          of("outage", OUTAGE).dividedBy("store_key", ofStores("outage")),
          of("outage_past", OUTAGE + ", said_until bigint, revision integer, withdrawn boolean")
              .dividedBy("store_key", ofStores("outage_past")),
          of("outage_progress", "revision integer, known_to bigint, basis text"),
          of(
                  "history_month",
                  "store_key integer, month integer, days integer, scheduled bigint, up bigint,"
                      + " down bigint, unknown bigint, excluded bigint, surely_up bigint,"
                      + " surely_down bigint, polls bigint, figures text")
              .dividedBy("store_key", ofStores("history_month")),
          of(
              "history_progress",
              "revision integer, known_to bigint, complete boolean, basis text, writer text"),
          of(
              "incident",
              "id bigint, trouble text, store_key integer, grouped text, stores integer,"
                  + " started_at bigint, opened_at bigint, ended_at bigint, closed_at bigint,"
                  + " ended_by text, open_micros bigint, outage_id bigint, member_of bigint,"
                  + " acknowledged_at bigint, acknowledged_by text, note text, is_news boolean"),
          of(
              "incident_told",
              "incident_id bigint, channel_id text, trouble text, told_at bigint,"
                  + " again_at bigint, end_told_at bigint"),
          of(
              "alert_route",
              "id text, channel_id text, tags text, troubles text, after_seconds bigint,"
                  + " quiet_from text, quiet_to text, quiet_zone text, digest boolean,"
                  + " entered_at bigint, entered_by text"),
          of(
              "alert_mute",
              "id text, store_key integer, tag text, until_at bigint, reason text,"
                  + " entered_at bigint, entered_by text"),
          of(
              "import_run",
              "id text, source text, kind text, state text, rows_read bigint, added bigint,"
                  + " repeated bigint, replaced bigint, rejected bigint, started_at bigint,"
                  + " ended_at bigint, error text, taken_by text, bytes bigint, bytes_read bigint,"
                  + " rows_seen bigint, notes text, options text, set_id text, set_more boolean,"
                  + " header text"),
          of("import_reject", "import_id text, line bigint, reason text, text text")
              .dividedBy(
                  "import_id",
                  "SELECT id, rejected FROM import_run WHERE rejected > 0 ORDER BY id"),
          of(
              "import_journal",
              "import_id text, number bigint, set_id text, kind text, written_at bigint,"
                  + " first_new_key integer, new_stores integer, stores text, kept text,"
                  + " written_from bigint, written_to bigint, knew text, known_from bigint,"
                  + " known_to bigint, touched text, polls text"),
          of("import_poll_change", "import_id text, number integer, polls text")
              .dividedBy(
                  "import_id",
                  """
                  SELECT import_id, 20000 * count(*) FROM import_poll_change
                  GROUP BY import_id ORDER BY import_id\
                  """),
          of(
                  "import_store_change",
                  "import_id text, store_key integer, part text, before text,"
                      + " before_flagged_at bigint, after text, after_flagged_at bigint")
              .dividedBy(
                  "import_id",
                  """
                  SELECT import_id, count(*) FROM import_store_change
                  GROUP BY import_id ORDER BY import_id\
                  """),
          of(
              "report",
              "number integer, id text, state text, as_of bigint, rule text, carry bigint,"
                  + " windows text, store_ids text, late_close boolean, scope text,"
                  + " asked_at bigint, asked_by text, idempotency_key text,"
                  + " idempotency_order text, started_at bigint, ended_at bigint, error text,"
                  + " row_count integer, checksum text, taken_by text, stores_done integer,"
                  + " stores_total integer, notices text, zone_rules text,"
                  + " tags text, revision integer, known_revision integer"),
          of(
                  "report_row",
                  "report_number integer, row_number integer, store_key integer,"
                      + " window_number smallint, scheduled bigint, up bigint, down bigint,"
                      + " unknown bigint, excluded bigint, surely_up bigint, surely_down bigint,"
                      + " polls bigint, window_start bigint, window_end bigint")
              .dividedBy(
                  "report_number",
                  """
                  SELECT CAST(number AS VARCHAR),
                    row_count * (1 + length(windows) - length(replace(windows, ',', '')))
                  FROM report WHERE row_count > 0 ORDER BY number\
                  """),
          of(
                  "report_block",
                  "report_number integer, first_store integer, stores text, figures text,"
                      + " ends text")
              .dividedBy(
                  "report_number",
                  """
                  SELECT CAST(number AS VARCHAR), row_count FROM report
                  WHERE row_count > 0 ORDER BY number\
                  """),
          of(
              "poll_source",
              "id text, name text, url text, every_seconds bigint, daily_at integer, zone text,"
                  + " secret text, sent_as text, kind text, options text, state text,"
                  + " taken_by text, bytes_read bigint, looks bigint, entered_at bigint,"
                  + " entered_by text, next_at bigint, etag text, modified text, hash text,"
                  + " imports bigint, failures integer, last_at bigint, outcome text, detail text,"
                  + " import_id text"),
          of(
              "store_probe",
              "store_key integer, url text, statuses text, text text, timeout_millis bigint,"
                  + " always boolean, entered_at bigint, entered_by text, outcome text,"
                  + " detail text, since_at bigint"),
          of(
              "kafka_offset",
              "topic text, partition_number integer, topic_id text, next_offset bigint,"
                  + " written_at bigint"),
          of(
              "access_key",
              "id text, name text, secret_hash text, role text, scope text, created_at bigint,"
                  + " expires_at bigint, revoked_at bigint, last_used_at bigint"),
          of(
              "access_user",
              "name text, password_hash text, role text, scope text, created_at bigint,"
                  + " removed_at bigint, last_sign_in_at bigint, networks text"),
          of(
              "alert_channel",
              "id text, name text, kind text, settings text, secrets text, per_minute integer,"
                  + " entered_at bigint, entered_by text, removed_at bigint, removed_by text,"
                  + " next_at bigint, failures integer, last_error text"),
          of(
                  "alert_delivery",
                  "number bigint, id text, channel_id text, incident text, kind text, alert text,"
                      + " state text, queued_at bigint, since_at bigint, due_at bigint,"
                      + " attempts integer, taken_by text, started_at bigint, ended_at bigint,"
                      + " note text")
              .dividedBy(
                  "channel_id",
                  """
                  SELECT channel_id, count(*) FROM alert_delivery
                  GROUP BY channel_id ORDER BY channel_id\
                  """),
          of("alert_attachment", "delivery_id text, name text, type text, content text")
              .dividedBy(
                  "delivery_id",
                  "SELECT delivery_id, 1000 FROM alert_attachment ORDER BY delivery_id"),
          of(
              "report_schedule",
              "id text, name text, every text, day integer, at_second integer, zone text,"
                  + " what text, request text, channel_id text, folder text, state text,"
                  + " taken_by text, tries bigint, looks bigint, entered_at bigint,"
                  + " entered_by text, next_at bigint, try_at bigint, due_at bigint,"
                  + " failures integer, last_at bigint, last_due bigint, outcome text,"
                  + " detail text, report_id text, delivery_id text"),
          of(
              "audit_entry",
              "number bigint, done_at bigint, who text, address text, action text, target text,"
                  + " outcome text, before text, after text"));

  /** The table of polls, which has ways of its own in and out. */
  static final Table POLL =
      of("poll", "store_key integer, polled_at bigint, active boolean, revision integer");

  /** A column. */
  record Column(String name, Type type) {}

  /** What the values of a column are, by the name that PostgreSQL has for it. */
  enum Type {
    SMALLINT,
    INTEGER,
    BIGINT,
    BOOLEAN,
    TEXT
  }

  /**
   * How the rows of a table are divided.
   *
   * @param column the column by whose values they are divided
   * @param counts a query that gives values of the column as texts, in order, each with about how
   *     many rows have it
   */
  record Division(String column, String counts) {}

  private static Table of(String name, String columns) {
    return new Table(
        name, Arrays.stream(columns.split(", ", -1)).map(Table::column).toList(), null);
  }

  /** Returns a query that counts the rows of a table that each store has. */
  private static String ofStores(String table) {
    return "SELECT CAST(store_key AS VARCHAR), count(*) FROM %s GROUP BY store_key ORDER BY store_key"
        .formatted(table);
  }

  private static Column column(String nameAndType) {
    String[] words = nameAndType.split(" ", -1);
    return new Column(words[0], Type.valueOf(words[1].toUpperCase(Locale.ROOT)));
  }

  private Table dividedBy(String column, String counts) {
    return new Table(name, columns, new Division(column, counts));
  }

  /** Returns the names of the columns, separated by commas. */
  String columnNames() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** Returns a query that reads some rows, numbers and truth values as whole numbers of 64 bits. */
  String select(Slice slice, String collation) {
    return "SELECT %s FROM %s%s"
        .formatted(
            columns.stream().map(Table::read).collect(Collectors.joining(", ")),
            name,
            slice.condition(this, collation));
  }

  private static String read(Column column) {
    return switch (column.type) {
      case TEXT -> column.name;
      case SMALLINT, INTEGER, BIGINT -> "CAST(%s AS BIGINT)".formatted(column.name);
      case BOOLEAN -> "CAST(CAST(%s AS INTEGER) AS BIGINT)".formatted(column.name);
    };
  }

  /** Returns the type of a column. */
  Type typeOf(String column) {
    return columns.stream().filter(one -> one.name.equals(column)).findFirst().orElseThrow().type;
  }
}
