package dev.storewatch.bench;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Two ways to send events to many listeners, on a Tomcat with virtual threads and nothing else: a
 * thread for each, which is woken, as reports have it, and Spring's SseEmitter.
 */
public final class EventStreams {
  /** Keeps the handlers out of a server that is started with this module on its class path. */
  private static final String PROFILE = "event-streams";

  private static final int LISTENERS = 500;
  private static final int EVENTS = 40;
  private static final int MANY_EVENTS = 20_000;
  private static final long STALL = 3_000_000_000L;

  /** About as long as the view of a report. */
  private static final String VIEW = "{\"state\":\"running\",\"text\":\"" + "x".repeat(700) + "\"}";

  private EventStreams() {}

  /** Who listens in one of the two ways. */
  interface Audience {
    int size();

    /** Tells all listeners; what it takes is taken from the thread that computes. */
    void tell(String event);

    void end();
  }

  /** The two streams. */
  @EnableWebMvc
  @RestController
  @Profile(PROFILE)
  static class Streams {
    final Ears ears = new Ears();
    final Emitters emitters = new Emitters();

    @GetMapping("/threads")
    void threads(HttpServletResponse response) throws IOException, InterruptedException {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      ears.listen(response.getOutputStream());
    }

    @GetMapping("/emitters")
    SseEmitter emitters() {
      return emitters.add();
    }
  }

  /** Threads that wait, each with the newest event that it has not sent. */
  static final class Ears implements Audience {
    private final Set<Ear> all = ConcurrentHashMap.newKeySet();

    private static final class Ear {
      private String next = "begun";

      synchronized void tell(String event) {
        next = event;
        notifyAll();
      }

      synchronized String listen() throws InterruptedException {
        while (next.isEmpty()) {
          wait();
        }
        String heard = next;
        next = "";
        return heard;
      }
    }

