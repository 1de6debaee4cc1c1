package dev.storewatch.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server in front of another one that sends pages as a slow network does: the first rows of their
 * tables one by one. Anything else passes as it is, and requests are those that read.
 */
final class SlowNetwork implements AutoCloseable {
  /** After so many rows a page is sent to its end. */
  private static final int ROWS = 5;

  /** Longer than a browser waits before it draws. */
  private static final long PAUSE_MILLIS = 100;

  private static final String END_OF_ROW = "</tr>";

  private final URI target;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private SlowNetwork(URI target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    var _ = server.createContext("/", this::answer);
    server.start();
  }

  static SlowNetwork to(String url) throws IOException {
    return new SlowNetwork(URI.create(url));
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer =
          client.send(
              HttpRequest.newBuilder(target.resolve(exchange.getRequestURI())).build(),
              BodyHandlers.ofInputStream());
      String type = answer.headers().firstValue("Content-Type").orElse("");
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      try (InputStream body = answer.body()) {
        if (type.startsWith("text/html")) {
          sendInPieces(
              new String(body.readAllBytes(), StandardCharsets.UTF_8), exchange.getResponseBody());
        } else {
          var _ = body.transferTo(exchange.getResponseBody());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the test is over
    }
  }

  private static void sendInPieces(String page, OutputStream out)
      throws IOException, InterruptedException {
    int sent = 0;
    for (int row = 0; row < ROWS; row++) {
      int end = page.indexOf(END_OF_ROW, sent);
      if (end < 0) {
        break;
      }
      end += END_OF_ROW.length();
      out.write(page.substring(sent, end).getBytes(StandardCharsets.UTF_8));
      out.flush();
      sent = end;
      Thread.sleep(PAUSE_MILLIS);
    }
    out.write(page.substring(sent).getBytes(StandardCharsets.UTF_8));
  }
}
