package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.OtherMachine;
import dev.storewatch.SilentPort;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The asking of stores; the clock says Sunday 2026-11-01 at first. */
@AnyDatabase
final class ProberTest {
  private static final int STORES = 8;

  @TempDir private Path path;
  private final HandClock clock = new HandClock(TestFolder.NOW);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private TestFolder folder;
  private OtherMachine other;
  private OtherMachine reference;
  private Outgoing outgoing;
  private PollWriter writer;
  private ProbeBook book;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < STORES; i++) {
      fleet.store("s" + i).zone("UTC");
    }
    fleet.store("monday").zone("UTC").hours(new OpeningInterval(DayOfWeek.MONDAY, 0, 86_400));
    fleet.save(folder.database(), folder.stores(), folder.polls());
    other = new OtherMachine();
    reference = new OtherMachine();
    outgoing = new Outgoing(OutgoingSettings.allowing("127.0.0.1", "localhost"));
    writer = new PollWriter(folder.parts().intake(), 1_000, List.of());
    book = new ProbeBook(folder.database(), folder.stores(), clock);
  }

  @AfterEach
  void close() {
    writer.close();
    outgoing.close();
    other.close();
    reference.close();
    folder.close();
  }

  private Prober prober(int atOnce, URI ofReference) {
    ProberSettings settings =
        new ProberSettings(
            true,
            Duration.ofMinutes(1),
            atOnce,
            2,
            Duration.ZERO,
            List.of(ofReference.toString()),
            true);
    return new Prober(
        folder.stores(),
        new SqlProbes(folder.database()),
        new ProbeCall(outgoing, new Robots(outgoing)),
        new OwnNetwork(outgoing, List.of(ofReference)),
        writer,
        settings,
        LateClose.AS_GIVEN,
        clock,
        List.of(told::add));
  }

  private Prober prober() {
    return prober(50, reference.uri("/"));
  }

  private void put(String store, String url, @Nullable String text, boolean always) {
    var _ = book.put(Scope.EVERYTHING, null, store, new ProbeBody(url, null, text, null, always));
  }

  private void put(String store, String at) {
    put(store, other.uri(at).toString(), null, false);
  }

  /** Passes through a minute, in which each store has its turn once. */
  private void minute(Prober prober) {
    for (int i = 0; i < 6; i++) {
      clock.pass(Duration.ofSeconds(10));
      int _ = prober.pass();
    }
  }

  private void minute(Prober prober, int outcomes) {
    minute(prober);
    Eventually.until("%d outcomes of %s".formatted(outcomes, told), () -> told.size() >= outcomes);
    assertThat(told).hasSize(outcomes);
  }

  private Collection<Boolean> polls(String store) {
    return folder.allPolls().getOrDefault(store, new TreeMap<>()).values();
  }

  private ProbeView view(String store) {
    return book.get(Scope.EVERYTHING, store);
  }

  private List<String> askedPaths() {
    return other.asked().stream()
        .map(OtherMachine.Asked::path)
        .filter(each -> !each.equals("/robots.txt"))
        .toList();
  }

  @Test
  void writesWhatStoresAnswer() {
    other.answers("/up", 200, "Order now").answers("/down", 500, "");
    put("s0", "/up");
    put("s1", "/down");
    put("s2", other.uri("/up").toString(), "Order", false);
    put("s3", other.uri("/up").toString(), "closed for good", false);
    try (Prober prober = prober()) {
      minute(prober, 4);
      assertThat(polls("s0")).containsExactly(true);
      assertThat(polls("s1")).containsExactly(false);
      assertThat(polls("s2")).containsExactly(true);
      assertThat(polls("s3")).containsExactly(false);
      assertThat(view("s1").detail()).isEqualTo("answers 500, and is online by 200-399");
      assertThat(view("s3").detail()).contains("without the text 'closed for good'");
      assertThat(view("s0").outcome()).isEqualTo("active");
      minute(prober, 8);
      assertThat(polls("s0")).containsExactly(true, true);
    }
  }

  @Test
  void asksAgainBeforeItSaysThatAStoreIsInactive() {
    AtomicInteger tries = new AtomicInteger();
    other.answers(
        "/weak",
        exchange -> OtherMachine.send(exchange, tries.incrementAndGet() < 3 ? 503 : 200, ""));
    other.answers("/down", 503, "");
    put("s0", "/weak");
    put("s1", "/down");
    try (Prober prober = prober()) {
      minute(prober, 2);
    }
    assertThat(polls("s0")).containsExactly(true);
    assertThat(polls("s1")).containsExactly(false);
    assertThat(askedPaths()).hasSize(6);
    assertThat(reference.asked()).hasSize(1);
  }

  @Test
  void writesNothingWhenItsOwnNetworkIsAway() throws Exception {
    put("s0", "/down");
    other.answers("/down", 503, "");
    other.answers("/up", 200, "");
    put("s2", "/up");
    try (SilentPort port = new SilentPort();
        Prober prober = prober(50, at(port))) {
      put("s1", at(port).toString(), null, false);
      minute(prober, 3);
    }
    assertThat(polls("s0")).isEmpty();
    assertThat(polls("s1")).isEmpty();
    assertThat(polls("s2")).containsExactly(true);
    assertThat(view("s1").outcome()).isEqualTo("unknown");
    assertThat(view("s1").detail()).contains("the network of the prober is away");
  }

  private static URI at(SilentPort port) {
    return URI.create("http://127.0.0.1:%d/".formatted(port.number()));
  }

  @Test
  void saysThatAStoreIsInactiveThatNobodyReaches() throws Exception {
    try (SilentPort port = new SilentPort();
        Prober prober = prober()) {
      put("s0", at(port).toString(), null, false);
      minute(prober, 1);
    }
    assertThat(polls("s0")).containsExactly(false);
    assertThat(reference.asked()).hasSize(1);
  }

  @Test
  void asksNobodyWhoMayNotBeAsked() {
    other.answers("/robots.txt", 200, "User-agent: *\nDisallow: /private\n");
    put("s0", "/private/a");
    put("s1", "http://10.1.2.3/", null, false);
    put("s2", "http://169.254.169.254/", null, false);
    try (Prober prober = prober()) {
      minute(prober, 3);
      minute(prober, 6);
    }
    assertThat(told).containsOnly("not-asked");
    assertThat(folder.allPolls()).isEmpty();
    assertThat(other.asked()).extracting(OtherMachine.Asked::path).containsExactly("/robots.txt");
    assertThat(view("s0").detail()).contains("robots.txt of 127.0.0.1 forbids it");
    assertThat(view("s1").detail()).contains("10.1.2.3 is not asked: the address is private");
  }

  @Test
  void writesNothingWhenItIsAskedToComeLessOften() {
    other.answers("/busy", 429, "");
    put("s0", "/busy");
    try (Prober prober = prober()) {
      minute(prober, 1);
    }
    assertThat(told).containsExactly("unknown");
    assertThat(folder.allPolls()).isEmpty();
    assertThat(askedPaths()).hasSize(1);
  }

  /** The store "monday" is open on Mondays alone. */
  @Test
  void asksInBusinessHoursUnlessItIsToAskAlways() {
    other.answers("/up", 200, "");
    put("monday", "/up");
    put("s0", other.uri("/up").toString(), null, true);
    try (Prober prober = prober()) {
      minute(prober, 1);
    }
    assertThat(polls("monday")).isEmpty();
    clock.set(TestFolder.NOW.plus(Duration.ofDays(1)));
    told.clear();
    try (Prober prober = prober()) {
      minute(prober, 2);
    }
    assertThat(polls("monday")).containsExactly(true);
  }

  @Test
  void asksOneAtATimeOfAHost() {
    Together together = new Together();
    other.answers("/up", together::answer);
    for (int i = 0; i < STORES; i++) {
      put("s" + i, "/up");
    }
    try (Prober prober = prober()) {
      minute(prober, STORES);
    }
    assertThat(together.most).hasValue(1);
  }

  /** A host by two names counts as two. */
  @Test
  void asksNoMoreThanSomeAtOnce() {
    Together together = new Together();
    other.answers("/up", together::answer);
    for (int i = 0; i < STORES; i++) {
      put(
          "s" + i,
          other.uri(i % 2 == 0 ? "localhost" : "127.0.0.1", "/up").toString(),
          null,
          false);
    }
    try (Prober prober = prober(1, reference.uri("/"))) {
      minute(prober, STORES);
    }
    assertThat(together.most).hasValue(1);
  }

  /** How many requests are answered at the same time. */
  private static final class Together {
    final AtomicInteger now = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    void answer(HttpExchange exchange) throws IOException {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      LockSupport.parkNanos(5_000_000);
      now.decrementAndGet();
      OtherMachine.send(exchange, 200, "");
    }
  }

  @Test
  void leavesOutATurnWhileTheLastOneHasNotEnded() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    other.answers(
        "/slow",
        exchange -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          OtherMachine.send(exchange, 200, "");
        });
    ProbeBody patient = new ProbeBody(other.uri("/slow").toString(), null, null, "PT1M", null);
    var _ = book.put(Scope.EVERYTHING, null, "s0", patient);
    try (Prober prober = prober()) {
      minute(prober);
      Eventually.until("the request", () -> askedPaths().size() == 1);
      minute(prober, 1);
      assertThat(told).containsExactly("skipped");
      go.countDown();
      Eventually.until("the end", () -> told.contains("active"));
    }
    assertThat(askedPaths()).hasSize(1);
  }

  @Test
  void spreadsStoresOverTheTime() {
    other.answers("/up", 200, "");
    for (int i = 0; i < STORES; i++) {
      put("s" + i, "/up");
    }
    List<Integer> due = new ArrayList<>();
    try (Prober prober = prober()) {
      for (int i = 0; i < 6; i++) {
        clock.pass(Duration.ofSeconds(10));
        due.add(prober.pass());
      }
      Eventually.until("all", () -> told.size() == STORES);
    }
    assertThat(due.stream().mapToInt(Integer::intValue).sum()).isEqualTo(STORES);
    assertThat(due).allMatch(some -> some < STORES);
  }

  @Test
  void asksNoMoreWhoseAddressWasDeleted() {
    other.answers("/up", 200, "");
    put("s0", "/up");
    put("s1", "/up");
    try (Prober prober = prober()) {
      minute(prober, 2);
      book.delete(Scope.EVERYTHING, "s0");
      minute(prober, 3);
    }
    assertThat(polls("s0")).hasSize(1);
    assertThat(polls("s1")).hasSize(2);
    assertThat(book.list(Scope.EVERYTHING)).extracting(ProbeView::storeId).containsExactly("s1");
  }
}
