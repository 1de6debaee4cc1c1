package dev.storewatch.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rows as they turn up in real files and that cannot be read, one of each kind.
 *
 * <p>Every other field of such a row is valid, so that only the broken one can be the reason to
 * reject it.
 */
final class BrokenRows {
  private static final String AT = "2026-03-10 12:00:00.5 UTC";

  /** The first of two bytes of a character, and then no second one. */
  private static final byte[] NOT_UTF_8 = {'c', 'a', 'f', (byte) 0xC3, '('};

  private BrokenRows() {}

  /** Returns broken polls of a store. */
  static List<byte[]> polls(String id) {
    return List.of(
        row(id + ",active"),
        row(id + ",active," + AT + ",1"),
        row(id + ",perhaps," + AT),
        row(id + ",," + AT),
        row(id + ",active,2026-02-30 25:61:00 UTC"),
        row(id + ",inactive,yesterday"),
        row(",active," + AT),
        badlyEncodedRow(",active," + AT));
  }

  /** Returns broken opening hours of a store. */
  static List<byte[]> hours(String id) {
    return List.of(
        row(id + ",2,09:00:00"),
        row(id + ",2,09:00:00,17:00:00,1"),
        row(id + ",9,09:00:00,17:00:00"),
        row(id + ",2,25:00:00,26:00:00"),
        row(id + ",2,09:00:00,late"),
        row(",2,09:00:00,17:00:00"),
        badlyEncodedRow(",2,09:00:00,17:00:00"));
  }

  /** Returns broken zones of a store. */
  static List<byte[]> zones(String id) {
    return List.of(
        row(id),
        row(id + ",America/Chicago,1"),
        row(id + ",Mars/Olympus_Mons"),
        row(",America/Chicago"),
        badlyEncodedRow(",America/Chicago"));
  }

  private static byte[] row(String fields) {
    return (fields + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] badlyEncodedRow(String fieldsAfterId) {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.writeBytes(NOT_UTF_8);
    row.writeBytes(row(fieldsAfterId));
    return row.toByteArray();
  }
}
