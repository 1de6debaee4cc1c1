package dev.storewatch.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts as they stand in an address, by RFC 3986. */
public final class Encoded {
  private Encoded() {}

  /** Returns a text as the value of a parameter. */
  public static String value(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns a text as one segment of a path; one that is dots alone would lead elsewhere. */
  public static String segment(String text) {
    return text.equals(".") || text.equals("..") ? text.replace(".", "%2E") : value(text);
  }
}
