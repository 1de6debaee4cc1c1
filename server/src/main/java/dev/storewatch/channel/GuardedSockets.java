package dev.storewatch.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import javax.net.SocketFactory;

/**
 * Sockets to a host that reach the addresses alone which it may be asked at: a name is looked up
 * once, and the address that was checked is the one that is connected to.
 */
final class GuardedSockets extends SocketFactory {
  private final Lookup lookup;

  GuardedSockets(Lookup lookup) {
    this.lookup = lookup;
  }

  /** How the addresses of a name are found that may be asked. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(lookup);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(InetSocketAddress.createUnresolved(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private static final class GuardedSocket extends Socket {
    private final Lookup lookup;

    GuardedSocket(Lookup lookup) {
      this.lookup = lookup;
    }

    @Override
    public void connect(SocketAddress to) throws IOException {
      connect(to, 0);
    }

    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      if (!(to instanceof InetSocketAddress host)) {
        throw new IOException("only hosts are connected to");
      }
      InetAddress[] found = lookup.of(host.getHostString());
      if (found.length == 0) {
        throw new UnknownHostException(host.getHostString());
      }
      super.connect(new InetSocketAddress(found[0], host.getPort()), timeout);
    }
  }
}