    void listen(OutputStream out) throws IOException, InterruptedException {
      Ear ear = new Ear();
      all.add(ear);
      try {
        for (String event = ear.listen(); !event.equals("end"); event = ear.listen()) {
          out.write("event: state\ndata: %s\n\n".formatted(event).getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      } finally {
        all.remove(ear);
      }
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public void tell(String event) {
      all.forEach(ear -> ear.tell(event));
    }

    @Override
    public void end() {
      tell("end");
    }
  }

  /** Emitters, to which the one who tells sends one after the other. */
  static final class Emitters implements Audience {
    private final Set<SseEmitter> all = ConcurrentHashMap.newKeySet();

    SseEmitter add() {
      SseEmitter emitter = new SseEmitter(0L);
      emitter.onCompletion(() -> all.remove(emitter));
      send(emitter, "begun");
      all.add(emitter);
      return emitter;
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public void tell(String event) {
      all.forEach(emitter -> send(emitter, event));
    }

    private void send(SseEmitter emitter, String event) {
      try {
        emitter.send(SseEmitter.event().name("state").data(event));
      } catch (IOException | IllegalStateException e) {
        all.remove(emitter); // the client is gone
      }
    }

    @Override
    public void end() {
      all.forEach(SseEmitter::complete);
    }
  }

  /** Reads events and counts them. */
  private static final class Client implements AutoCloseable {
    private final Socket socket = new Socket();
    private final AtomicLong events = new AtomicLong();

    Client(int port, String path, int buffer) throws IOException {
      socket.setReceiveBufferSize(buffer);
      socket.connect(new InetSocketAddress("localhost", port));
      String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    void read() {
      byte[] block = new byte[8192];
      try (InputStream in = socket.getInputStream()) {
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
          String text = new String(block, 0, read, StandardCharsets.US_ASCII);
          events.addAndGet(text.split("event:", -1).length - 1);
        }
      } catch (IOException e) {
        // closed by this side
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Measures both. */
  public static void main(String[] arguments) throws Exception {
    AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
    spring.getEnvironment().setActiveProfiles(PROFILE);
    spring.register(Streams.class);
    Tomcat tomcat = tomcat(spring);
    tomcat.start();
    try {
      Streams streams = spring.getBean(Streams.class);
      for (int round = 0; round < 3; round++) {
        measure(tomcat, "/threads", streams.ears);
        measure(tomcat, "/emitters", streams.emitters);
      }
      stall(tomcat, "/threads", streams.ears);
      stall(tomcat, "/emitters", streams.emitters);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
    System.exit(0);
  }

  private static Tomcat tomcat(AnnotationConfigWebApplicationContext spring) {
    String folder = System.getProperty("java.io.tmpdir");
    Tomcat tomcat = new Tomcat();
    tomcat.setPort(0);
    tomcat.setBaseDir(folder);
    tomcat
        .getConnector()
        .getProtocolHandler()
        .setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Context context = tomcat.addContext("", folder);
    Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(spring));
    servlet.setAsyncSupported(true);
    servlet.setLoadOnStartup(1);
    context.addServletMappingDecoded("/", "spring");
    return tomcat;
  }

  private static void measure(Tomcat tomcat, String path, Audience audience) throws Exception {
    long heap = heap();
    List<Client> clients = clients(tomcat, path, audience, LISTENERS);
    long perListener = (heap() - heap) / LISTENERS;
    double[] millis = new double[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      long begun = System.nanoTime();
      audience.tell(VIEW);
      millis[i] = (System.nanoTime() - begun) / 1e6;
      Thread.sleep(50);
    }
    Arrays.sort(millis);
    System.out.printf(
        "%-10s %d listeners: to tell all %.2f ms (median), %.2f ms (most); %d platform threads,"
            + " %.1f KB of heap for each listener and its client; %.1f events heard of %d%n",
        path,
        audience.size(),
        millis[EVENTS / 2],
        millis[EVENTS - 1],
        ManagementFactory.getThreadMXBean().getThreadCount(),
        perListener / 1e3,
        clients.stream().mapToLong(client -> client.events.get()).average().orElse(0),
        EVENTS + 1);
    end(audience, clients);
  }

  /**
   * Tells ten who read and one who does not; ends the connection of that one when it has held up
   * the one who tells for three seconds.
   */
  private static void stall(Tomcat tomcat, String path, Audience audience) throws Exception {
    List<Client> clients = clients(tomcat, path, audience, 10);
    clients.add(new Client(tomcat.getConnector().getLocalPort(), path, 4096));
    awaitSize(audience, 11);
    AtomicLong asked = new AtomicLong(System.nanoTime());
    try (var watch = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          watch.scheduleAtFixedRate(
              () -> closeIfHeldUp(asked, clients.getLast()), 100, 100, TimeUnit.MILLISECONDS);
      double most = 0;
      int at = 0;
      for (int i = 1; i <= MANY_EVENTS; i++) {
        asked.set(System.nanoTime());
        audience.tell(VIEW);
        double took = (System.nanoTime() - asked.get()) / 1e6;
        at = took > most ? i : at;
        most = Math.max(most, took);
      }
      System.out.printf(
          "%-10s one of 11 reads nothing: of %,d times to tell all, the longest was the %,dth, %.0f"
              + " ms%n",
          path, MANY_EVENTS, at, most);
      watch.shutdownNow();
    }
    end(audience, clients);
  }

  private static void closeIfHeldUp(AtomicLong asked, Client client) {
    if (System.nanoTime() - asked.get() > STALL) {
      client.close();
    }
  }

  private static List<Client> clients(Tomcat tomcat, String path, Audience audience, int count)
      throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client client = new Client(tomcat.getConnector().getLocalPort(), path, 65_536);
      Thread.startVirtualThread(client::read);
      clients.add(client);
    }
    awaitSize(audience, count);
    return clients;
  }

  private static void end(Audience audience, List<Client> clients) throws Exception {
    audience.end();
    clients.forEach(Client::close);
    awaitSize(audience, 0);
  }

  private static void awaitSize(Audience audience, int size) throws InterruptedException {
    while (audience.size() != size) {
      Thread.sleep(10);
    }
    Thread.sleep(500);
  }

  private static long heap() throws InterruptedException {
    System.gc();
    Thread.sleep(200);
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
