package dev.storewatch.outgoing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The reader of one answer, called by the threads of the client. A success may go to a file;
 * everything else stays in memory as far as the limit lets it.
 */
final class AnswerReader extends AbstractBinResponseConsumer<Answer> {
  /** The size up to which an answer is kept that is not written to the file, as for a message. */
  private static final int MOST_IN_MEMORY = 1024 * 1024;

  private static final int CHUNK = 64 * 1024;

  private final Request request;
  private final @Nullable Path file;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Map<String, List<String>> headers = new TreeMap<>();
  private @Nullable OutputStream out;
  private Charset charset = StandardCharsets.UTF_8;
  private int status;
  private String version = "";
  private long bytes;
  private boolean cut;

  /**
   * A reader of an answer.
   *
   * @param file where the body of a success goes, or null to keep it in memory
   */
  AnswerReader(Request request, @Nullable Path file) {
    this.request = request;
    this.file = file;
  }

  /** As much of a body was read as is wanted; the rest is not waited for. */
  static final class Enough extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** A body is larger than the file may be. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    private TooLarge(long most) {
      super("the answer is larger than %d bytes".formatted(most));
    }
  }

  @Override
  protected void start(HttpResponse response, @Nullable ContentType type) throws IOException {
    status = response.getCode();
    version = String.valueOf(response.getVersion());
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(String.valueOf(header.getValue()));
    }
    if (type != null && type.getCharset() != null) {
      charset = type.getCharset();
    }
    if (file != null && status >= 200 && status < 300) {
      out = Files.newOutputStream(file);
    }
  }

  @Override
  protected int capacityIncrement() {
    return CHUNK;
  }

  @Override
  protected void data(ByteBuffer part, boolean last) throws IOException {
    if (out == null) {
      keep(part);
    } else {
      write(out, part);
    }
  }

  private void keep(ByteBuffer part) throws Enough {
    int left = (int) (Math.min(request.mostBytes(), MOST_IN_MEMORY) - bytes);
    int read = Math.min(left, part.remaining());
    byte[] taken = new byte[read];
    part.get(taken);
    kept.write(taken, 0, read);
    bytes += read;
    if (part.hasRemaining()) {
      cut = true;
      throw new Enough();
    }
  }

  private void write(OutputStream to, ByteBuffer part) throws IOException {
    bytes += part.remaining();
    if (bytes > request.mostBytes()) {
      throw new TooLarge(request.mostBytes());
    }
    byte[] taken = new byte[part.remaining()];
    part.get(taken);
    to.write(taken);
  }

  @Override
  protected Answer buildResult() {
    return answer(request.uri());
  }

  /** Returns the answer as far as it was read. */
  Answer answer(URI uri) {
    return new Answer(
        status,
        version,
        uri,
        Map.copyOf(headers),
        kept.toString(charset),
        bytes,
        cut,
        Duration.ZERO);
  }

  @Override
  public void releaseResources() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      failed(e);
    }
  }
}
