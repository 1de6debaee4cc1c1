package dev.storewatch.outgoing;

import dev.storewatch.input.WrongInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address of something on another machine, as people enter it. */
public final class Target {
  private static final int LONGEST = 2_000;
  private static final int LAST_PORT = 65_535;
  private static final String EXAMPLE = "https://example.com/polls.csv";

  private Target() {}

  /**
   * Reads an address: {@code http} or {@code https}, with a host, without a name and a password.
   * Nothing is looked up; whether the address may be asked shows when it is.
   *
   * @param what what it is called in the message, for example {@code url}
   * @throws WrongInput if it is none
   */
  public static URI parse(String what, String text) {
    if (text.length() > LONGEST) {
      throw new WrongInput(
          "%s has %d letters: use at most %d".formatted(what, text.length(), LONGEST));
    }
    try {
      URI uri = new URI(text.strip());
      String fault = fault(uri);
      if (fault != null) {
        // The text is not repeated: it may hold a password.
        throw new WrongInput("%s %s: use for example %s".formatted(what, fault, EXAMPLE));
      }
      return withoutFragment(uri);
    } catch (URISyntaxException e) {
      throw new WrongInput("%s is no address: use for example %s".formatted(what, EXAMPLE), e);
    }
  }

  /** Returns what is wrong with an address, or null. */
  static @Nullable String fault(URI uri) {
    if (!isWeb(uri.getScheme())) {
      return "does not begin with http:// or https://";
    }
    if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
      return "has a name or a password in it, which would show wherever the address does";
    }
    if (uri.getHost() == null) {
      return "has no host that can be asked";
    }
    return uri.getPort() == 0 || uri.getPort() > LAST_PORT ? "has a port that is none" : null;
  }

  private static boolean isWeb(@Nullable String scheme) {
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }

  static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }

  /** Returns what two addresses have in common that are of one origin: scheme, host and port. */
  static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    return "%s://%s:%d"
        .formatted(
            scheme,
            uri.getHost().toLowerCase(Locale.ROOT),
            uri.getPort() < 0 ? standard : uri.getPort());
  }
}
