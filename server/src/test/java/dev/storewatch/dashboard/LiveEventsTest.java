package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Open pages hear of news, whatever becomes of others. */
final class LiveEventsTest {
  private static final class Page extends SseEmitter {
    private final boolean leaves;
    private final AtomicInteger news = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();

    /** One that may go away as soon as it is open, before the server hears of it. */
    Page(boolean leaves) {
      this.leaves = leaves;
    }

    private void requireBrowser() {
      if (leaves) {
        throw new IllegalStateException("the response is recycled");
      }
    }

    @Override
    public void send(SseEventBuilder event) {
      Set<DataWithMediaType> parts = event.build();
      if (parts.stream().anyMatch(part -> part.getData().toString().contains("event:news"))) {
        requireBrowser();
        news.incrementAndGet();
      }
    }

    @Override
    public void complete() {
      ends.incrementAndGet();
      requireBrowser();
    }

    @Override
    public void completeWithError(Throwable failure) {
      complete();
    }
  }

  private static LiveEvents events(TestFolder folder) {
    FleetFigures figures = FleetFiguresTest.figures(folder, System::nanoTime);
    return new LiveEvents(folder.polls(), folder.stores(), figures, 100);
  }

  /** Returns pages of which every other one goes away. */
  private static List<Page> open(LiveEvents events) {
    List<Page> pages = new ArrayList<>();
    for (int page = 0; page < 20; page++) {
      Page opened = new Page(page % 2 == 0);
      pages.add(opened);
      var _ = events.begin(opened, events.known());
    }
    return pages;
  }

  @Test
  void reachEveryPageThatIsThereThoughOthersGoAwayMeanwhile(@TempDir Path path) throws Exception {
    try (TestFolder folder = new TestFolder(path)) {
      LiveEvents events = events(folder);
      List<Page> pages = open(events);
      events.start();

      var _ = folder.importText("store_id,status,timestamp_utc\na,active,2026-10-05T12:00:00Z\n");

      List<Page> there = pages.stream().filter(page -> !page.leaves).toList();
      Eventually.until(
          "all that are there have heard of it",
          () -> there.stream().allMatch(page -> page.news.get() == 1));
      events.stop();
      assertThat(pages).allMatch(page -> page.ends.get() == 1);
      assertThat(events.isRunning()).isFalse();
    }
  }

  /** Their browsers may go away while the server stops. */
  @Test
  void endForEveryPageWhenTheServerStops(@TempDir Path path) throws Exception {
    try (TestFolder folder = new TestFolder(path)) {
      LiveEvents events = events(folder);
      List<Page> pages = open(events);
      events.start();

      events.stop();

      assertThat(pages).allMatch(page -> page.ends.get() == 1);
      assertThat(events.isRunning()).isFalse();
    }
  }
}
