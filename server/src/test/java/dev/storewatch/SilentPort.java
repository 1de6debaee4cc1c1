package dev.storewatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine on which nobody listens, as long as it is open: it is taken, so no server
 * of another test gets it meanwhile.
 */
public final class SilentPort implements AutoCloseable {
  private final Socket taken = new Socket();

  /** Takes any port. */
  public SilentPort() throws IOException {
    taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Returns its number. */
  public int number() {
    return taken.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    taken.close();
  }
}
