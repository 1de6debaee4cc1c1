package dev.storewatch.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> NAMES = List.of("as_of", "late_close", "limit", "state", "tag");

  @ParameterizedTest
  @CsvSource({
    "stat, state",
    "status, state",
    "STATE, state",
    "asOf, as_of",
    "late-close, late_close",
    "lateclosed, late_close",
    "limt, limit",
    "tag[], tag",
    "tags, tag",
  })
  void findsTheNameThatIsMeant(String wrong, String right) {
    assertThat(Spelling.nearest(wrong, NAMES)).contains(right);
  }

  @Test
  void findsNoneWhereAllAreFarOff() {
    assertThat(Spelling.nearest("page", NAMES)).isEmpty();
    assertThat(Spelling.nearest("", NAMES)).isEmpty();
    assertThat(Spelling.nearest("[]", NAMES)).isEmpty();
    assertThat(Spelling.nearest("x".repeat(1_000), NAMES)).isEmpty();
    assertThat(Spelling.nearest("stat", List.of())).isEmpty();
  }

  @Test
  void countsTheLettersThatAreWrong() {
    assertThat(Spelling.distance("state", "state")).isZero();
    assertThat(Spelling.distance("stat", "state")).isEqualTo(1);
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("a", "abcdef")).isEqualTo(Integer.MAX_VALUE);
  }
}
