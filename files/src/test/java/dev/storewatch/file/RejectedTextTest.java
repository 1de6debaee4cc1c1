package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RejectedTextTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void showsWhatIsNoTextAsReplacementCharacters() {
    byte[] line = {'x', 'a', 0, (byte) 0xFF, 'b', 'x'};

    assertThat(RejectedText.of(line, 1, 5)).isEqualTo("a\uFFFD\uFFFDb");
  }

  @Test
  void isCutWhenItIsLonger() {
    assertThat(RejectedText.cut("abc", 3)).isEqualTo("abc");
    assertThat(RejectedText.cut("abcd", 3)).isEqualTo("abc… (cut)");
  }

  @Test
  void isNotCutInTheMiddleOfACharacter() {
    assertThat(RejectedText.cut("ab😀c", 3)).isEqualTo("ab… (cut)");
    assertThat(RejectedText.cut("ab😀c", 4)).isEqualTo("ab😀… (cut)");
  }

  @Test
  void isCutByCharactersHoweverManyBytesTheyHave() {
    for (String character : new String[] {"a", "é", "€"}) {
      byte[] line = utf8(character.repeat(9));

      assertThat(RejectedText.start(line, 0, line.length, 9)).isEqualTo(character.repeat(9));
      assertThat(RejectedText.start(line, 0, line.length, 8))
          .isEqualTo(character.repeat(8) + "… (cut)");
    }
    assertThat(RejectedText.start(utf8("😀".repeat(4)), 0, 16, 8)).isEqualTo("😀".repeat(4));
    assertThat(RejectedText.start(utf8("😀".repeat(5)), 0, 20, 8))
        .isEqualTo("😀".repeat(4) + "… (cut)");
  }

  @Test
  void beginsWhereTheLineBegins() {
    byte[] lines = utf8("one\ntwo\nthree");

    assertThat(RejectedText.start(lines, 4, 7, 100)).isEqualTo("two");
    assertThat(RejectedText.ofLong(utf8("y" + "x".repeat(5_000)), 1, 5_001))
        .isEqualTo("x".repeat(1_000) + "… (cut)");
  }
}
