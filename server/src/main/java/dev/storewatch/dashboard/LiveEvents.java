package dev.storewatch.dashboard;

import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The server-sent events by which open pages learn that polls or stores have changed, and that the
 * figures are computed which rest on them. An event says nothing of what was changed: pages ask for
 * what they show, as whoever looks at them may.
 *
 * <p>The versions are looked at twice a second, and not at all while no page is open, so that
 * changes by other servers of the same database are seen too. A page says when it connects what it
 * was filled with: what was changed in between, or while its connection was away, it hears at once.
 */
final class LiveEvents implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** So many looks without a change make a sign of life, which also finds pages that are gone. */
  private static final int SILENT_LOOKS = 30;

  /** Then a page asks anew, with its rights of then. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Polls polls;
  private final Stores stores;
  private final FleetFigures figures;
  private final int most;
  private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledExecutorService timer;

  /** The name of this server's numbers, since it began: another server counts differently. */
  private final String self = UUID.randomUUID().toString();

  private long version;
  private @Nullable Registry registry;
  private long renewals;
  private long news;
  private long told;
  private int silence;

  LiveEvents(Polls polls, Stores stores, FleetFigures figures, int most) {
    this.polls = polls;
    this.stores = stores;
    this.figures = figures;
    this.most = most;
  }

  /** Too many pages are open. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    TooMany(int most) {
      super("%d pages listen for news, the most that are allowed".formatted(most));
    }
  }

  /** Returns the text by which a page that is filled from now on says what it knows. */
  String known() {
    return "%s.%d".formatted(self, news());
  }

  /**
   * Returns the events of a page that connects; the first of them comes at once.
   *
   * @param known what the page was filled with, of {@link #known()}; null if it does not say
   */
  SseEmitter open(@Nullable String known) {
    if (pages.size() >= most) {
      throw new TooMany(most);
    }
    return begin(new SseEmitter(LONGEST.toMillis()), known);
  }

  /** Tells a page of news from now on. */
  SseEmitter begin(SseEmitter page, @Nullable String known) {
    page.onCompletion(() -> pages.remove(page));
    page.onTimeout(() -> end(page, SseEmitter::complete));
    page.onError(_ -> pages.remove(page));
    pages.add(page);
    send(page, known == null || known.equals(known()) ? signOfLife() : aboutNews());
    return page;
  }

  private static SseEmitter.SseEventBuilder signOfLife() {
    return SseEmitter.event().comment("");
  }

  private static SseEmitter.SseEventBuilder aboutNews() {
    return SseEmitter.event().name("news").data("");
  }

  private void look() {
    try {
      if (!pages.isEmpty()) {
        tell(news());
      }
    } catch (RuntimeException e) {
      LOG.debug("open pages cannot be told of news: {}", e.toString());
    }
  }

  /** Returns the number of the newest change. */
  private synchronized long news() {
    long polled = polls.version();
    Registry stored = stores.registry();
    // A page that asked at once after a poll may have got figures of before.
    long renewed = figures.renewals();
    if (polled != version || !stored.equals(registry) || renewed != renewals) {
      version = polled;
      registry = stored;
      renewals = renewed;
      news++;
    }
    return news;
  }

  /** Tells all pages of a change, or at times that there was none; on one thread alone. */
  private void tell(long newest) {
    silence = newest == told ? silence + 1 : 0;
    if (newest != told) {
      told = newest;
      pages.forEach(page -> send(page, aboutNews()));
    } else if (silence % SILENT_LOOKS == 0) {
      pages.forEach(page -> send(page, signOfLife()));
    }
  }

  private void send(SseEmitter page, SseEmitter.SseEventBuilder event) {
    try {
      page.send(event);
    } catch (IOException | IllegalStateException e) {
      end(page, each -> each.completeWithError(e));
    }
  }

  /** Ends what a page listens to. */
  private void end(SseEmitter page, Consumer<SseEmitter> ending) {
    pages.remove(page);
    try {
      ending.accept(page);
    } catch (IllegalStateException e) {
      // Its browser went away at this very moment. The other pages have to be told nevertheless.
      LOG.debug("a page is gone already: {}", e.toString());
    }
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("live-pages").daemon().factory());
    var _ =
        started.scheduleWithFixedDelay(
            this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    timer = started;
  }

  @Override
  public void stop() {
    ScheduledExecutorService started = timer;
    timer = null;
    if (started != null) {
      started.shutdownNow();
    }
    pages.forEach(page -> end(page, SseEmitter::complete));
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
