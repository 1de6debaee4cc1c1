package dev.storewatch.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final Span SPAN = new Span(10, 20);

  @Test
  void refusesAnEndBeforeItsStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Span(1_000_000, 0))
        .withMessageContaining("1970-01-01T00:00:01Z to 1970-01-01T00:00:00Z");
  }

  @Test
  void liesBetweenTwoInstants() {
    assertThat(Span.between(Instant.EPOCH, Instant.EPOCH.plusSeconds(2)))
        .isEqualTo(new Span(0, 2_000_000));
  }

  @Test
  void endsAtAnInstant() {
    assertThat(Span.endingAt(20, 10)).isEqualTo(SPAN);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Span.endingAt(Long.MIN_VALUE, 1));
  }

  @Test
  void isAsLongAsItsEndsAreApart() {
    assertThat(SPAN.length()).isEqualTo(10);
    assertThat(SPAN.isEmpty()).isFalse();
    assertThat(new Span(10, 10).isEmpty()).isTrue();
  }

  @Test
  void containsItsStartAndNotItsEnd() {
    assertThat(SPAN.contains(9)).isFalse();
    assertThat(SPAN.contains(10)).isTrue();
    assertThat(SPAN.contains(19)).isTrue();
    assertThat(SPAN.contains(20)).isFalse();
    assertThat(new Span(10, 10).contains(10)).isFalse();
  }

  @Test
  void enclosesWhatHasNoInstantOutside() {
    assertThat(SPAN.encloses(SPAN)).isTrue();
    assertThat(SPAN.encloses(new Span(11, 19))).isTrue();
    assertThat(SPAN.encloses(new Span(9, 20))).isFalse();
    assertThat(SPAN.encloses(new Span(10, 21))).isFalse();
    assertThat(SPAN.encloses(new Span(50, 50))).isTrue();
  }

  @Test
  void abutsWhatTouchesEitherEnd() {
    assertThat(SPAN.abuts(new Span(20, 21))).isTrue();
    assertThat(SPAN.abuts(new Span(9, 10))).isTrue();
    assertThat(SPAN.abuts(new Span(21, 22))).isFalse();
    assertThat(SPAN.abuts(new Span(19, 21))).isFalse();
  }

  @Test
  void overlapsWhatSharesAnInstant() {
    assertThat(SPAN.overlaps(new Span(19, 30))).isTrue();
    assertThat(SPAN.overlaps(new Span(0, 11))).isTrue();
    assertThat(SPAN.overlaps(new Span(20, 30))).isFalse();
    assertThat(SPAN.overlaps(new Span(0, 10))).isFalse();
    assertThat(SPAN.overlaps(new Span(15, 15))).isFalse();
  }

  @Test
  void readsAsTwoInstants() {
    assertThat(new Span(0, 1_500_000))
        .hasToString("[1970-01-01T00:00:00Z, 1970-01-01T00:00:01.500Z)");
  }
}
