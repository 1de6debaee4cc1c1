package dev.storewatch.report;

import dev.storewatch.http.AnswerConverter;
import dev.storewatch.report.RowWriters.Format;
import java.io.IOException;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * The converter that writes the rows of reports to HTTP answers, as the media type that the client
 * prefers.
 */
@Component
final class ReportRowsConverter extends AnswerConverter<ReportRows> {
  static final MediaType CSV_UTF8 = MediaType.parseMediaType("text/csv;charset=UTF-8");

  ReportRowsConverter() {
    super(ReportRows.class, CSV_UTF8, MediaType.APPLICATION_JSON);
  }

  @Override
  protected void writeInternal(ReportRows rows, HttpOutputMessage output) throws IOException {
    boolean json =
        MediaType.APPLICATION_JSON.isCompatibleWith(output.getHeaders().getContentType());
    rows.writeTo(output.getBody(), json ? Format.JSON : Format.CSV);
  }
}
