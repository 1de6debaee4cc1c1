package dev.storewatch.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A way to a server that can freeze: connections stay, and nothing goes through them any more. */
final class TcpProxy implements AutoCloseable {
  private final int target;
  private final ServerSocket entrance;
  private final Object frost = new Object();
  private boolean frozen;

  TcpProxy(int target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket in = entrance.accept();
        Thread.ofVirtual().start(() -> connect(in));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket in) {
    passFreely();
    try {
      Socket out = new Socket(InetAddress.getLoopbackAddress(), target);
      Thread.ofVirtual().start(() -> pump(in, out));
      pump(out, in);
    } catch (IOException e) {
      closeQuietly(in);
    }
  }

  private void pump(Socket from, Socket to) {
    try {
      byte[] bytes = new byte[16 * 1024];
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        passFreely();
        out.write(bytes, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // one side is gone
    } finally {
      passFreely();
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  /** Waits as long as it is frozen. */
  private void passFreely() {
    synchronized (frost) {
      try {
        while (frozen) {
          frost.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed then
    }
  }

  void freeze() {
    set(true);
  }

  void thaw() {
    set(false);
  }

  private void set(boolean now) {
    synchronized (frost) {
      frozen = now;
      frost.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    thaw();
    entrance.close();
  }
}
