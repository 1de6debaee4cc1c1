package dev.storewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Alerts;
import dev.storewatch.channel.Outcome;
import dev.storewatch.interval.Micros;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
final class DeliveryQueueTest {
  private final TestClock clock = new TestClock();
  private final FakeKind kind = new FakeKind();

  @TempDir private Path path;
  private Sending sending;
  private String channel;

  @BeforeEach
  void open() {
    sending = new Sending(path, clock, kind);
    channel = sending.channel("ops", 6_000);
  }

  @AfterEach
  void close() {
    kind.open();
    sending.close();
  }

  private void restart() {
    sending.close();
    sending = new Sending(path, clock, kind);
  }

  /** Moves the clock on, and has the queue look again. */
  private void passes(Duration time) {
    clock.passes(time);
    sending.queue.wake();
  }

  /** Waits until a message is in a state, while the clock goes on. */
  private void awaitInTime(String id, Delivery.State state) {
    Delivery _ =
        Eventually.until(
            "%s is %s".formatted(id, state),
            () -> {
              passes(Duration.ofMillis(100));
              return sending.delivery(id);
            },
            found -> found.state() == state);
  }

  @Test
  void sendsWhatWasQueuedWithItsIdAndTheSettingsOfTheChannel() {
    sending.queue.start();
    String id = sending.queue(channel, "a").getFirst();

    Delivery sent = sending.await(id, Delivery.State.DELIVERED);

    assertThat(sent.note()).isEqualTo("got it");
    assertThat(sent.attempts()).isOne();
    FakeKind.Sent message = kind.sent().getFirst();
    assertThat(message.message().id()).isEqualTo(id);
    assertThat(message.message().at()).isEqualTo(TestClock.START);
    assertThat(message.message().alert()).isEqualTo(Alerts.of("a", Alert.Kind.STARTED));
    assertThat(message.settings().open()).containsEntry("place", "here");
    assertThat(message.settings().secrets()).containsEntry("password", "sesame");
    // Listeners are told after the commit that the message was waited for by.
    Eventually.until("the listener is told", () -> !sending.told.isEmpty());
    assertThat(sending.told).containsExactly("fake DELIVERED");
  }

