package dev.storewatch.outgoing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What another machine answered.
 *
 * @param status the status of HTTP, 200 for success
 * @param version the version of HTTP, for example {@code HTTP/2.0}
 * @param uri the address that answered, the last of all redirects
 * @param headers the headers, by their names in lower case
 * @param text the beginning of the body, as far as it was read and not written to a file
 * @param bytes how many bytes of the body were read
 * @param cut whether the body had more than was read
 * @param took how long it took, redirects included
 */
public record Answer(
    int status,
    String version,
    URI uri,
    Map<String, List<String>> headers,
    String text,
    long bytes,
    boolean cut,
    Duration took) {

  /** Returns the first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
  }

  /** Returns whether the request was a success. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  Answer within(Duration all) {
    return new Answer(status, version, uri, headers, text, bytes, cut, all);
  }
}
