package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * The origins of web pages, which are a scheme, a name and maybe a port, as browsers send them in
 * the header {@code Origin} (RFC 6454).
 */
final class Origins {
  private Origins() {}

  /**
   * Returns origins as browsers send them: in lower case, without the usual port of the scheme.
   *
   * @throws WrongInput if one is anything else, such as {@code *} or an address with a path
   */
  static List<String> checked(List<String> given) {
    return given.stream().map(Origins::checked).toList();
  }

  private static String checked(String given) {
    String origin = given.strip().toLowerCase(Locale.ROOT);
    String bare = origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
    if (!bare.matches("https?://[a-z0-9._\\-\\[\\]:]+") || !hasHost(bare)) {
      throw new WrongInput(
          "storewatch.access.cors-origins has '%s': use the scheme, the name and, if it is not the usual one, the port of the pages, for example https://dashboard.example.com"
              .formatted(given));
    }
    String usualPort = bare.startsWith("https:") ? ":443" : ":80";
    return bare.endsWith(usualPort) ? bare.substring(0, bare.length() - usualPort.length()) : bare;
  }

  private static boolean hasHost(String origin) {
    try {
      return new URI(origin).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
