package dev.storewatch.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class StoreIdIndexTest {
  private final StoreIdIndex ids = new StoreIdIndex();

  @Test
  void numbersIdsInTheOrderOfTheirFirstAppearance() {
    assertThat(ids.indexOf("8139926242460185114")).isZero();
    assertThat(ids.indexOf("b")).isEqualTo(1);
    assertThat(ids.indexOf("8139926242460185114")).isZero();
    assertThat(ids.indexOf("ö€😀")).isEqualTo(2);
    assertThat(ids.size()).isEqualTo(3);
    assertThat(ids.id(0)).isEqualTo("8139926242460185114");
    assertThat(ids.id(1)).isEqualTo("b");
    assertThat(ids.id(2)).isEqualTo("ö€😀");
  }

  @Test
  void findsAnIdWithoutAddingOne() {
    byte[] text = utf8("one,two");

    assertThat(ids.find(text, 4, 7)).isEqualTo(-1);
    assertThat(ids.size()).isZero();
    assertThat(ids.indexOf(text, 4, 7)).isZero();
    assertThat(ids.find(text, 4, 7)).isZero();
    assertThat(ids.find(text, 0, 3)).isEqualTo(-1);
  }

  @Test
  void tellsApartIdsThatDifferByTrailingZerosOrOneByte() {
    String[] similar = {"", "\0", "\0\0", "a", "a\0", "aaaaaaaa", "aaaaaaaa\0", "aaaaaaab"};
    for (String id : similar) {
      ids.indexOf(id);
    }

    assertThat(ids.size()).isEqualTo(similar.length);
    for (int i = 0; i < similar.length; i++) {
      assertThat(ids.id(i)).isEqualTo(similar[i]);
      assertThat(ids.indexOf(similar[i])).isEqualTo(i);
    }
  }

  @Test
  void refusesAnIndexThatNoIdHas() {
    ids.indexOf("a");

    assertThatThrownBy(() -> ids.id(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ids.id(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ids.indexOf(new byte[3], 1, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void keepsApartIdsWithOneAndTheSameHash() {
    StoreIdIndex known = new StoreIdIndex(42);
    byte[] one = words(1, 2, 7);
    // The last word undoes what the others did to the hash.
    byte[] other = words(3, 4, 7 ^ known.firstWords(1, 2) ^ known.firstWords(3, 4));

    assertThat(known.hash(one, 0, 24)).isEqualTo(known.hash(other, 0, 24));
    assertThat(known.indexOf(one, 0, 24)).isZero();
    assertThat(known.find(other, 0, 24)).isEqualTo(-1);
    assertThat(known.indexOf(other, 0, 24)).isEqualTo(1);
    assertThat(known.find(one, 0, 24)).isZero();
    assertThat(known.find(other, 0, 24)).isEqualTo(1);
  }

  @ParameterizedTest
  @Seeds
  void agreesWithAHashMapOnRandomIds(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 300_000; i++) {
      String id = randomId(random);
      int index = expected.computeIfAbsent(id, unknown -> expected.size());
      byte[] text = utf8("x".repeat(i % 11) + id + "y".repeat(i % 13));
      int from = i % 11;
      assertThat(ids.indexOf(text, from, text.length - i % 13)).as(id).isEqualTo(index);
    }

    assertThat(ids.size()).isEqualTo(expected.size());
    expected.forEach((id, index) -> assertThat(ids.id(index)).isEqualTo(id));
  }

  @Test
  void tellsApartIdsOfEveryLengthThatDifferInOneByte() {
    byte[] id = new byte[300];
    for (int length = 1; length < 60; length++) {
      int index = ids.indexOf(id, 5, 5 + length);
      for (int at = 5; at < 5 + length; at++) {
        id[at]++;
        assertThat(ids.find(id, 5, 5 + length)).isEqualTo(-1);
        id[at]--;
      }
      assertThat(ids.find(id, 5, 5 + length)).isEqualTo(index).isEqualTo(length - 1);
    }
  }

  private static String randomId(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(random.nextLong() >>> 1);
      case 1 -> Integer.toString(random.nextInt(100_000));
      case 2 -> "store-with-a-long-common-beginning-" + random.nextInt(50_000);
      default -> "ü".repeat(random.nextInt(20)) + random.nextInt(1_000);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] words(long... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(words);
    return bytes.array();
  }
}
