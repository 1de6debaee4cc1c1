package dev.storewatch.outgoing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The addresses that are not public: what each is for, by the registries of IANA. */
final class SpecialAddresses {
  private static final int MAPPED_FROM = 12;
  private static final int SIX_TO_FOUR_FROM = 2;
  private static final int IPV4 = 4;

  private static final Network MAPPED = Network.parse("::/80");
  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final Network PUBLIC_IPV6 = Network.parse("2000::/3");

  /** Kinds of addresses, the special ones of a network before the network. */
  private static final List<Kind> KINDS =
      List.of(
          kind(Use.METADATA, "169.254.169.254", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "169.254.170.2", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "169.254.170.23", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "100.100.100.200", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "168.63.129.16", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "192.0.0.192", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "fd00:ec2::254", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "fd00:ec2::23", "the service of a cloud that hands out keys"),
          kind(Use.METADATA, "fd20:ce::254", "the service of a cloud that hands out keys"),
          kind(Use.NOBODY, "0.0.0.0/8", "no address of a machine"),
          kind(Use.OWN, "10.0.0.0/8", "private"),
          kind(Use.OWN, "100.64.0.0/10", "of a provider's inner network"),
          kind(Use.OWN, "127.0.0.0/8", "this machine itself"),
          kind(Use.OWN, "169.254.0.0/16", "link-local"),
          kind(Use.OWN, "172.16.0.0/12", "private"),
          kind(Use.OWN, "192.0.0.0/24", "for special purposes"),
          kind(Use.OWN, "192.0.2.0/24", "for documentation"),
          kind(Use.OWN, "192.88.99.0/24", "for special purposes"),
          kind(Use.OWN, "192.168.0.0/16", "private"),
          kind(Use.OWN, "198.18.0.0/15", "for measurements of networks"),
          kind(Use.OWN, "198.51.100.0/24", "for documentation"),
          kind(Use.OWN, "203.0.113.0/24", "for documentation"),
          kind(Use.NOBODY, "224.0.0.0/4", "of many machines at once"),
          kind(Use.NOBODY, "240.0.0.0/4", "no address of a machine"),
          kind(Use.NOBODY, "::", "no address of a machine"),
          kind(Use.OWN, "::1", "this machine itself"),
          kind(Use.OWN, "fc00::/7", "private"),
          kind(Use.OWN, "fe80::/10", "link-local"),
          kind(Use.OWN, "fec0::/10", "private"),
          kind(Use.NOBODY, "ff00::/8", "of many machines at once"),
          kind(Use.OWN, "2001::/23", "for special purposes"),
          kind(Use.OWN, "2001:db8::/32", "for documentation"),
          kind(Use.OWN, "3fff::/20", "for documentation"));

  private static final Kind OTHER = new Kind(Use.OWN, PUBLIC_IPV6, "not public");

  private SpecialAddresses() {}

  /** Who uses an address that is not public. */
  enum Use {
    /** The machines of an organization, or a machine itself. */
    OWN,
    /** A service that trusts whoever can reach it. */
    METADATA,
    /** No single machine. */
    NOBODY
  }

  /**
   * A kind of addresses.
   *
   * @param words what such an address is, as people say it
   */
  record Kind(Use use, Network network, String words) {}

  private static Kind kind(Use use, String network, String words) {
    return new Kind(use, Network.parse(network), words);
  }

  /** Returns what an address is if it is not public. */
  static Optional<Kind> kindOf(InetAddress address) {
    InetAddress reached = reachedBy(address);
    return KINDS.stream()
        .filter(kind -> kind.network().contains(reached))
        .findFirst()
        .or(() -> isPublic(reached) ? Optional.empty() : Optional.of(OTHER));
  }

  private static boolean isPublic(InetAddress address) {
    return !(address instanceof Inet6Address) || PUBLIC_IPV6.contains(address);
  }

  /**
   * Returns the address that is reached by one: some addresses of IPv6 have one of IPv4 in them,
   * and a gateway, or the machine itself, leads there.
   */
  static InetAddress reachedBy(InetAddress address) {
    if (SIX_TO_FOUR.contains(address)) {
      return part(address, SIX_TO_FOUR_FROM);
    }
    boolean within = NAT64.contains(address) || MAPPED.contains(address);
    return within && !isLoopbackOrNone(address) ? part(address, MAPPED_FROM) : address;
  }

  private static boolean isLoopbackOrNone(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress();
  }

  private static InetAddress part(InetAddress address, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + IPV4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
