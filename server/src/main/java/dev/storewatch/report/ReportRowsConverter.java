package dev.storewatch.report;

import dev.storewatch.report.RowWriters.Format;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * The converter that writes the rows of reports to HTTP answers, as the media type that the client
 * prefers.
 */
@Component
final class ReportRowsConverter extends AbstractHttpMessageConverter<ReportRows> {
  static final MediaType CSV_UTF8 = MediaType.parseMediaType("text/csv;charset=UTF-8");

  ReportRowsConverter() {
    super(CSV_UTF8, MediaType.APPLICATION_JSON);
  }

  @Override
  protected boolean supports(Class<?> type) {
    return type == ReportRows.class;
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected ReportRows readInternal(Class<? extends ReportRows> type, HttpInputMessage input) {
    throw new HttpMessageNotReadableException("rows are never read", input);
  }

  @Override
  protected void writeInternal(ReportRows rows, HttpOutputMessage output) throws IOException {
    boolean json =
        MediaType.APPLICATION_JSON.isCompatibleWith(output.getHeaders().getContentType());
    rows.writeTo(output.getBody(), json ? Format.JSON : Format.CSV);
  }
}
