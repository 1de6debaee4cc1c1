package dev.storewatch.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextOutTest {
  private static final int SIZE = 1 << 16;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final TextOut out = new TextOut(written);

  private String written() {
    out.flush();
    return written.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 123_456, Long.MAX_VALUE})
  void writesNumbersAsJavaDoes(long number) {
    out.number(number);

    assertThat(written()).isEqualTo(Long.toString(number));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00", "5, 0.05", "99, 0.99", "100, 1.00", "1234, 12.34", "16800, 168.00"})
  void writesHundredthsWithTwoDecimals(long hundredths, String text) {
    out.hundredths(hundredths);

    assertThat(written()).isEqualTo(text);
  }

  @Test
  void writesNothingTwice() {
    out.text("once");
    out.flush();
    out.flush();

    assertThat(written()).isEqualTo("once");
  }

  @ParameterizedTest
  @Seeds
  void keepsTheOrderWhereverItsBufferEnds(long seed) {
    Random random = new Random(seed);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      int length = random.nextInt(50) == 0 ? SIZE - 1 + random.nextInt(3) : random.nextInt(3_000);
      String text = "é".repeat(length / 2) + "x".repeat(length % 2);
      long number = random.nextLong() >>> (1 + random.nextInt(60));
      out.text(text).ascii(',').number(number).ascii('\n');
      expected.append(text).append(',').append(number).append('\n');
    }

    assertThat(written().contentEquals(expected)).isTrue();
  }
}
