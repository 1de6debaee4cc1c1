package dev.storewatch.access;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names by which a server is called in the {@code Host} header. */
final class Hosts {
  private static final Pattern NAME =
      Pattern.compile(
          "(?!0\\.0\\.0\\.0$)[\\p{L}\\p{N}]([\\p{L}\\p{N}_-]*(\\.[\\p{L}\\p{N}_-]+)*)\\.?");

  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

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
        || LOOPBACK.matcher(name).matches();
  }

  /**
   * Returns whether a text in lower case names one host: by a name, or an address that is not the
   * one for every address of a machine.
   */
  static boolean isName(String host) {
    String name = bare(host);
    return name.indexOf(':') < 0 ? NAME.matcher(name).matches() : isIpv6(name);
  }

  private static boolean isIpv6(String name) {
    return name.matches("[0-9a-f:.]+")
        && name.indexOf(':') != name.lastIndexOf(':')
        && !name.matches("[0:]+");
  }

  /** Returns a name in lower case and without the brackets of an IPv6 address. */
  static String bare(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }
}
