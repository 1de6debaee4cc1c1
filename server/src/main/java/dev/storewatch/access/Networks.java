package dev.storewatch.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** The networks of addresses, by which callers are told apart whom nothing else tells apart. */
public final class Networks {
  /** Half of an address of IPv6: the part that a provider gives to one customer, at least. */
  private static final int CUSTOMER = 8;

  private Networks() {}

  /**
   * Returns what stands for an address: itself in IPv4, its first 64 bits in IPv6, because whoever
   * has one address of such a network has all of them.
   *
   * @param address an address as numbers, never a name
   */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress read = InetAddress.getByName(address);
      return read instanceof Inet6Address && !read.isLoopbackAddress()
          ? HexFormat.of().formatHex(read.getAddress(), 0, CUSTOMER) + "/64"
          : read.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
