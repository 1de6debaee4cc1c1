package dev.storewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How questions to something that may hang are answered. */
final class InquiryTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final AtomicInteger times = new AtomicInteger();

  @Test
  void givesTheAnswerEachTime() throws Exception {
    Inquiry<Integer> inquiry =
        new Inquiry<>("test", Duration.ofSeconds(20), times::incrementAndGet);

    assertThat(inquiry.ask()).isEqualTo(1);
    assertThat(inquiry.ask()).isEqualTo(2);
  }

  @Test
  void saysWhyThereIsNoAnswer() {
    Inquiry<Integer> inquiry =
        new Inquiry<>(
            "test",
            Duration.ofSeconds(20),
            () -> {
              throw new IllegalStateException("no such table");
            });

    assertThatThrownBy(inquiry::ask)
        .isInstanceOf(Inquiry.Unanswered.class)
        .hasMessageContaining("no such table");
  }

  @Test
  void holdsOneThreadHoweverOftenAQuestionThatHangsIsAsked() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    Inquiry<Integer> inquiry = new Inquiry<>("hanging-question", SHORT, () -> await(hanging));

    long begin = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(inquiry::ask)
          .isInstanceOf(Inquiry.Unanswered.class)
          .hasMessage("no answer within 200 ms");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, Duration.ofSeconds(5));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("hanging-question"))
        .hasSize(1);
    assertThat(times).hasValue(1);

    hanging.countDown();
    assertThat(answer(inquiry)).isEqualTo(2);
  }

  private int await(CountDownLatch hanging) {
    int time = times.incrementAndGet();
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return time;
  }

  /** The answer that came late is still given to whoever asks before it has come. */
  private static int answer(Inquiry<Integer> inquiry) {
    return Eventually.until("the next answer", () -> answerOrZero(inquiry), answer -> answer > 1);
  }

  private static int answerOrZero(Inquiry<Integer> inquiry) {
    try {
      return inquiry.ask();
    } catch (Inquiry.Unanswered e) {
      return 0;
    }
  }
}
