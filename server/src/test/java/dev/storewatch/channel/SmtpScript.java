package dev.storewatch.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that answers as a test says, and speaks STARTTLS. */
final class SmtpScript implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, String> replies;
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean encrypted = new AtomicBoolean();

  /**
   * A mail server.
   *
   * @param replies what it answers to commands that begin with a word, unless it takes them
   */
  SmtpScript(Map<String, String> replies) throws IOException {
    this.replies = replies;
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread _ = Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Returns the commands that came. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  boolean isEncrypted() {
    return encrypted.get();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        say(socket, "220 ready");
        talk(socket);
      } catch (IOException e) {
        heard.add("broken off: " + e.getMessage());
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      String word = line.split("[ :]", -1)[0];
      if (word.equals("STARTTLS") && !replies.containsKey(word)) {
        say(socket, "220 go ahead");
        encrypted.set(true);
        talk(encrypt(socket));
        return;
      }
      say(socket, replies.getOrDefault(word, usual(word)));
      if (word.equals("DATA") && !replies.containsKey(word)) {
        while (!".".equals(in.readLine())) {
          Thread.onSpinWait();
        }
        say(socket, replies.getOrDefault(".", "250 taken"));
      }
      if (word.equals("QUIT")) {
        return;
      }
    }
  }

  private static String usual(String word) {
    return switch (word) {
      case "EHLO" -> "250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS";
      case "AUTH" -> "235 welcome";
      case "DATA" -> "354 go ahead";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static void say(Socket socket, String reply) throws IOException {
    socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static Socket encrypt(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  /** Returns the certificate of GreenMail, which nobody trusts. */
  private static SSLContext context() throws IOException {
    try (InputStream file = SmtpScript.class.getResourceAsStream("/greenmail.p12")) {
      char[] password = "changeit".toCharArray();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
