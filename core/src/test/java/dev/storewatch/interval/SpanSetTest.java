package dev.storewatch.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.Seeds;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class SpanSetTest {
  private static final int INSTANTS = 64;

  @Test
  void joinsSpansThatOverlapOrTouch() {
    assertThat(SpanSet.of(new Span(5, 7), new Span(0, 3), new Span(2, 4), new Span(4, 5)).spans())
        .containsExactly(new Span(0, 7));
  }

  @Test
  void keepsTheLongerOfTwoSpansInside() {
    assertThat(SpanSet.of(new Span(0, 9), new Span(2, 4)).spans()).containsExactly(new Span(0, 9));
  }

  @Test
  void leavesOutSpansWithoutAnInstant() {
    assertThat(SpanSet.of(new Span(5, 5))).isEqualTo(SpanSet.empty());
    assertThat(SpanSet.empty().isEmpty()).isTrue();
  }

  @Test
  void givesTheBoundsOfEachSpan() {
    SpanSet set = SpanSet.of(new Span(8, 9), new Span(0, 3));
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.start(1)).isEqualTo(8);
    assertThat(set.end(0)).isEqualTo(3);
    assertThat(set.length()).isEqualTo(4);
    assertThat(set).hasToString(set.spans().toString());
  }

  @Test
  void equalsASetOfTheSameInstants() {
    SpanSet set = SpanSet.of(new Span(0, 2), new Span(2, 4));
    assertThat(set)
        .isEqualTo(SpanSet.of(new Span(0, 4)))
        .hasSameHashCodeAs(SpanSet.of(new Span(0, 4)));
    assertThat(set).isNotEqualTo(SpanSet.of(new Span(0, 5)));
  }

  @Test
  void isBuiltInOrderAlone() {
    SpanSet.Builder builder = new SpanSet.Builder(0);
    builder.add(5, 9);
    builder.add(5, 6);
    builder.add(20, 20);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(4, 7));
    assertThat(builder.build()).isEqualTo(SpanSet.of(new Span(5, 9)));
  }

  @Test
  void growsBeyondTheExpectedSize() {
    SpanSet.Builder builder = new SpanSet.Builder(1);
    IntStream.range(0, 9).forEach(i -> builder.add(2L * i, 2L * i + 1));
    assertThat(builder.build().size()).isEqualTo(9);
  }

  @ParameterizedTest
  @Seeds
  void holdsTheInstantsThatASetOfSingleInstantsHolds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      BitSet a = new BitSet();
      BitSet b = new BitSet();
      SpanSet setA = fill(a, random);
      SpanSet setB = fill(b, random);
      assertSame(setA, a);
      assertSame(setA.intersection(setB), and(a, b));
      assertSame(setA.intersection(new Span(7, 40)), and(a, range(7, 40)));
      assertSame(setA.intersection(new Span(7, 7)), new BitSet());
      assertSame(setA.minus(setB), minus(a, b));
    }
  }

  private static SpanSet fill(BitSet bits, SplittableRandom random) {
    Span[] spans = new Span[random.nextInt(8)];
    for (int i = 0; i < spans.length; i++) {
      int start = random.nextInt(INSTANTS);
      int end = start + random.nextInt(Math.min(12, INSTANTS - start));
      spans[i] = new Span(start, end);
      bits.set(start, end);
    }
    return SpanSet.of(spans);
  }

  private static void assertSame(SpanSet set, BitSet bits) {
    assertThat(IntStream.range(-1, INSTANTS + 1).filter(set::contains))
        .containsExactlyElementsOf(bits.stream().boxed().toList());
    assertThat(set.length()).isEqualTo(bits.cardinality());
    for (int i = 1; i < set.size(); i++) {
      assertThat(set.start(i)).isGreaterThan(set.end(i - 1));
    }
  }

  private static BitSet range(int from, int to) {
    BitSet bits = new BitSet();
    bits.set(from, to);
    return bits;
  }

  private static BitSet and(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    return both;
  }

  private static BitSet minus(BitSet a, BitSet b) {
    BitSet rest = (BitSet) a.clone();
    rest.andNot(b);
    return rest;
  }
}
