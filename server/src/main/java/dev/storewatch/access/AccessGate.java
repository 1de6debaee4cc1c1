package dev.storewatch.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How open the server is: to everybody on this machine as long as nothing is configured, else to
 * those whom it knows.
 */
public final class AccessGate {
  /** How to make the first key or add the first person, for whoever owns the machine. */
  public static final String HOW_TO =
      "make a key with ./storewatch access add-key --name NAME --role admin, or add a person with"
          + " ./storewatch access add-user NAME --role admin";

  private final AccessBook book;
  private final boolean hasOidc;
  private final Set<String> hosts;

  /** The server would be open to everybody. */
  public static final class Unguarded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unguarded(String address) {
      super(
          "other machines can reach %s, and access is not configured, so anybody could use the server: %s; or listen on 127.0.0.1"
              .formatted(address, HOW_TO));
    }
  }

  /**
   * The gate of a server that listens on an address.
   *
   * @param address the address that it listens on; null for every one of this machine
   * @throws Unguarded if others can reach it and access is not configured
   */
  AccessGate(AccessBook book, AccessSettings settings, @Nullable String address) {
    this.book = book;
    this.hasOidc = settings.oidc() != null;
    this.hosts = new HashSet<>();
    settings.hosts().stream().map(Hosts::bare).forEach(hosts::add);
    if (!isLoopback(address) && isOpen()) {
      throw new Unguarded(address == null ? "every address of this machine" : address);
    }
    if (address != null) {
      hosts.add(Hosts.bare(address));
    }
    this.anyHost = settings.hosts().isEmpty();
  }

  private final boolean anyHost;

  private static boolean isLoopback(@Nullable String address) {
    try {
      return address != null && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Returns whether everybody who can reach the server may do everything. */
  public boolean isOpen() {
    return !hasOidc && !book.isConfigured();
  }

  /** Returns whether the server goes by a name. */
  public boolean knowsHost(String name) {
    return Hosts.isLoopback(name) || hosts.contains(Hosts.bare(name)) || (anyHost && !isOpen());
  }
}
