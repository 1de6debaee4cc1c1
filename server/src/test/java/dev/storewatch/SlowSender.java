package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A client that promises a body and then all but stops. */
public final class SlowSender implements AutoCloseable {
  private static final int LENGTH = 50_000;

  private final URI uri;
  private final Socket socket;

  /**
   * Sends a head, and waits until the server wants to read the body that it promises: by then it
   * has found out who sends it, and let the request in.
   */
  public SlowSender(TestServer server, String path, String... headers) throws IOException {
    uri = URI.create(server.url() + path);
    socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    socket.setSoTimeout(20_000);
    StringBuilder head =
        new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    write(head + "Expect: 100-continue\r\nContent-Length: " + LENGTH + "\r\n\r\n");
    assertThat(readHead()).startsWith("HTTP/1.1 100 ");
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = 0; c >= 0 && !head.toString().endsWith("\r\n\r\n"); ) {
      c = socket.getInputStream().read();
      head.append((char) c);
    }
    return head.toString();
  }

  private void write(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Begins the body, sends a byte now and then until the server hangs up, and returns what it
   * answered.
   */
  public HttpResponse<String> answer() throws IOException {
    Thread trickle = Thread.ofVirtual().start(this::trickle);
    String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    trickle.interrupt();
    return RawAnswer.read(uri, answer);
  }

  /**
   * Sends the body at once, blanks after it, and returns what was answered; the head has to ask for
   * the end of the connection.
   */
  public HttpResponse<String> finish(String body) throws IOException {
    write(body + " ".repeat(LENGTH - body.length()));
    return RawAnswer.read(
        uri, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  private void trickle() {
    try {
      for (String next = "{"; ; next = "x") {
        write(next);
        Thread.sleep(10); // which is what makes it slow
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
