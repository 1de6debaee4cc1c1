package dev.storewatch.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names by which a server is called in the {@code Host} header. */
final class Hosts {
  private Hosts() {}

  /**
   * Returns whether a name means this machine and nothing else: {@code localhost} or an address of
   * the loopback. Names are not looked up, because the owner of a name decides what it means.
   */
  static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = bare(host);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("0:0:0:0:0:0:0:1")
        || name.matches("127(\\.\\d{1,3}){3}");
  }

  /** Returns a name in lower case and without the brackets of an IPv6 address. */
  static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }
}
