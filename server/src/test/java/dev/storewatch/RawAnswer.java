package dev.storewatch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLSession;

/** An answer as it came over a socket: what a client of its own accord would not ask for. */
record RawAnswer(URI uri, int statusCode, HttpHeaders headers, String body)
    implements HttpResponse<String> {
  /** Reads an answer of one chunk or of none. */
  static RawAnswer read(URI uri, String text) {
    String[] headAndBody = text.split("\r\n\r\n", 2);
    String[] head = headAndBody[0].split("\r\n", -1);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < head.length; i++) {
      String[] header = head[i].split(": ", 2);
      headers.put(header[0], List.of(header[1]));
    }
    String body = headAndBody[1];
    return new RawAnswer(
        uri,
        Integer.parseInt(head[0].split(" ", -1)[1]),
        HttpHeaders.of(headers, (name, value) -> true),
        headers.containsKey("Transfer-Encoding")
            ? body.replaceAll("(?s)^[0-9a-f]+\r\n(.*)\r\n0\r\n\r\n$", "$1")
            : body);
  }

  @Override
  public HttpRequest request() {
    return HttpRequest.newBuilder(uri).build();
  }

  @Override
  public Optional<HttpResponse<String>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }
}
