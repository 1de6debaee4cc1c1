package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read of failures. */
final class FailuresTest {
  private static SparkException lost(String reason) {
    return new SparkException(
        "Job aborted due to stage failure: Task 3 in stage 2.0 failed 4 times, most recent failure:"
            + " Lost task 3.3 in stage 2.0 (TID 17) (10.0.0.7 executor 5): ExecutorLostFailure"
            + " (executor 5 exited caused by one of the running tasks) Reason: "
            + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Command exited with code 52",
        "Command exited with code 137",
        "Container from a bad node: container_01 on host: h. Exit status: 137.",
        "The executor with id 5 exited with exit code 52(JVM OOM).",
        "The executor with id 5 was OOMKilled, exit code 1",
        "Container killed by YARN for exceeding physical memory limits. 2.1 GB of 2 GB used.",
        "Container is running beyond physical memory limits.",
        "org.apache.spark.memory.SparkOutOfMemoryError: Unable to acquire 65536 bytes of memory"
      })
  void sayWhatToDoWithoutMemory(String reason) {
    assertThat(Failures.sentence(lost(reason)))
        .startsWith("an executor ran out of memory (Job aborted")
        .endsWith(
            "give it more with --executor-memory, or divide the polls into more parts with"
                + " --partitions; nothing was written");
  }

  @Test
  void blameTheMemoryForNothingElse() {
    assertThat(Failures.sentence(lost("Command exited with code 1")))
        .startsWith("the job failed (");
    assertThat(Failures.sentence(lost("Command exited with code 520")))
        .startsWith("the job failed (");
    assertThat(Failures.sentence(new FileNotFoundException("s3a://bucket/x is not there")))
        .isEqualTo("s3a://bucket/x is not there: check the paths; nothing was written");
  }
}