  @Test
  void sendsNothingOfATransactionThatIsRolledBack() {
    sending.queue.start();
    assertThatThrownBy(
            () ->
                sending.database.inTransaction(
                    () -> {
                      String _ = sending.deliveries.add(Alerts.down(), channel);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    String id = sending.queue(channel, "after").getFirst();
    Delivery _ = sending.await(id, Delivery.State.DELIVERED);

    assertThat(kind.incidents()).containsExactly("after");
    assertThat(sending.deliveries.list(10, Long.MAX_VALUE, null, null, null)).hasSize(1);
  }

  @Test
  void queuesNothingOutsideOfATransaction() {
    assertThatThrownBy(() -> sending.deliveries.add(Alerts.down(), channel))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitsLongerAfterEachFailure() {
    kind.answers(Outcome.failed("away"));
    sending.queue.start();
    String id = sending.queue(channel, "a").getFirst();

    Instant due = TestClock.START;
    for (int attempt = 1; attempt <= 9; attempt++) {
      Delivery waiting = sending.awaitAttempts(id, attempt);
      long pause = Math.min(600, 5L << (attempt - 1));
      assertThat(Micros.toInstant(waiting.dueAt())).isEqualTo(due.plusSeconds(pause));
      assertThat(waiting.note()).isEqualTo("away");
      passes(Duration.ofSeconds(pause));
      due = clock.instant();
    }
    assertThat(sending.book.get(channel).failures()).isGreaterThanOrEqualTo(9);
    assertThat(sending.book.get(channel).lastError()).isEqualTo("away");
  }

  @Test
  void comesNotBeforeTheReceiverWantsIt() {
    kind.answersNext(new Outcome.Failed("enough", Duration.ofMinutes(20)));
    sending.queue.start();
    String id = sending.queue(channel, "a").getFirst();
    Delivery waiting = sending.awaitAttempts(id, 1);
    String other = sending.queue(channel, "b").getFirst();

    assertThat(Micros.toInstant(waiting.dueAt()))
        .isAfterOrEqualTo(TestClock.START.plus(Duration.ofMinutes(20)))
        .isBefore(TestClock.START.plus(Duration.ofMinutes(21)));
    assertThat(sending.claimOne()).isEmpty(); // the other one waits too
    passes(Duration.ofMinutes(19));
    assertThat(sending.claimOne()).isEmpty();
    passes(Duration.ofMinutes(2));

    awaitInTime(id, Delivery.State.DELIVERED);
    awaitInTime(other, Delivery.State.DELIVERED);
    assertThat(sending.book.get(channel).failures()).isZero();
    assertThat(sending.book.get(channel).lastError()).isNull();
  }

  /** While a receiver is away, one message is tried, and not all that wait. */
  @Test
  void triesOneMessageAndNotAllWhileTheReceiverIsAway() {
    kind.answers(Outcome.failed("away"));
    List<String> ids = sending.queue(channel, "a", "b", "c", "d", "e", "f");
    sending.queue.start();
    Delivery _ = sending.awaitAttempts(ids.getFirst(), 1);

    assertThat(sending.claimOne()).isEmpty();
    assertThat(kind.sent()).hasSizeLessThanOrEqualTo(2); // the second had begun
    kind.answers(FakeKind.DELIVERED);
    passes(Duration.ofMinutes(1));
    for (String id : ids) {
      awaitInTime(id, Delivery.State.DELIVERED);
    }
    assertThat(new HashSet<>(kind.incidents())).hasSize(6);
  }

  /** One message that its receiver cannot take must not hold up all others. */
  @Test
  void letsOthersPassAMessageThatFails() {
    kind.answersTo("poison", Outcome.failed("internal error"));
    sending.queue.start();
    String poison = sending.queue(channel, "poison").getFirst();
    Delivery _ = sending.awaitAttempts(poison, 1);
    String other = sending.queue(channel, "other").getFirst();

    passes(Duration.ofSeconds(5));

    awaitInTime(other, Delivery.State.DELIVERED);
    assertThat(sending.delivery(poison).state()).isNotEqualTo(Delivery.State.DELIVERED);
  }

  @Test
  void sendsTheMessagesOfOneIncidentInTheirOrder() {
    kind.answersNext(Outcome.failed("away"));
    sending.queue.start();
    List<String> ids = queue(Alert.Kind.STARTED, Alert.Kind.CONTINUES);
    Delivery _ = sending.awaitAttempts(ids.getFirst(), 1);

    assertThat(sending.delivery(ids.getLast()).attempts()).isZero();
    passes(Duration.ofSeconds(10));
    awaitInTime(ids.getLast(), Delivery.State.DELIVERED);

    assertThat(kind.sent())
        .extracting(each -> each.message().alert().kind())
        .containsExactly(Alert.Kind.STARTED, Alert.Kind.STARTED, Alert.Kind.CONTINUES);
  }

  /** Queues messages about one incident; returns their ids. */
  private List<String> queue(Alert.Kind... kinds) {
    return sending.database.inTransaction(
        () ->
            sending.deliveries.add(
                Stream.of(kinds)
                    .map(each -> new Deliveries.Order(Alerts.of("a", each), channel))
                    .toList()));
  }

  @Test
  void sendsTheEndAlthoughTheBeginningWasRefused() {
    kind.answersNext(new Outcome.Refused("too long"));
    sending.queue.start();
    String beginning = queue(Alert.Kind.STARTED).getFirst();

    Delivery refused = sending.await(beginning, Delivery.State.DEAD);
    assertThat(refused.note()).isEqualTo("too long");
    assertThat(refused.attempts()).isOne();
    String end = queue(Alert.Kind.ENDED).getFirst();
    awaitInTime(end, Delivery.State.DELIVERED);
  }

  /** Nobody is called because of what is over: the end says since when it was. */
  @Test
  void sendsTheEndAloneOfWhatIsOverBeforeItCouldBeSent() {
    kind.answersNext(Outcome.failed("away"));
    sending.queue.start();
    List<String> beginnings = queue(Alert.Kind.STARTED, Alert.Kind.CONTINUES);
    Delivery _ = sending.awaitAttempts(beginnings.getFirst(), 1);
    String end = queue(Alert.Kind.ENDED).getFirst();
    String other = sending.queue(channel, "b").getFirst();

    passes(Duration.ofDays(1));
    awaitInTime(end, Delivery.State.DELIVERED);
    awaitInTime(other, Delivery.State.DELIVERED);

    for (String beginning : beginnings) {
      assertThat(sending.delivery(beginning).state()).isEqualTo(Delivery.State.SKIPPED);
      assertThat(sending.delivery(beginning).note()).isEqualTo("it is over: its end says all");
      assertThat(sending.deliveries.resend(beginning)).isFalse();
    }
    assertThat(kind.sent())
        .extracting(each -> each.message().alert().kind())
        .containsExactlyInAnyOrder(Alert.Kind.STARTED, Alert.Kind.ENDED, Alert.Kind.STARTED);
    assertThat(sending.book.get(channel).dead()).isZero();
  }

  @Test
  void claimsWhatTheChannelTakesInHalfASecondAndSendsNoneBeforeItsTime() {
    String[] many = IntStream.range(0, 300).mapToObj(n -> "i" + n).toArray(String[]::new);
    List<String> ids = sending.queue(channel, many);
    long start = Micros.of(TestClock.START);

    Batch first = sending.claims.claim().orElseThrow();
    assertThat(sending.claims.claim()).isEmpty();
    clock.passes(Duration.ofMillis(500));
    Batch second = sending.claims.claim().orElseThrow();
    clock.passes(Duration.ofMinutes(1));
    assertThat(sending.claims.claim()).as("a third at once").isEmpty();

    List<Batch.Slot> both = new ArrayList<>(first.messages());
    both.addAll(second.messages());
    assertThat(both).extracting(each -> each.delivery().id()).isEqualTo(ids.subList(0, 100));
    assertThat(both)
        .extracting(Batch.Slot::notBefore)
        .isEqualTo(LongStream.range(0, 100).mapToObj(n -> start + n * 10_000).toList());
    sending.claims.putBack(first.numbers());
    Batch again = sending.claims.claim().orElseThrow();
    assertThat(again.numbers()).isEqualTo(first.numbers());
    assertThat(again.messages()).allMatch(each -> each.delivery().attempts() == 1);
  }

  @Test
  void sendsEachOfABatchAtItsTime() {
    sending.queue.start();
    List<String> ids = sending.queue(channel, "a", "b", "c", "d");
    Delivery _ = sending.await(ids.getFirst(), Delivery.State.DELIVERED);
    assertThat(kind.incidents()).containsExactly("a");

    for (String id : ids) {
      awaitInTime(id, Delivery.State.DELIVERED);
    }
    assertThat(kind.sent())
        .filteredOn(each -> each.message().at().equals(TestClock.START))
        .hasSize(1);
    assertThat(new HashSet<>(kind.incidents())).hasSize(4);
    assertThat(kind.sent()).hasSize(4);
  }

  /** What was claimed with a message that is not taken waits as if it had not been claimed. */
  @Test
  void putsBackWhatFollowsAFailure() {
    kind.answersTo("b", Outcome.failed("away"));
    String[] many = IntStream.range(0, 40).mapToObj(n -> "i" + n).toArray(String[]::new);
    many[1] = "b";
    List<String> ids = sending.queue(channel, many);
    sending.queue.start();
    awaitInTime(ids.getFirst(), Delivery.State.DELIVERED);
    Eventually.until(
        "the second was tried",
        () -> {
          passes(Duration.ofMillis(10));
          return sending.delivery(ids.get(1)).note() != null;
        });

    Delivery third =
        Eventually.until(
            "the third waits",
            () -> sending.delivery(ids.get(2)),
            found -> found.state() == Delivery.State.QUEUED);
    assertThat(third.attempts()).isZero();
    assertThat(third.note()).isNull();
  }

  @Test
  void sendsNoMoreOfABatchWhenTheChannelIsDeleted() {
    kind.shut();
    sending.queue.start();
    String[] many = IntStream.range(0, 40).mapToObj(n -> "i" + n).toArray(String[]::new);
    List<String> ids = sending.queue(channel, many);
    Eventually.until("the first is being sent", () -> kind.sent().size() == 1);

    String _ = sending.book.delete(null, channel);
    kind.open();

    for (String id : ids.subList(1, 40)) {
      awaitInTime(id, Delivery.State.DEAD);
    }
    assertThat(sending.await(ids.getFirst(), Delivery.State.DELIVERED).note()).isEqualTo("got it");
  }

  @Test
  void givesUpAfterATimeAndSendsAgainWhenItIsTold() {
    kind.answers(Outcome.failed("away"));
    sending.queue.start();
    String id = sending.queue(channel, "a").getFirst();
    Delivery _ = sending.awaitAttempts(id, 1);
    passes(Sending.GIVE_UP);

    Delivery dead = sending.await(id, Delivery.State.DEAD);
    assertThat(dead.note()).isEqualTo("given up after 2 attempts: away");
    assertThat(sending.book.get(channel).dead()).isOne();
    Eventually.until("the listener is told", () -> sending.told.contains("fake DEAD"));

    kind.answers(FakeKind.DELIVERED);
    passes(Duration.ofMinutes(10));
    assertThat(sending.deliveries.resend(id)).isTrue();
    Delivery sent = sending.await(id, Delivery.State.DELIVERED);
    assertThat(sent.sinceAt()).isGreaterThan(sent.queuedAt());
    assertThat(kind.sent()).extracting(each -> each.message().id()).containsOnly(id);
    assertThat(sending.deliveries.resend(id)).isFalse();
  }

  @Test
  void sendsAllDeadMessagesOfAChannelAgain() {
    kind.answers(new Outcome.Refused("no"));
    sending.queue.start();
    List<String> ids = sending.queue(channel, "a", "b");
    String other = sending.channel("other", 6_000);
    String elsewhere = sending.queue(other, "c").getFirst();
    for (String id : List.of(ids.get(0), ids.get(1), elsewhere)) {
      awaitInTime(id, Delivery.State.DEAD);
    }
    kind.answers(new Outcome.Accepted("taken"));
    passes(Duration.ofSeconds(1));

    assertThat(sending.deliveries.resendAll(channel)).isEqualTo(2);

    for (String id : ids) {
      awaitInTime(id, Delivery.State.ACCEPTED);
    }
    assertThat(sending.delivery(elsewhere).state()).isEqualTo(Delivery.State.DEAD);
  }

  @Test
  void keepsToTheRateOfTheChannel() {
    String slow = sending.channel("slow", 60);
    List<String> ids = sending.queue(slow, "a", "b", "c");

    assertThat(sending.claimOne()).map(Delivery::id).contains(ids.get(0));
    assertThat(sending.claimOne()).isEmpty();
    clock.passes(Duration.ofMillis(999));
    assertThat(sending.claimOne()).isEmpty();
    clock.passes(Duration.ofMillis(1));
    assertThat(sending.claimOne()).map(Delivery::id).contains(ids.get(1));
    clock.passes(Duration.ofMinutes(1));
    // Two at once are the bound, however long ago the last one went.
    assertThat(sending.claimOne()).isEmpty();
    sending.end(ids.get(0));
    assertThat(sending.claimOne()).map(Delivery::id).contains(ids.get(2));
  }

  @Test
  void doesNotLetASlowChannelHoldUpAnother() {
    kind.shut();
    sending.queue.start();
    String[] incidents =
        IntStream.range(0, 20).mapToObj(number -> "slow-" + number).toArray(String[]::new);
    List<String> _ = sending.queue(channel, incidents);
    Eventually.until(
        "two are being sent",
        () -> {
          passes(Duration.ofMillis(20));
          return kind.sent().size() == 2;
        });
    String other = sending.channel("other", 6_000);
    List<String> _ = sending.queue(other, "quick");

    Eventually.until("the other channel is sent to", () -> kind.incidents().contains("quick"));
    passes(Duration.ofSeconds(10));
    assertThat(sending.claimOne()).isEmpty();
    assertThat(kind.mostAtOnce()).isEqualTo(3);
  }

  @Test
  void keepsNoMoreWaitingThanItMay() {
    String[] many =
        IntStream.range(0, Deliveries.MOST_WAITING).mapToObj(n -> "i" + n).toArray(String[]::new);
    List<String> _ = sending.queue(channel, many);
    String tooMuch = sending.queue(channel, "one more").getFirst();

    Delivery dead = sending.delivery(tooMuch);
    assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
    assertThat(dead.note()).contains("10000 messages wait");
    assertThat(sending.book.get(channel).waiting()).isEqualTo(Deliveries.MOST_WAITING);
  }

  @Test
  void losesNothingOverARestartInAnyState() {
    kind.answersTo("failing", Outcome.failed("away"));
    kind.answersTo("refused", new Outcome.Refused("no"));
    sending.queue.start();
    String failing = sending.queue(channel, "failing").getFirst();
    Delivery _ = sending.awaitAttempts(failing, 1);
    passes(Duration.ofSeconds(5));
    String refused = sending.queue(channel, "refused").getFirst();
    awaitInTime(refused, Delivery.State.DEAD);
    sending.queue.close();
    String waiting = sending.queue(channel, "waiting").getFirst();
    clock.passes(Duration.ofMinutes(1));
    Delivery claimed = sending.claimOne().orElseThrow();

    restart();
    kind.answersTo("failing", FakeKind.DELIVERED);
    sending.queue.start();

    for (String id : List.of(failing, waiting, claimed.id())) {
      awaitInTime(id, Delivery.State.DELIVERED);
    }
    assertThat(sending.delivery(refused).state()).isEqualTo(Delivery.State.DEAD);
    assertThat(Collections.frequency(kind.incidents(), "waiting")).isOne();
  }

  @Test
  void sendsAgainWhatWasBeingSentWhenTheProcessEnded() {
    sending.queue(channel, "a");
    Delivery claimed = sending.claimOne().orElseThrow();
    assertThat(claimed.state()).isEqualTo(Delivery.State.RUNNING);
    sending.queue.close(); // puts back what this process has claimed

    restart();
    clock.passes(Duration.ofSeconds(1));
    sending.queue.start();

    assertThat(sending.await(claimed.id(), Delivery.State.DELIVERED).attempts()).isEqualTo(2);
  }

  @Test
  void sendsNothingToAChannelThatWasDeleted() {
    String id = sending.queue(channel, "a").getFirst();
    String _ = sending.book.delete(null, channel);
    sending.queue.start();

    assertThat(sending.delivery(id).state()).isEqualTo(Delivery.State.DEAD);
    assertThat(sending.delivery(id).note()).isEqualTo("the channel was deleted");
    assertThat(sending.deliveries.resend(id)).isFalse();
    String late = sending.queue(channel, "b").getFirst();
    assertThat(sending.await(late, Delivery.State.DEAD).note())
        .isEqualTo("the channel was deleted");
    assertThat(kind.sent()).isEmpty();
  }

  @Test
  void keepsNoSecretThatAReceiverRepeats() {
    kind.answers(Outcome.failed("wrong\u0000password 'sesame'"));
    sending.queue.start();
    String id = sending.queue(channel, "a").getFirst();

    assertThat(sending.awaitAttempts(id, 1).note()).isEqualTo("wrong password '(password)'");
    assertThat(sending.book.get(channel).lastError()).isEqualTo("wrong password '(password)'");
  }

  @Test
  void deletesWhatEndedLongAgoAndNothingElse() {
    kind.answersTo("waits", Outcome.failed("away"));
    sending.queue.start();
    String done = sending.queue(channel, "done").getFirst();
    Delivery _ = sending.await(done, Delivery.State.DELIVERED);
    passes(Duration.ofSeconds(1));
    String waits = sending.queue(channel, "waits").getFirst();
    Delivery _ = sending.awaitAttempts(waits, 1);
    long now = Micros.of(clock.instant());

    assertThat(sending.deliveries.deleteBefore(now - 10_000_000)).isZero();
    assertThat(sending.deliveries.deleteBefore(now + 1)).isOne();
    assertThat(sending.deliveries.find(done)).isEmpty();
    assertThat(sending.deliveries.find(waits)).isPresent();
  }

  @Test
  void listsTheNewestFirstAndByWhatIsAsked() {
    List<String> ids = sending.queue(channel, "a", "b", "a");

    assertThat(sending.deliveries.list(2, Long.MAX_VALUE, null, null, null))
        .extracting(Delivery::id)
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(
            sending.deliveries.list(
                9, sending.delivery(ids.get(1)).number(), channel, Delivery.State.QUEUED, null))
        .extracting(Delivery::id)
        .containsExactly(ids.get(0));
    assertThat(sending.deliveries.list(9, Long.MAX_VALUE, null, null, "a"))
        .extracting(Delivery::id)
        .containsExactly(ids.get(2), ids.get(0));
    assertThat(sending.deliveries.list(9, Long.MAX_VALUE, "none", null, null)).isEmpty();
    assertThat(sending.deliveries.list(9, Long.MAX_VALUE, null, Delivery.State.DEAD, null))
        .isEmpty();
  }
}
