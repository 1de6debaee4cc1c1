package dev.storewatch.dialect;

import dev.storewatch.input.WrongInput;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the interfaces of the old systems, {@code storewatch.dialect.*}.
 *
 * @param getReport what {@code /get_report} answers about a complete report where the path and the
 *     client do not tell: {@code json} for its state and where its file is, {@code file} for the
 *     file itself
 */
@ConfigurationProperties(prefix = "storewatch.dialect")
record DialectSettings(@DefaultValue("json") String getReport) {
  private static final String FILE = "file";

  DialectSettings {
    if (!getReport.equals("json") && !getReport.equals(FILE)) {
      throw new WrongInput(
          "storewatch.dialect.get-report is '%s': use json or file".formatted(getReport));
    }
  }

  /** Returns whether the file itself is the answer. */
  boolean answersWithFile() {
    return getReport.equals(FILE);
  }
}
