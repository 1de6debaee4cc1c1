package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The thread of a server that reads polls from Kafka, if the settings name topics. */
final class KafkaFollower implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFollower.class);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private final KafkaClient client;
  private final KafkaReader.Parts parts;
  private final Thread thread = Thread.ofPlatform().name("kafka").unstarted(this::follow);
  private final AtomicReference<@Nullable Consumer<byte[], byte[]>> consumer =
      new AtomicReference<>();
  private volatile boolean running;

  /** A follower that does nothing before it is started. */
  KafkaFollower(KafkaClient client, KafkaReader.Parts parts) {
    this.client = client;
    this.parts = parts;
  }

  @Override
  public boolean isAutoStartup() {
    return parts.settings().isOn();
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  private void follow() {
    while (running) {
      try {
        read();
      } catch (WakeupException e) {
        LOG.debug("woken to end");
      } catch (KafkaException | WrongInput e) {
        String why = KafkaClient.innermost(e);
        LOG.warn(
            "Kafka cannot be read, and no poll is lost: {}; it is tried again in {} s",
            why,
            PAUSE_AFTER_FAILURE.toSeconds());
        pause("Kafka cannot be read: " + why);
      } catch (RuntimeException e) {
        LOG.error("Kafka cannot be read, and no poll is lost: it is tried again", e);
        pause("Kafka cannot be read: the log of the server says why");
      }
    }
  }

  /** Reads with one consumer until it cannot go on, or the server ends. */
  private void read() {
    try (Admin admin = client.admin()) {
      Consumer<byte[], byte[]> made = client.consumer();
      try {
        consumer.set(made);
        KafkaReader reader = new KafkaReader(made, new KafkaTopics(admin), parts);
        while (running) {
          reader.pass();
        }
      } finally {
        consumer.set(null);
        parts.lag().unknown("Kafka is not read");
        made.close(CloseOptions.timeout(LONGEST_CLOSE));
      }
    }
  }

  private void pause(String problem) {
    parts.lag().unknown(problem);
    if (running) {
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }
  }

  @Override
  public void stop() {
    running = false;
    LockSupport.unpark(thread);
    Consumer<byte[], byte[]> current = consumer.get();
    if (current != null) {
      current.wakeup();
    }
    try {
      if (!thread.join(LONGEST_STOP)) {
        LOG.warn("reading from Kafka did not end in time; nothing is lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
