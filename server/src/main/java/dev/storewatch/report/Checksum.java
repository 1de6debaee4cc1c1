package dev.storewatch.report;

import dev.storewatch.csv.CsvRows;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hexadecimal, by which two reports or two requests are compared. */
final class Checksum {
  private Checksum() {}

  /** Returns the checksum of a text. */
  static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the checksum of a report's full-detail CSV, which is never in memory as a whole. */
  static String of(ReportSpec spec, ReportTable rows) {
    MessageDigest digest = sha256();
    rows.writeTo(
        CsvRows.full(
            spec.windows(), new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
