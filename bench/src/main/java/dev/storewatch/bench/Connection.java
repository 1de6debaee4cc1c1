package dev.storewatch.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One kept-alive connection over which requests go one after the other. It does as little as
 * possible, because it takes the processors from the server that it measures.
 */
final class Connection implements Closeable {
  private final String host;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] body = new byte[8192];
  private int length;

  Connection(URI server) throws IOException {
    host = server.getAuthority();
    socket = new Socket(server.getHost(), server.getPort());
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    in = new BufferedInputStream(socket.getInputStream(), 16_384);
    out = socket.getOutputStream();
  }

  /** Returns the bytes of a request without a body. */
  byte[] request(String method, String path) {
    return "%s %s HTTP/1.1\r\nHost: %s\r\nAccept: */*\r\nContent-Length: 0\r\n\r\n"
        .formatted(method, path, host)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends a request and returns the status of the answer, whose body is kept until the next. */
  int send(byte[] request) throws IOException {
    out.write(request);
    return answer();
  }

  /** Returns the stream to which a part of a request is written by hand. */
  OutputStream out() {
    return out;
  }

  /** Returns the head of a request whose body has a number of bytes. */
  byte[] head(String method, String path, String type, long bytes) {
    return "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
        .formatted(method, path, host, type, bytes)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads an answer and returns its status. */
  int answer() throws IOException {
    String status = line();
    long declared = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        declared = Long.parseLong(line.substring(15).strip());
      } else if (line.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
        chunked = line.contains("chunked");
      }
    }
    length = 0;
    if (chunked) {
      readChunks();
    } else {
      readFully((int) declared);
    }
    return Integer.parseInt(status.substring(9, 12));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    int value = in.read();
    while (value != '\n') {
      if (value < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (value != '\r') {
        line.append((char) value);
      }
      value = in.read();
    }
    return line.toString();
  }

  private void readChunks() throws IOException {
    int size = Integer.parseInt(line(), 16);
    while (size > 0) {
      readFully(size);
      line();
      size = Integer.parseInt(line(), 16);
    }
    line();
  }

  private void readFully(int count) throws IOException {
    if (body.length < length + count) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, length + count));
    }
    if (in.readNBytes(body, length, count) < count) {
      throw new EOFException("the answer breaks off");
    }
    length += count;
  }

  /** Returns the body of the last answer. */
  String body() {
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
