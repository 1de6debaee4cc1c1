package dev.storewatch.cli;

import dev.storewatch.quality.Notice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** A reader of reports row by row, whatever their size. */
final class ReportReader {
  private static final JsonMapper JSON = new JsonMapper();

  private ReportReader() {}

  /**
   * Passes each row of a report to a receiver. The rows wait in a temporary file, so that a server
   * need not wait for the receiver.
   *
   * @param request for a report in JSON
   * @return what to know about the data that the report rests on
   */
  static List<Notice> read(ReportMaker maker, ReportOptions request, Consumer<JsonNode> receiver)
      throws IOException {
    Path file = Files.createTempFile("storewatch-report-", ".json");
    try {
      List<Notice> notices;
      try (OutputStream out = Files.newOutputStream(file)) {
        notices = maker.report(request, out);
      }
      try (MappingIterator<JsonNode> rows = JSON.readerFor(JsonNode.class).readValues(file)) {
        rows.forEachRemaining(receiver);
      }
      return notices;
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
