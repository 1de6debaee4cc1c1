package dev.storewatch.outgoing;

import dev.storewatch.outgoing.SpecialAddresses.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The resolver of the client, which gives it no address but those that may be asked. The client
 * connects to what it was given, so nothing can change between this check and the connection.
 */
final class AddressGuard implements DnsResolver {
  private final Set<String> names;
  private final List<Network> networks;
  private final Lookup lookup;

  AddressGuard(OutgoingSettings settings, Lookup lookup) {
    this.names =
        settings.allowed().stream()
            .filter(OutgoingSettings::isName)
            .collect(Collectors.toUnmodifiableSet());
    this.networks =
        settings.allowed().stream()
            .filter(entry -> !OutgoingSettings.isName(entry))
            .map(Network::parse)
            .toList();
    this.lookup = lookup;
  }

  /** How the addresses of a name are found. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  /** None of the addresses of a name may be asked. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    private Refused(String message) {
      super(message);
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = lookup.of(host);
    InetAddress[] allowed =
        List.of(found).stream()
            .filter(address -> refusal(host, address).isEmpty())
            .toArray(InetAddress[]::new);
    if (allowed.length == 0 && found.length > 0) {
      throw refused(host, found[0]);
    }
    return allowed;
  }

  /** The name of a machine by its address is asked of nobody: its owner may say anything. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private Refused refused(String host, InetAddress address) {
    Kind kind = refusal(host, address).orElseThrow();
    String literal = address.getHostAddress();
    String named = host.equals(literal) ? literal : "%s (%s)".formatted(host, literal);
    return new Refused(
        "%s is not asked: the address is %s%s".formatted(named, kind.words(), hint(kind, literal)));
  }

  private static String hint(Kind kind, String literal) {
    return switch (kind.use()) {
      case OWN ->
          "; %s.allowed can name the host or its network".formatted(OutgoingSettings.PREFIX);
      case METADATA ->
          "; %s.allowed would have to name %s itself".formatted(OutgoingSettings.PREFIX, literal);
      case NOBODY -> "";
    };
  }

  private Optional<Kind> refusal(String host, InetAddress address) {
    return SpecialAddresses.kindOf(address).filter(kind -> !isAllowed(host, address, kind));
  }

  private boolean isAllowed(String host, InetAddress address, Kind kind) {
    InetAddress reached = SpecialAddresses.reachedBy(address);
    return switch (kind.use()) {
      case OWN -> isNamed(host) || networks.stream().anyMatch(each -> each.contains(reached));
      case METADATA ->
          networks.stream().anyMatch(each -> each.isOneAddress() && each.contains(reached));
      case NOBODY -> false;
    };
  }

  private boolean isNamed(String host) {
    return names.contains(withoutDot(host.toLowerCase(Locale.ROOT)));
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
