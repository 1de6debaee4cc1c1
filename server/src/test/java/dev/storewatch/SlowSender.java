package dev.storewatch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A client that begins to send a body and then all but stops. */
public final class SlowSender implements AutoCloseable {
  private static final int LENGTH = 50_000;

  private final URI uri;
  private final Socket socket;

  /** Sends a head, which promises a body, and the first byte of that. */
  public SlowSender(TestServer server, String path, String... headers) throws IOException {
    uri = URI.create(server.url() + path);
    socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    socket.setSoTimeout(20_000);
    StringBuilder head =
        new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    write(head + "Content-Length: " + LENGTH + "\r\n\r\n{");
  }

  private void write(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Sends a byte now and then until the server hangs up, and returns what it answered. */
  public HttpResponse<String> answer() throws IOException {
    Thread trickle = Thread.ofVirtual().start(this::trickle);
    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    trickle.interrupt();
    return RawAnswer.read(uri, answer);
  }

  /**
   * Sends the rest of the body at once, blanks after it, and returns what was answered; the head
   * has to ask for the end of the connection.
   */
  public HttpResponse<String> finish(String rest) throws IOException {
    write(rest + " ".repeat(LENGTH - 1 - rest.length()));
    return RawAnswer.read(
        uri, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  private void trickle() {
    try {
      while (true) {
        Thread.sleep(10); // which is what makes it slow
        write("x");
      }
    } catch (IOException | InterruptedException e) {
      // The server has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
