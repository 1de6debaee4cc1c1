package dev.storewatch.http;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** The converter that writes {@link StreamedText} to HTTP answers, in UTF-8. */
@Component
final class StreamedTextConverter extends AnswerConverter<StreamedText> {
  StreamedTextConverter() {
    super(StreamedText.class, MediaType.ALL);
  }

  @Override
  protected void writeInternal(StreamedText text, HttpOutputMessage output) throws IOException {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(output.getBody(), StandardCharsets.UTF_8));
    text.writing().accept(out);
    out.flush();
    if (out.checkError()) {
      throw new IOException("the client is gone");
    }
  }
}
