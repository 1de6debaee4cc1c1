package dev.storewatch.quality;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** The converter that writes faults to HTTP answers as CSV, row by row. */
@Component
final class FaultCsvConverter extends AbstractHttpMessageConverter<FaultCsv> {
  static final MediaType CSV_UTF8 = MediaType.parseMediaType("text/csv;charset=UTF-8");

  FaultCsvConverter() {
    super(CSV_UTF8);
  }

  @Override
  protected boolean supports(Class<?> type) {
    return type == FaultCsv.class;
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected FaultCsv readInternal(Class<? extends FaultCsv> type, HttpInputMessage input) {
    throw new HttpMessageNotReadableException("faults are never read", input);
  }

  @Override
  protected void writeInternal(FaultCsv rows, HttpOutputMessage output) throws IOException {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(output.getBody(), StandardCharsets.UTF_8));
    FaultWriters.<RuntimeException>write(
        FaultWriters.Format.CSV, receiver -> rows.faults().all().forEach(receiver), out);
    if (out.checkError()) {
      throw new IOException("the client is gone");
    }
  }
}
