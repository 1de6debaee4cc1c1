package dev.storewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that send what lies in one database. */
final class SharedDeliveriesTest {
  private final TestClock clock = new TestClock();
  private final FakeKind kind = new FakeKind();

  @TempDir private Path path;
  private TestDatabase database;
  private Sending one;
  private Sending two;
  private String channel;

  @BeforeEach
  void open() {
    database = TestDatabase.withTables();
    one = new Sending(path.resolve("one"), database.settings(), clock, kind);
    two = new Sending(path.resolve("two"), database.settings(), clock, kind);
    channel =
        one.book
            .add(null, new ChannelBody("ops", "fake", Map.of("place", "here"), null, 6_000))
            .id();
  }

  @AfterEach
  void close() {
    kind.open();
    one.close();
    two.close();
    database.close();
  }

  @Test
  void sendEachMessageOnceWithinTheBoundOfTheChannel() {
    one.queue.start();
    two.queue.start();
    String[] incidents =
        IntStream.range(0, 60).mapToObj(number -> "i" + number).toArray(String[]::new);

    List<String> _ = one.queue(channel, incidents);

    Eventually.until(
        "all are delivered",
        () -> {
          clock.passes(Duration.ofMillis(20));
          return two.deliveries
                  .list(100, Long.MAX_VALUE, channel, Delivery.State.DELIVERED, null)
                  .size()
              == 60;
        });
    assertThat(kind.incidents()).hasSize(60);
    assertThat(new HashSet<>(kind.incidents())).hasSize(60);
    assertThat(kind.mostAtOnce()).isLessThanOrEqualTo(2);
  }

  @Test
  void takeOverWhatAServerLeft() {
    List<String> ids = one.queue(channel, "a", "b");
    Delivery left = one.claimOne().orElseThrow();
    clock.passes(Duration.ofSeconds(1));
    two.queue.start();
    Delivery _ = two.await(ids.get(1), Delivery.State.DELIVERED);
    assertThat(two.delivery(left.id()).state()).isEqualTo(Delivery.State.RUNNING);

    one.database.close(); // as if it were gone: what it has claimed is not put back

    Delivery _ =
        Eventually.until(
            "the other server has sent it",
            () -> {
              clock.passes(Duration.ofSeconds(1));
              return two.delivery(left.id());
            },
            found -> found.state() == Delivery.State.DELIVERED);
    assertThat(kind.incidents()).containsExactly("b", "a");
  }
}
