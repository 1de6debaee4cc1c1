package dev.storewatch.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/** A network of addresses of IPv4 or IPv6: those whose first bits are the same. */
final class Network {
  private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final InetAddress first;
  private final int bits;

  private Network(InetAddress first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /**
   * Reads {@code 10.1.0.0/16}, or one address alone. Nothing is looked up.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first = address(slash < 0 ? text : text.substring(0, slash));
    int all = first.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > all) {
      throw new IllegalArgumentException("there is no prefix of %d bits".formatted(bits));
    }
    return new Network(first, bits);
  }

  /** Reads an address; IPv4 with four numbers, of which Java lets some be left out. */
  private static InetAddress address(String text) {
    InetAddress address = InetAddress.ofLiteral(text);
    if (address instanceof Inet4Address && text.indexOf(':') < 0 && !FOUR.matcher(text).matches()) {
      throw new IllegalArgumentException("an address has four numbers");
    }
    return address;
  }

  /** Returns whether an address belongs to it. */
  boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int i = 0, left = bits; left > 0; i++, left -= Byte.SIZE) {
      int mask = left >= Byte.SIZE ? 0xFF : (0xFF << (Byte.SIZE - left)) & 0xFF;
      if (((own[i] ^ other[i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether it is one address and no more. */
  boolean isOneAddress() {
    return bits == first.getAddress().length * Byte.SIZE;
  }
}
