package dev.storewatch.outgoing;

import dev.storewatch.input.WrongInput;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What another machine is asked for, and how long and how much is waited for.
 *
 * @param method {@code GET}, {@code POST} and so on
 * @param uri an address that {@link Target} has read
 * @param headers what is sent besides {@code Host} and {@code User-Agent}; they may hold secrets,
 *     so no redirect to another origin gets them
 * @param body what is sent, or null
 * @param longest how long all of it may take, looking the name up and redirects included
 * @param mostBytes how much of the body of an answer is read
 * @param mostRedirects how many redirects are followed; those of {@code GET} and {@code HEAD} alone
 *     ever are
 */
public record Request(
    String method,
    URI uri,
    Map<String, String> headers,
    @Nullable String body,
    Duration longest,
    long mostBytes,
    int mostRedirects) {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final long MOST_BYTES = 256 * 1024;
  private static final int MOST_REDIRECTS = 5;

  /**
   * Checks the headers.
   *
   * @throws WrongInput if one would be more than one header
   */
  public Request {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    headers.forEach(Request::check);
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      // The value is not repeated: it may be a secret.
      throw new WrongInput(
          "the header '%s' cannot be sent: use a name such as X-Chain, and a value in one line of ISO 8859-1"
              .formatted(name.replaceAll("[^\\x21-\\x7E]", "?")));
    }
  }

  /** A request for what is at an address: 30 seconds, 256 KB and five redirects at most. */
  public static Request get(URI uri) {
    return new Request("GET", uri, Map.of(), null, LONGEST, MOST_BYTES, MOST_REDIRECTS);
  }

  /**
   * A request that hands something over: 30 seconds and 256 KB at most, redirects not followed.
   *
   * @param type what the body is, for example {@code application/json}
   */
  public static Request post(URI uri, String type, String body) {
    return new Request("POST", uri, Map.of(), body, LONGEST, MOST_BYTES, 0)
        .with("Content-Type", type);
  }

  /** Returns this request with one header more. */
  public Request with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, uri, more, body, longest, mostBytes, mostRedirects);
  }

  /** Returns this request with another limit of time. */
  public Request within(Duration time) {
    return new Request(method, uri, headers, body, time, mostBytes, mostRedirects);
  }

  /** Returns this request with another limit of bytes that are read. */
  public Request reading(long bytes) {
    return new Request(method, uri, headers, body, longest, bytes, mostRedirects);
  }

  /** Returns this request with another limit of redirects. */
  public Request following(int redirects) {
    return new Request(method, uri, headers, body, longest, mostBytes, redirects);
  }

  boolean mayFollow() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Returns this request for another address, without what is meant for the first one alone. */
  Request at(URI other) {
    Map<String, String> sent = new LinkedHashMap<>(headers);
    if (!Target.origin(other).equals(Target.origin(uri))) {
      sent.keySet().removeIf(name -> !name.equalsIgnoreCase("Accept"));
    }
    return new Request(method, other, sent, body, longest, mostBytes, mostRedirects);
  }

  /** Leaves out what may be secret. */
  @Override
  public String toString() {
    return "%s %s".formatted(method, uri);
  }
}
