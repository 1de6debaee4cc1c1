package dev.storewatch.report;

import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server-sent events that tell listeners how far their reports are.
 *
 * <p>A listener is a thread that sleeps until the queue tells that its report has made progress, so
 * hundreds of them cost neither the processor nor the database anything in the meantime.
 */
public final class ReportEvents implements ReportQueue.Listener, SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ReportEvents.class);

  /**
   * The shortest time between two events, because a large report makes progress many times a
   * second.
   */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Reports reports;
  private final ReportViews views;
  private final JsonMapper json;
  private final int mostListeners;
  private final Map<Integer, Set<Ear>> ears = new ConcurrentHashMap<>();
  private final Semaphore places;

  /** How far the reports were when they were last checked for what other processes did. */
  private volatile Map<Integer, String> marks = Map.of();

  private volatile boolean stopped;

  ReportEvents(
      Reports reports, ReportQueue queue, ReportViews views, JsonMapper json, int mostListeners) {
    this.reports = reports;
    this.views = views;
    this.json = json;
    this.mostListeners = mostListeners;
    this.places = new Semaphore(mostListeners);
    queue.setListener(this);
  }

  /** Too many clients listen. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    TooMany(int most) {
      super("%d clients listen to reports, the most that is allowed".formatted(most));
    }
  }

  /** What wakes one listener. */
  private static final class Ear {
    private boolean woken = true;

    synchronized void wake() {
      woken = true;
      notifyAll();
    }

    /** Waits for news, and returns whether there was any before a heartbeat is due. */
    synchronized boolean listen() throws InterruptedException {
      long end = System.nanoTime() + HEARTBEAT.toNanos();
      while (!woken) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        wait(left);
      }
      woken = false;
      return true;
    }
  }

  /**
   * A listener's place, acquired before the answer begins: a refusal can still be an HTTP status
   * then.
   */
  final class Stream {
    private final Report report;
    private final ScopeNow scope;

    private Stream(Report report, ScopeNow scope) {
      this.report = report;
      this.scope = scope;
    }

    /**
     * Writes events until the report has ended, the client is gone or may not listen any more, or
     * the server stops.
     */
    void writeTo(OutputStream out) throws IOException {
      Ear ear = new Ear();
      ears.compute(
          report.number(), (number, others) -> with(ear, others == null ? Set.of() : others));
      try {
        write(ear, out);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        ears.computeIfPresent(report.number(), (number, all) -> without(ear, all));
        places.release();
      }
    }

    private static Set<Ear> with(Ear ear, Set<Ear> others) {
      Set<Ear> all = new HashSet<>(others);
      all.add(ear);
      return Set.copyOf(all);
    }

    private static @Nullable Set<Ear> without(Ear ear, Set<Ear> all) {
      Set<Ear> others = new HashSet<>(all);
      others.remove(ear);
      return others.isEmpty() ? null : Set.copyOf(others);
    }

    private void write(Ear ear, OutputStream out) throws IOException, InterruptedException {
      String last = "";
      long lastSent = System.nanoTime();
      boolean ended = false;
      while (!ended && !stopped) {
        boolean heard = ear.listen();
        Optional<Scope> seen = scope.get();
        if (seen.isEmpty()) {
          return;
        }
        if (!heard || System.nanoTime() - lastSent > HEARTBEAT.toNanos()) {
          send(out, ": still here\n\n");
          lastSent = System.nanoTime();
        }
        Optional<Report> now = reports.find(report.id(), seen.get());
        String view =
            now.map(found -> json.writeValueAsString(views.of(found, seen.get()))).orElse("{}");
        if (!view.equals(last)) {
          send(
              out,
              "event: %s\ndata: %s\n\n".formatted(now.isPresent() ? "state" : "deleted", view));
          last = view;
          lastSent = System.nanoTime();
        }
        ended = now.isEmpty() || now.get().state().ended().isPresent();
        if (!ended) {
          Thread.sleep(PAUSE);
        }
      }
    }

    private static void send(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /**
   * Acquires a place for a listener to a report; only writing its stream releases the place.
   *
   * @throws TooMany if no place is free
   */
  Stream listen(Report report, ScopeNow scope) {
    if (!places.tryAcquire()) {
      throw new TooMany(mostListeners);
    }
    return new Stream(report, scope);
  }

  /** Returns how many clients listen. */
  public int listening() {
    return mostListeners - places.availablePermits();
  }

  @Override
  public void changed(int number) {
    Set<Ear> listening = ears.get(number);
    if (listening != null) {
      listening.forEach(Ear::wake);
    }
  }

  /**
   * Asks the database once for all reports that have listeners, however many listeners there are.
   */
  @Override
  public void anyChanged() {
    Set<Integer> heard = Set.copyOf(ears.keySet());
    Map<Integer, String> now = heard.isEmpty() ? Map.of() : reports.marks(heard);
    heard.stream()
        .filter(number -> !Objects.equals(now.get(number), marks.get(number)))
        .forEach(this::changed);
    marks = now;
  }

  @Override
  public void progressed(int number) {
    changed(number);
  }

  @Override
  public void start() {
    LOG.debug("up to {} clients may listen", mostListeners);
  }

  /** Ends all streams, because the web server would wait for them before it stops. */
  @Override
  public void stop() {
    stopped = true;
    ears.values().forEach(listening -> listening.forEach(Ear::wake));
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }
}
