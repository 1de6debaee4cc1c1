package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.OtherMachine;
import dev.storewatch.TestFolder;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Micros;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.OutgoingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that are pulled from another machine, each when it is due. */
@AnyDatabase
@Isolated // it reads the log, which is one for the process
final class PullsTest {
  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      42,active,2026-10-30T10:00:00Z
      """;

  private static final String MORE = POLLS + "42,inactive,2026-10-30T11:00:00Z\n";

  @TempDir private Path path;
  private final HandClock clock = new HandClock(TestFolder.NOW);
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> cut = new AtomicReference<>();
  private TestFolder folder;
  private OtherMachine other;
  private Outgoing outgoing;
  private SourceBook book;
  private Pulls pulls;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    other = new OtherMachine();
    outgoing = new Outgoing(OutgoingSettings.allowing("127.0.0.1"));
    book = new SourceBook(folder.database(), folder.imports(), clock);
    pulls = pulls();
    pulls.start();
  }

  private Pulls pulls() throws IOException {
    FileIntake intake =
        (file, order, said) -> {
          ImportRun known = folder.imports().find(order.id()).orElse(null);
          return known != null
              ? known
              : folder.importer().run(order, Files.newInputStream(file), ImportProgress.NONE);
        };
    Pull pull =
        new Pull(
            outgoing,
            (file, order, said) -> {
              ImportRun run = intake.take(file, order, said);
              RuntimeException failure = cut.getAndSet(null);
              if (failure != null) {
                throw failure;
              }
              return run;
            },
            new SourceSettings(null, Duration.ofSeconds(5)),
            name -> name.equals("STOREWATCH_SECRET_A") ? "s3cret" : null,
            folder.folder().temporary(),
            1_000);
    return new Pulls(folder.database(), pull, clock, () -> 0, List.of(ended::add));
  }

  @AfterEach
  void close() {
    pulls.close();
    outgoing.close();
    other.close();
    folder.close();
  }

  private SourceBody body(String path, @Nullable String secret) {
    return named("chain", path, secret);
  }

  private SourceBody named(String name, String path, @Nullable String secret) {
    return new SourceBody(
        name, other.uri(path).toString(), null, null, null, secret, null, null, null, null);
  }

  private String enter(String path) {
    return book.add("user:ann", body(path, null)).id();
  }

  /** Waits until a source was pulled as often as is said in all. */
  private SourceView pulled(String id, int times) {
    pulls.wake();
    Eventually.until("pull " + times, () -> ended.size() >= times);
    assertThat(ended).hasSize(times);
    return book.get(id);
  }

  private SourceView pulledAgain(String id, int times) {
    clock.set(due(book.get(id)));
    return pulled(id, times);
  }

  private static SourceView.Last last(SourceView source) {
    return Optional.ofNullable(source.last()).orElseThrow();
  }

  private static Instant due(SourceView source) {
    return Optional.ofNullable(source.nextAt()).orElseThrow();
  }

  private static String outcome(SourceView source) {
    return last(source).outcome();
  }

  private List<ImportRun> runs() {
    return folder.imports().newest(100, null);
  }

  @Test
  void importsWhatIsThere() throws Exception {
    other.answers("/polls.csv", 200, POLLS);
    String id = enter("/polls.csv");
    SourceView source = pulled(id, 1);

    assertThat(outcome(source)).isEqualTo("imported");
    assertThat(last(source).importId()).isEqualTo(runs().getFirst().id());
    assertThat(last(source).importState()).isEqualTo("complete");
    assertThat(runs())
        .singleElement()
        .satisfies(run -> assertThat(run.source()).isEqualTo("source/chain"));
    assertThat(folder.allPolls()).containsKey("42");
    assertThat(source.nextAt())
        .isAfter(clock.instant())
        .isBeforeOrEqualTo(clock.instant().plus(Duration.ofHours(1)));
    try (Stream<Path> left = Files.list(folder.folder().temporary())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void asksForWhatIsNewAlone() {
    other.answers("/polls.csv", 200, POLLS, "ETag", "\"one\"", "Last-Modified", "yesterday");
    String id = enter("/polls.csv");
    var _ = pulled(id, 1);
    other.answers("/polls.csv", 304, "");
    assertThat(outcome(pulledAgain(id, 2))).isEqualTo("unchanged");
    assertThat(other.last().headers())
        .containsEntry("if-none-match", "\"one\"")
        .doesNotContainKey("if-modified-since");
    other.answers("/polls.csv", 200, MORE, "Last-Modified", "today");
    assertThat(outcome(pulledAgain(id, 3))).isEqualTo("imported");
    assertThat(runs()).hasSize(2);
    var _ = pulledAgain(id, 4);
    assertThat(other.last().headers())
        .containsEntry("if-modified-since", "today")
        .doesNotContainKey("if-none-match");
  }

  @Test
  void importsNoFileAgainThatIsTheSame() {
    other.answers("/polls.csv", 200, POLLS);
    String id = enter("/polls.csv");
    var _ = pulled(id, 1);
    assertThat(outcome(pulledAgain(id, 2))).isEqualTo("unchanged");
    assertThat(runs()).hasSize(1);
    other.answers("/polls.csv", 200, MORE);
    var _ = pulledAgain(id, 3);
    other.answers("/polls.csv", 200, POLLS);
    assertThat(outcome(pulledAgain(id, 4))).isEqualTo("imported");
    assertThat(runs()).hasSize(3);
  }

  /** A process that ends after the import is committed, and before that is noted. */
  @Test
  void importsNoneTwiceWhenItIsCutOff() {
    other.answers("/polls.csv", 200, POLLS);
    cut.set(new IllegalStateException("the end"));
    String id = enter("/polls.csv");
    assertThat(outcome(pulled(id, 1))).isEqualTo("failed");
    assertThat(runs()).hasSize(1);
    SourceView source = pulledAgain(id, 2);
    assertThat(outcome(source)).isEqualTo("imported");
    assertThat(last(source).importId()).isEqualTo(runs().getFirst().id());
    assertThat(runs()).hasSize(1);
  }

  @Test
  void sendsASecretAndShowsItNowhere() {
    other.answers("/polls.csv", 401, "you sent Bearer s3cret");
    SourceView entered = book.add(null, body("/polls.csv", "env:STOREWATCH_SECRET_A"));
    SourceView source = pulled(entered.id(), 1);
    assertThat(other.last().headers()).containsEntry("authorization", "Bearer s3cret");
    assertThat(source.toString())
        .contains("env:STOREWATCH_SECRET_A", "401")
        .doesNotContain("s3cret");
  }

  @Test
  void saysThatASecretIsMissing() {
    SourceView entered = book.add(null, body("/polls.csv", "env:STOREWATCH_SECRET_B"));
    assertThat(last(pulled(entered.id(), 1)).detail())
        .isEqualTo("the environment of the server has no STOREWATCH_SECRET_B");
    assertThat(other.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | store_id | answers 500",
        "200 | <html>Please sign in</html> | source/chain",
        "200 | store_id,timestamp_utc,Colour | the field reading of the source, {\"columns\":"
            + " \"status=NAME\"}",
        "204 | '' | source/chain",
        "304 | '' | answers 304",
      })
  void saysWhyItFailed(int status, String text, String why) {
    other.answers("/polls.csv", status, text);
    SourceView source = pulled(enter("/polls.csv"), 1);
    assertThat(outcome(source)).isEqualTo("failed");
    assertThat(last(source).detail()).contains(why);
    assertThat(runs()).isEmpty();
    assertThat(book.countFailing()).isEqualTo(1);
  }

  @Test
  void fetchesNoMoreThanIsAccepted() {
    other.answers("/polls.csv", 200, POLLS.repeat(100));
    assertThat(last(pulled(enter("/polls.csv"), 1)).detail())
        .endsWith("larger than 1000 bytes (storewatch.limits.upload-bytes)");
  }

  @Test
  void asksNoMachineThatIsNotPublic() {
    SourceView entered =
        book.add(
            null,
            new SourceBody(
                "x", "http://169.254.169.254/x", null, null, null, null, null, null, null, null));
    assertThat(last(pulled(entered.id(), 1)).detail())
        .contains("169.254.169.254 is not asked", "hands out keys");
  }

  @Test
  void triesAgainLaterAndLater() {
    String id = enter("/gone.csv");
    long[] pauses = new long[9];
    for (int i = 0; i < pauses.length; i++) {
      Instant next = due(pulled(id, i + 1));
      pauses[i] = Duration.between(clock.instant(), next).toMinutes();
      clock.set(next);
    }
    long first = new Timing.Every(Duration.ofHours(1)).next(id, Micros.of(TestFolder.NOW));
    if (Duration.between(TestFolder.NOW, Micros.toInstant(first)).toMinutes() > 31) {
      assertThat(pauses).startsWith(1, 2, 4, 8, 16);
    }
    for (long pause : pauses) {
      assertThat(pause).isBetween(0L, 60L);
    }
    assertThat(last(book.get(id)).failures()).isEqualTo(9);
    other.answers("/gone.csv", 200, POLLS);
    assertThat(last(pulledAgain(id, 10)).failures()).isZero();
    assertThat(book.countFailing()).isZero();
  }

  @Test
  void tellsOnceThatASourceFailsAndOnceThatItWorksAgain() {
    String id = enter("/gone.csv");
    try (Logged logged = new Logged(Pulls.class.getName(), Level.INFO)) {
      for (int i = 1; i <= 5; i++) {
        var _ = pulledAgain(id, i);
      }
      Eventually.until("the first message", () -> !logged.messages().isEmpty());
      assertThat(logged.messages())
          .singleElement()
          .asString()
          .startsWith(
              "the source chain cannot be pulled: %s answers 404; it is tried again"
                  .formatted(other.uri("/gone.csv")));
      other.answers("/gone.csv", 200, POLLS);
      for (int i = 6; i <= 8; i++) {
        var _ = pulledAgain(id, i);
      }
      Eventually.until("the second message", () -> logged.messages().size() > 1);
      assertThat(logged.messages())
          .hasSize(2)
          .last()
          .isEqualTo("the source chain can be pulled again");
      other.answers("/gone.csv", 500, "");
      var _ = pulledAgain(id, 9);
      Eventually.until("the third message", () -> logged.messages().size() > 2);
      assertThat(logged.messages()).hasSize(3).last().asString().contains("answers 500");
    }
  }

  /** The first failure at another address is told even if the one before failed. */
  @Test
  void tellsAgainWhenASourceThatFailsIsChanged() {
    String id = enter("/gone.csv");
    try (Logged logged = new Logged(Pulls.class.getName(), Level.INFO)) {
      var _ = pulled(id, 1);
      var _ = book.change(id, body("/elsewhere.csv", null));
      var _ = pulled(id, 2);
      Eventually.until("two messages", () -> logged.messages().size() > 1);
      other.answers("/elsewhere.csv", 200, POLLS);
      var _ = pulledAgain(id, 3);
      Eventually.until("three messages", () -> logged.messages().size() > 2);
      assertThat(logged.messages().get(1)).contains("/elsewhere.csv answers 404");
      assertThat(logged.messages()).hasSize(3).last().asString().endsWith("can be pulled again");
    }
  }

  @Test
  void logsNoSecret() {
    other.answers(
        "/moved.csv", 302, "", "Location", other.uri("/there.csv") + "?sig=s1gnature&x=1");
    other.answers("/echo.csv", 200, "you sent Bearer s3cret\n");
    try (Logged logged = new Logged("dev.storewatch.source", Level.DEBUG)) {
      String moved = book.add(null, named("moved", "/moved.csv?key=k3y", null)).id();
      String echo = book.add(null, named("echo", "/echo.csv", "env:STOREWATCH_SECRET_A")).id();
      var _ = pulled(moved, 2);
      assertThat(last(book.get(echo)).detail()).contains("Bearer (the secret)");
      Eventually.until(
          "both messages",
          () ->
              logged.messages().stream().filter(text -> text.contains("cannot be pulled")).count()
                  == 2);
      assertThat(logged.messages())
          .anyMatch(text -> text.contains("/moved.csv?... answers 404"))
          .noneMatch(text -> text.contains("s3cret") || text.contains("k3y"))
          .noneMatch(text -> text.contains("s1gnature"));
    }
  }

  @Test
  void refusesANameThatAnotherSourceHas() throws Exception {
    String id = enter("/polls.csv");
    assertThatThrownBy(() -> enter("/other.csv"))
        .isInstanceOf(NameTaken.class)
        .hasMessage("there is a source 'chain': choose another name, or change that one");
    String other = book.add(null, named("other", "/other.csv", null)).id();
    assertThatThrownBy(() -> book.change(other, body("/other.csv", null)))
        .isInstanceOf(NameTaken.class);
    assertThat(book.get(other).name()).isEqualTo("other");
    assertThat(book.change(id, body("/new.csv", null)).name()).isEqualTo("chain");
  }

  /** Each book is of another server, as far as its threads can tell. */
  @Test
  void givesANameToOneOfManyWhoAskForItAtOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger refused = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        var _ =
            threads.submit(
                () -> {
                  SourceBook mine = new SourceBook(folder.database(), folder.imports(), clock);
                  go.await();
                  try {
                    return mine.add(null, body("/polls.csv", null));
                  } catch (NameTaken e) {
                    return refused.incrementAndGet();
                  }
                });
      }
      go.countDown();
    }
    assertThat(refused).hasValue(7);
    assertThat(book.list()).hasSize(1);
  }

  /** In a database of before, sources may share a name; they stay and can be changed. */
  @Test
  void leavesSourcesThatHaveOneNameAlready() {
    String id = enter("/polls.csv");
    String second = book.add(null, named("second", "/other.csv", null)).id();
    int changed =
        folder
            .database()
            .exclusively(
                "source.claim",
                () ->
                    folder
                        .database()
                        .jdbc()
                        .sql("UPDATE poll_source SET name = 'chain' WHERE id = ?")
                        .param(second)
                        .update());
    assertThat(changed).isEqualTo(1);
    assertThat(book.change(second, body("/new.csv", null)).url()).endsWith("/new.csv");
    assertThat(book.list()).extracting(SourceView::name).containsExactly("chain", "chain");
    assertThat(book.change(second, named("free", "/new.csv", null)).name()).isEqualTo("free");
    assertThatThrownBy(() -> book.change(second, body("/new.csv", null)))
        .isInstanceOf(NameTaken.class);
    assertThat(book.get(id).name()).isEqualTo("chain");
  }

  @Test
  void comesNoSoonerThanItIsAsked() {
    other.answers("/busy.csv", 429, "", "Retry-After", "7200");
    SourceView source = pulled(enter("/busy.csv"), 1);
    assertThat(source.nextAt()).isEqualTo(clock.instant().plusSeconds(7_200));
  }

  /** The table may be an older one than that by which the source was entered. */
  @Test
  void saysThatTheTableOfZonesHasNotTheZoneOfItsClocks() {
    SourceBody daily =
        new SourceBody(
            "chain",
            other.uri("/polls.csv").toString(),
            null,
            "02:30",
            "America/Chicago",
            null,
            null,
            null,
            null,
            true);
    String id = book.add(null, daily).id();
    int changed =
        folder
            .database()
            .call(
                () ->
                    folder
                        .database()
                        .jdbc()
                        .sql("UPDATE poll_source SET zone = 'America/Gone'")
                        .update());
    assertThat(changed).isEqualTo(1);
    var _ =
        book.change(
            id, new SourceBody(null, null, null, null, null, null, null, null, null, false));

    SourceView source = pulled(id, 1);

    assertThat(last(source).detail()).contains("there is no time zone 'America/Gone'");
    assertThat(source.zone()).isEqualTo("America/Gone");
    assertThat(due(source)).isAfter(clock.instant());
    assertThat(other.asked()).isEmpty();
  }

  @Test
  void understandsEveryWayOfAskingForAPause() {
    Instant now = Instant.parse("2026-11-01T00:00:00Z");
    assertThat(Pull.wait("120", now)).contains(Duration.ofMinutes(2));
    assertThat(Pull.wait("Sun, 01 Nov 2026 00:05:00 GMT", now)).contains(Duration.ofMinutes(5));
    assertThat(Pull.wait("999999999", now)).contains(Duration.ofDays(1));
    assertThat(Pull.wait("Sat, 31 Oct 2026 00:05:00 GMT", now)).isEmpty();
    assertThat(Pull.wait("soon", now)).isEmpty();
  }

  @Test
  void leavesAloneWhatIsPausedOrNotDue() {
    other.answers("/polls.csv", 200, POLLS);
    String id = enter("/polls.csv");
    var _ = pulled(id, 1);
    String paused = book.add(null, named("paused", "/other.csv", null)).id();
    var _ =
        book.change(
            paused, new SourceBody(null, null, null, null, null, null, null, null, null, true));
    var _ = book.pull(id);
    var _ = pulled(id, 2);
    assertThat(other.asked()).noneMatch(asked -> asked.path().equals("/other.csv"));
    assertThat(book.get(paused).nextAt()).isNull();
  }

  @Test
  void forgetsTheFileWhenTheAddressBecomesAnother() {
    other.answers("/polls.csv", 200, POLLS, "ETag", "\"one\"").answers("/new.csv", 200, POLLS);
    String id = enter("/polls.csv");
    var _ = pulled(id, 1);
    var _ = book.change(id, body("/new.csv", null));
    assertThat(outcome(pulled(id, 2))).isEqualTo("imported");
    assertThat(other.last().headers()).doesNotContainKey("if-none-match");
    assertThat(runs()).hasSize(2);
  }

  @Test
  void pullsEachSourceOnceWhateverTheNumberOfServers() throws Exception {
    other.answers("/polls.csv", 200, POLLS);
    try (Pulls second = pulls()) {
      second.start();
      for (int i = 0; i < 20; i++) {
        var _ = book.add(null, named("chain-" + i, "/polls.csv", null));
      }
      second.wake();
      pulls.wake();
      Eventually.until("all pulls", () -> ended.size() >= 20);
    }
    assertThat(ended).hasSize(20);
    assertThat(other.asked()).hasSize(20);
    assertThat(book.list()).allMatch(source -> outcome(source).equals("imported"));
  }

  @Test
  void goesOnWithOthersWhileOneIsSlow() {
    CountDownLatch go = new CountDownLatch(1);
    other.answers(
        "/slow.csv",
        exchange -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          OtherMachine.send(exchange, 200, POLLS);
        });
    other.answers("/polls.csv", 200, MORE);
    String slow = enter("/slow.csv");
    String quick = book.add(null, named("quick", "/polls.csv", null)).id();
    var _ = pulled(quick, 1);
    assertThat(book.get(slow).last()).isNull();
    assertThat(outcome(book.get(quick))).isEqualTo("imported");
    go.countDown();
    assertThat(outcome(pulled(slow, 2))).isEqualTo("imported");
  }
}
