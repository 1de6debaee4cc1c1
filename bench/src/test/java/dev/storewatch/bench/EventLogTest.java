package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a log that Spark writes. */
final class EventLogTest {
  @TempDir private Path folder;

  @Test
  void addsUpWhatTasksTookThoughSomeWereLost() throws IOException {
    Files.writeString(folder.resolve(".app-1.crc"), "of Hadoop");
    Files.writeString(
        folder.resolve("app-1"),
        """
        {"Event":"SparkListenerTaskEnd","Task Metrics":{"Executor CPU Time":1500000000,"Executor Deserialize CPU Time":500000000,"Shuffle Write Metrics":{"Shuffle Bytes Written":70}}}
        {"Event":"SparkListenerTaskEnd","Task End Reason":{"Reason":"ExecutorLostFailure"}}
        {"Event":"SparkListenerStageCompleted","Task Metrics":{"Executor CPU Time":9000000000}}
        {"Event":"SparkListenerTaskEnd","Task Metrics":{"Executor CPU Time":250000000,"Shuffle Write Metrics":{"Shuffle Bytes Written":5}}}
        """);

    assertThat(EventLog.in(folder)).isEqualTo(new EventLog(2.25, 75));
  }

  @Test
  void isOneForAProgram() throws IOException {
    assertThatThrownBy(() -> EventLog.in(folder)).isInstanceOf(IllegalStateException.class);
    Files.writeString(folder.resolve("app-1"), "");
    Files.writeString(folder.resolve("app-2"), "");
    assertThatThrownBy(() -> EventLog.in(folder)).isInstanceOf(IllegalStateException.class);
  }
}
