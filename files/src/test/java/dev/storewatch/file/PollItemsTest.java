package dev.storewatch.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a body is cut into items. */
final class PollItemsTest {
  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> items(PollItems items) throws IOException {
    List<String> all = new ArrayList<>();
    while (items.next()) {
      all.add(new String(items.bytes(), 0, items.length(), StandardCharsets.UTF_8).strip());
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[]|^^",
        " [ ] |^^",
        "[1]|1",
        "[{\"a\":[1,2]},{\"b\":\"],}\"}]|{\"a\":[1,2]};{\"b\":\"],}\"}",
        "[\"a\\\"]\",2]|\"a\\\"]\";2",
        "[,]|^;^",
        "[}],1]|}",
        "\uFEFF[1]|1",
      })
  void cutsAnArray(String body, String expected) throws IOException {
    PollItems items = PollItems.ofJson(stream(body));

    assertThat(items.form()).isEqualTo(PollItems.Form.ARRAY);
    assertThat(String.join(";", items(items))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[1|the body ends before the array does, at line 1, column 3",
        "[{\"a\":1},^|the body ends before the array does",
        "[1] x|text after the end of the array, at line 1, column 5",
        "[1][2]|text after the end of the array, at line 1, column 4",
        "{} {}|text after the end of the object (send several polls as an array",
      })
  void saysWhereABodyBreaksOff(String body, String expected) throws IOException {
    PollItems items = PollItems.ofJson(stream(body.replace("^", "\n")));
    var _ = items(items);

    assertThat(items.breakage()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"'',OTHER", "' ',OTHER", "3,OTHER", "null,OTHER", "{,OBJECT", "[,ARRAY"})
  void tellsWhatABodyHolds(String body, PollItems.Form form) throws IOException {
    assertThat(PollItems.ofJson(stream(body)).form()).isEqualTo(form);
  }

  @Test
  void cutsLinesAndSkipsEmptyOnes() throws IOException {
    PollItems items = PollItems.ofLines(stream("\uFEFF\n a \r\n\n\tb\n\n  \nc"));

    assertThat(items(items)).containsExactly("a", "b", "c");
    assertThat(items.breakage()).isNull();
  }

  @Test
  void keepsNoMoreOfAnItemThanTheLongestThatCouldBeRight() throws IOException {
    String longest = "x".repeat(PollItems.LONGEST);
    PollItems items = PollItems.ofLines(stream(longest + "\n" + longest + "y\nz\n"));

    assertThat(items.next()).isTrue();
    assertThat(items.isTooLong()).isFalse();
    assertThat(items.next()).isTrue();
    assertThat(items.isTooLong()).isTrue();
    assertThat(items.length()).isEqualTo(PollItems.LONGEST);
    assertThat(items.bytes().length).isLessThanOrEqualTo(2 * PollItems.LONGEST);
    assertThat(items.next()).isTrue();
    assertThat(items.length()).isEqualTo(1);
  }

  @ParameterizedTest
  @Seeds
  void readsAnyBytesToTheirEnd(long seed) throws IOException {
    Random random = new Random(seed);
    String letters = "[]{}\",:\\ \n1a";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder body = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        body.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertEnds(PollItems.ofJson(stream(body.toString())), body);
      assertEnds(PollItems.ofLines(stream(body.toString())), body);
    }
  }

  private static void assertEnds(PollItems items, @Nullable CharSequence body) throws IOException {
    int count = 0;
    while (items.next()) {
      count++;
      assertThat(count).as("%s", body).isLessThan(30);
    }
  }
}
